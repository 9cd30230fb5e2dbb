using System.Buffers;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Hours;

/// <summary>
/// The contracts that a server settled on, in their order. Settled: in two consecutive minutes all regions that saw a tool list saw the same
/// one. A server that answers differently from minute to minute settles on nothing.
/// </summary>
internal static class ContractMarks
{
    /// <summary>The marks settled on in minutes that are given in their order; none follows itself.</summary>
    public static IReadOnlyList<ulong> Settled(IEnumerable<VerdictMinute> verdicts)
    {
        var settled = new List<ulong>();
        ulong? before = null;
        foreach (var mark in verdicts.Select(Agreed))
        {
            if (mark is { } agreed && agreed == before && (settled.Count == 0 || settled[^1] != agreed))
            {
                settled.Add(agreed);
            }

            before = mark;
        }

        return settled;
    }

    /// <summary>Whether marks, in their order, tell of a change.</summary>
    public static bool Changed(IEnumerable<ulong> marks) => marks.Distinct().Skip(1).Any();

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

    private static ulong? Agreed(VerdictMinute verdict)
    {
        var marks = verdict
            .Entries.Where(entry => entry.State != ServerState.Unknown)
            .Select(entry => entry.ContractMark)
            .OfType<ulong>()
            .Distinct()
            .Take(2)
            .ToList();
        return marks.Count == 1 ? marks[0] : null;
    }
}
