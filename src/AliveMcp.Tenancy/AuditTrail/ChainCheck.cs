using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>Walks a chain from where it begins to where it must end, and stops at the first link that is not as it was made. Pure.</summary>
internal sealed class ChainCheck(ChainEnds ends, IReadOnlyList<ChainAnchor> anchors)
{
    private readonly Dictionary<long, ChainAnchor> _anchors = anchors
        .GroupBy(anchor => anchor.Seq)
        .ToDictionary(group => group.Key, group => group.First());

    private long _seq = ends.FloorSeq;
    private string _hash = ends.FloorHash;

    /// <summary>How many links were found good.</summary>
    public long Good { get; private set; }

    /// <summary>The last good link.</summary>
    public (long Seq, string Hash) Last => (_seq, _hash);

    /// <summary>Takes the next link by number.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public ChainFault? Take(AuditLine row)
    {
        if (row.Seq != _seq + 1)
        {
            return new ChainFault(_seq + 1, "missing", "The row is not there.");
        }

        if (AuditText.HashOf(row) != row.Hash)
        {
            return new ChainFault(row.Seq, "changed", "The row does not say what its hash is of.");
        }

        if (row.Prev != _hash)
        {
            return new ChainFault(row.Seq, "broken", "The row does not follow the one before it.");
        }

        if (_anchors.TryGetValue(row.Seq, out var anchor) && anchor.Hash != row.Hash)
        {
            return new ChainFault(row.Seq, "rewritten", "An anchor remembers another row of this number.");
        }

        (_seq, _hash) = (row.Seq, row.Hash);
        Good++;
        return null;
    }

    /// <summary>There are no more.</summary>
    public ChainFault? End() =>
        _seq < ends.HeadSeq
            ? new ChainFault(_seq + 1, "missing", "The chain ends before its last row: its tail was cut.")
        : _seq > ends.HeadSeq || _hash != ends.HeadHash
            ? new ChainFault(_seq, "head", "The chain's last row is another one than is remembered.")
        : anchors.Where(anchor => anchor.Seq > _seq).MaxBy(anchor => anchor.Seq) is { } beyond
            ? new ChainFault(_seq + 1, "missing", $"An anchor remembers the row {beyond.Seq}: the tail was cut.")
        : null;
}

/// <summary>Where a chain begins and ends, as is remembered beside it.</summary>
/// <param name="Chain">Whose.</param>
/// <param name="FloorSeq">The last row that went with its year.</param>
/// <param name="FloorHash">Its hash.</param>
/// <param name="HeadSeq">The last row.</param>
/// <param name="HeadHash">Its hash.</param>
internal sealed record ChainEnds(TenantId Chain, long FloorSeq, string FloorHash, long HeadSeq, string HeadHash);

/// <summary>What was written down of a chain at some time, in a place that is changed by nobody or signed.</summary>
internal sealed record ChainAnchor(long Seq, string Hash);

/// <summary>The first thing wrong with a chain.</summary>
/// <param name="Seq">Number of the row.</param>
/// <param name="Kind"><c>missing</c>, <c>changed</c>, <c>broken</c>, <c>rewritten</c>, <c>head</c> or <c>anchor</c>.</param>
/// <param name="What">In a sentence.</param>
public sealed record ChainFault(long Seq, string Kind, string What);
