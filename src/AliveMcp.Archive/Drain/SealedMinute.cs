using System.Text;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Drain;

/// <summary>A sealed minute as its log or the table of what was set aside holds it.</summary>
public sealed class SealedMinute
{
    private readonly string? _member;

    /// <param name="member"><c>server:minute</c>.</param>
    /// <param name="seq">Its place in the log.</param>
    /// <param name="packed">The packed verdict.</param>
    public SealedMinute(string member, long seq, byte[] packed)
    {
        (_member, Seq, Packed) = (member, seq, packed);
        Named = HandoverKeys.TryParseMember(member, out var server, out var minute) ? (server, minute) : null;
    }

    /// <param name="entry">The member of the log, as it lies there.</param>
    /// <param name="seq">Its place in the log.</param>
    public SealedMinute(byte[] entry, long seq)
    {
        (Entry, Seq) = (entry, seq);
        if (LogEntry.TryRead(entry, out var read))
        {
            (Named, Packed) = ((read.Server, read.Minute), read.Packed);
        }
    }

    /// <summary>Its place in the log.</summary>
    public long Seq { get; }

    /// <summary>What the member names; null when it cannot be read.</summary>
    public (ServerId Server, MinuteStamp Minute)? Named { get; }

    /// <summary>The packed verdict; null when the member cannot be read.</summary>
    public ReadOnlyMemory<byte>? Packed { get; }

    /// <summary>The member of the log by which it is let go; null when it comes from elsewhere.</summary>
    public byte[]? Entry { get; }

    /// <summary><c>server:minute</c>, or what stands in its place.</summary>
    public string Member =>
        _member
        ?? (Named is { } named ? HandoverKeys.Member(named.Server, named.Minute) : Encoding.Latin1.GetString(Entry!));

    /// <summary>The server named by the member, 0 when it cannot be read.</summary>
    public ServerId Server => Named?.Server ?? default;
}
