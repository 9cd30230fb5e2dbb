using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Drain;

/// <summary>A member of a shard's log with the packed verdict it points to.</summary>
/// <param name="Member"><c>server:minute</c>.</param>
/// <param name="Seq">Its place in the log.</param>
/// <param name="Packed">Field <c>sealed</c>; null when the minute's hash is gone.</param>
internal sealed record SealedMinute(string Member, long Seq, byte[]? Packed)
{
    /// <summary>What the member names; null when it cannot be read.</summary>
    public (ServerId Server, MinuteStamp Minute)? Named { get; } =
        HandoverKeys.TryParseMember(Member, out var server, out var minute) ? (server, minute) : null;

    /// <summary>The server named by the member, 0 when it cannot be read.</summary>
    public ServerId Server => Named?.Server ?? default;

    /// <summary>The key of the minute's hash, as it was read; null when it was not, or the member cannot be read.</summary>
    public string? Hash { get; init; }
}
