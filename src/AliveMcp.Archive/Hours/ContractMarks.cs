using System.Buffers;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Hours;

/// <summary>
/// The contracts that a server settled on, in their order. Settled: in two consecutive minutes all regions that saw a tool list, and at least
/// a quorum of them, saw the same one. A server that answers differently from minute to minute settles on nothing.
/// </summary>
internal static class ContractMarks
{
    /// <summary>The marks settled on in minutes that are given in their order; none follows itself.</summary>
    public static IReadOnlyList<ulong> Settled(IEnumerable<VerdictMinute> verdicts) =>
        [.. Settles(verdicts).Select(settle => settle.Mark)];

    /// <summary>The marks settled on, each with the first of the two minutes that agree on it; none follows itself.</summary>
    public static IReadOnlyList<Settle> Settles(IEnumerable<VerdictMinute> verdicts)
    {
        var settles = new List<Settle>();
        Settle? before = null;
        foreach (var verdict in verdicts)
        {
            var mark = Agreed(verdict);
            if (before is { } first && mark == first.Mark && (settles.Count == 0 || settles[^1].Mark != mark))
            {
                settles.Add(first);
            }

            before = mark is { } agreed ? new Settle(agreed, verdict.Minute) : null;
        }

        return settles;
    }

    /// <summary>The one contract that the regions of a minute saw; null when they saw several, or fewer than the server's quorum saw it.</summary>
    public static ulong? Agreed(VerdictMinute verdict)
    {
        ulong? agreed = null;
        var saw = 0;
        foreach (var entry in verdict.Entries)
        {
            if (entry.State == ServerState.Unknown || entry.ContractMark is not { } mark)
            {
                continue;
            }

            if (agreed is { } before && before != mark)
            {
                return null;
            }

            agreed = mark;
            saw++;
        }

        return saw >= Enough(verdict.Plan) ? agreed : null;
    }

    /// <summary>Where regions look by turn, the next minute is another's: two in a row are two regions.</summary>
    private static int Enough(MinutePlan plan) =>
        plan.Rotating ? 1 : Math.Clamp(plan.Quorum, 1, Math.Max(1, plan.Regions.Count));

    public static byte[] Pack(IReadOnlyList<ulong> marks)
    {
        var buffer = new ArrayBufferWriter<byte>(1 + (marks.Count * 8));
        var writer = new PackedWriter(buffer);
        foreach (var mark in marks)
        {
            writer.Fixed(mark);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not packed marks.</exception>
    public static IReadOnlyList<ulong> Unpack(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        var marks = new List<ulong>();
        while (!reader.AtEnd)
        {
            marks.Add(reader.Fixed());
        }

        return marks;
    }
}

/// <summary>A contract, and the first of the two minutes in a row that agree on it.</summary>
internal readonly record struct Settle(ulong Mark, MinuteStamp Minute);
