using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Drain;

/// <summary>A member of a shard's log with the packed verdict it points to.</summary>
/// <param name="Member"><c>server:minute</c>.</param>
/// <param name="Seq">Its place in the log.</param>
/// <param name="Packed">Field <c>sealed</c>; null when the minute's hash is gone.</param>
internal sealed record SealedMinute(string Member, long Seq, byte[]? Packed)
{
    /// <summary>The server named by the member, 0 when it cannot be read.</summary>
    public ServerId Server => HandoverKeys.TryParseMember(Member, out var server, out _) ? server : default;
}
