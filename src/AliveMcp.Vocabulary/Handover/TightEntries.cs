using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>
/// The entries of a verdict, each packed as what it does not share with the verdict or with the entry before. Part of the verdict's version 2,
/// which speaks for it.
/// </summary>
internal static class TightEntries
{
    /// <summary>What nearly every entry says lies in the first seven bits: one byte.</summary>
    [Flags]
    private enum Has
    {
        /// <summary>The region was silent, and nothing follows.</summary>
        Nothing = 0,
        Spoke = 1,

        /// <summary>State, access, depth, reason and step are the verdict's.</summary>
        Alike = 2,
        Phases = 4,

        /// <summary>The first try's total is the phases' total.</summary>
        SameTotal = 8,

        /// <summary>The contract's mark is that of the entry before.</summary>
        SameMark = 16,
        SecondTry = 32,
        FirstTryFailed = 64,
        FirstTryTotal = 128,
        Mark = 256,
    }

    public static void Write(PackedWriter writer, VerdictMinute verdict)
    {
        ulong? mark = null;
        foreach (var region in verdict.Plan.Regions)
        {
            var entry = verdict.Entries.FirstOrDefault(candidate => candidate.Region == region);
            if (entry is null)
            {
                writer.Count((int)Has.Nothing);
                continue;
            }

            var has = Of(entry, verdict, mark);
            writer.Count((int)has);
            Write(writer, entry, has);
            mark = entry.ContractMark ?? mark;
        }
    }

    /// <param name="reader">The bytes.</param>
    /// <param name="verdict">The verdict, without its entries.</param>
    /// <exception cref="FormatException">The bytes are not packed entries.</exception>
    public static IReadOnlyList<RegionEntry> Read(ref PackedReader reader, VerdictMinute verdict)
    {
        var entries = new List<RegionEntry>(verdict.Plan.Regions.Count);
        ulong? mark = null;
        foreach (var region in verdict.Plan.Regions)
        {
            var has = (Has)reader.Count();
            if (has.HasFlag(Has.Spoke))
            {
                entries.Add(Read(ref reader, region, has, verdict, mark));
                mark = entries[^1].ContractMark ?? mark;
            }
        }

        return entries;
    }

    private static void Write(PackedWriter writer, RegionEntry entry, Has has)
    {
        if (!has.HasFlag(Has.Alike))
        {
            writer.Byte((byte)((byte)entry.State | ((byte)entry.Access << 2) | ((byte)entry.VerifiedTo << 4)));
            writer.Byte((byte)entry.Why);
            writer.Byte((byte)(entry.FailedAt ?? ProbeStep.None));
        }

        if (entry.Phases is { } phases)
        {
            Write(writer, phases);
        }

        if (has.HasFlag(Has.FirstTryTotal))
        {
            writer.Count(entry.FirstTryTotal!.Value);
        }

        if (has.HasFlag(Has.Mark))
        {
            writer.Fixed(entry.ContractMark!.Value);
        }
    }

    private static RegionEntry Read(
        ref PackedReader reader,
        Region region,
        Has has,
        VerdictMinute verdict,
        ulong? markBefore
    )
    {
        var (state, access, depth) = (verdict.State, verdict.Access, verdict.VerifiedTo);
        var (why, step) = (verdict.Why, verdict.FailedAt);
        if (!has.HasFlag(Has.Alike))
        {
            var axes = reader.Byte();
            (state, access, depth) = ((ServerState)(axes & 3), (Access)((axes >> 2) & 3), (VerifiedTo)(axes >> 4));
            why = (Why)reader.Byte();
            var failed = (ProbeStep)reader.Byte();
            step = failed == ProbeStep.None ? null : failed;
        }

        var phases = has.HasFlag(Has.Phases) ? ReadPhases(ref reader) : null;
        return new RegionEntry
        {
            Region = region,
            State = state,
            Access = access,
            VerifiedTo = depth,
            Why = why,
            FailedAt = step,
            Tries = has.HasFlag(Has.SecondTry) ? 2 : 1,
            FirstTryFailed = has.HasFlag(Has.FirstTryFailed),
            Phases = phases,
            FirstTryTotal =
                has.HasFlag(Has.SameTotal) ? phases?.Total
                : has.HasFlag(Has.FirstTryTotal) ? reader.Count()
                : null,
            ContractMark =
                has.HasFlag(Has.SameMark) ? markBefore
                : has.HasFlag(Has.Mark) ? reader.Fixed()
                : null,
        };
    }

    private static Has Of(RegionEntry entry, VerdictMinute verdict, ulong? markBefore) =>
        Has.Spoke
        | (IsAlike(entry, verdict) ? Has.Alike : Has.Nothing)
        | (entry.Phases is null ? Has.Nothing : Has.Phases)
        | (entry.Tries > 1 ? Has.SecondTry : Has.Nothing)
        | (entry.FirstTryFailed ? Has.FirstTryFailed : Has.Nothing)
        | (
            entry.FirstTryTotal is null ? Has.Nothing
            : entry.FirstTryTotal == entry.Phases?.Total ? Has.SameTotal
            : Has.FirstTryTotal
        )
        | (
            entry.ContractMark is null ? Has.Nothing
            : entry.ContractMark == markBefore ? Has.SameMark
            : Has.Mark
        );

    private static bool IsAlike(RegionEntry entry, VerdictMinute verdict) =>
        (entry.State, entry.Access, entry.VerifiedTo, entry.Why, entry.FailedAt)
        == (verdict.State, verdict.Access, verdict.VerifiedTo, verdict.Why, verdict.FailedAt);

    /// <summary>The total is nearly the sum of what is in it: only the difference is written, its sign in the lowest bit.</summary>
    private static void Write(PackedWriter writer, PhaseTimes phases)
    {
        PhaseCodec.WriteParts(writer, phases);
        var rest = phases.Total - Sum(phases);
        writer.Count(rest < 0 ? (-rest * 2) - 1 : rest * 2);
    }

    private static PhaseTimes ReadPhases(ref PackedReader reader)
    {
        var phases = PhaseCodec.ReadParts(ref reader);
        var rest = reader.Long();
        var total = Sum(phases) + ((rest & 1) == 0 ? rest / 2 : -(rest + 1) / 2);
        return total is >= 0 and <= int.MaxValue
            ? phases with
            {
                Total = (int)total,
            }
            : throw new FormatException("A packed total is out of range.");
    }

    private static long Sum(PhaseTimes phases) =>
        (long)phases.Resolve + phases.Connect + phases.Tls + phases.Handshake + phases.Tools + phases.TestCall;
}
