using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Alerting.Changes;

/// <summary>What shows, without unpacking it, whether a minute says anything new.</summary>
internal readonly record struct MinuteSkim
{
    public required ServerKey Server { get; init; }

    public required MinuteStamp Minute { get; init; }

    public required int Weight { get; init; }

    public required bool Maintenance { get; init; }

    public required ServerState State { get; init; }

    public required Access Access { get; init; }

    public required bool HasFailedTry { get; init; }

    /// <exception cref="FormatException">The bytes are not a packed verdict.</exception>
    public static MinuteSkim Read(ReadOnlySpan<byte> packed)
    {
        var verdict = new VerdictSkim(packed);
        var hasFailedTry = false;
        while (verdict.Next())
        {
            hasFailedTry |= verdict.Entry.FirstTryFailed;
        }

        return new MinuteSkim
        {
            Server = verdict.Plan.Server,
            Minute = verdict.Plan.Minute,
            Weight = Math.Clamp(verdict.Plan.Weight, 1, Cadences.Longest),
            Maintenance = verdict.Plan.Maintenance,
            State = verdict.Seen.State,
            Access = verdict.Seen.Access,
            HasFailedTry = hasFailedTry,
        };
    }
}
