using AliveMcp.Alerting.Changes;

namespace AliveMcp.Alerting.Reading;

/// <summary>A sealed minute that was read and is not applied yet.</summary>
/// <param name="Seq">Its place in the log.</param>
/// <param name="Skim">What it says in short.</param>
/// <param name="Packed">All of it.</param>
internal readonly record struct ReadMinute(long Seq, MinuteSkim Skim, ReadOnlyMemory<byte> Packed);
