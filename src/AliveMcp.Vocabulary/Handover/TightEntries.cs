using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>The entries of a verdict, each packed as what it does not share with the verdict. Part of the verdict, whose version speaks for it.</summary>
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

        /// <summary>The contract's mark is the verdict's.</summary>
        SameMark = 16,
        SecondTry = 32,
        FirstTryFailed = 64,
        FirstTryTotal = 128,
        Mark = 256,
        TestCall = 512,

        /// <summary>A phase took longer than a byte can say: they are written out.</summary>
        Long = 1024,
    }

    /// <summary>Phases that are written whether or not they took time; a test call is rare.</summary>
    private const int RoundedPhases = 6;

    public static void Write(PackedWriter writer, VerdictMinute verdict, Finding seen, ulong? mark)
    {
        foreach (var region in verdict.Plan.Regions)
        {
            var entry = verdict.Entries.FirstOrDefault(candidate => candidate.Region == region);
            var has = entry is null ? Has.Nothing : Of(entry, seen, mark);
            writer.Count((int)has);
            if (entry is not null)
            {
                Write(writer, entry, has);
            }
        }
    }

    /// <exception cref="FormatException">The bytes are not packed entries.</exception>
    public static IReadOnlyList<RegionEntry> Read(
        ref PackedReader reader,
        IReadOnlyList<Region> regions,
        Finding seen,
        ulong? mark
    )
    {
        var entries = new List<RegionEntry>(regions.Count);
        foreach (var region in regions)
        {
            var has = (Has)reader.Count();
            if (has.HasFlag(Has.Spoke))
            {
                entries.Add(Read(ref reader, region, has, seen, mark));
            }
        }

        return entries;
    }

    /// <summary>Reads one entry without making it; null when the region was silent.</summary>
    /// <exception cref="FormatException">The bytes are not a packed entry.</exception>
    public static SkimmedEntry? Skim(ref PackedReader reader, Finding seen, ulong? mark)
    {
        var has = (Has)reader.Count();
        if (!has.HasFlag(Has.Spoke))
        {
            return null;
        }

        var own = has.HasFlag(Has.Alike) ? seen : Finding.Read(ref reader, withReason: true);
        int? total = has.HasFlag(Has.Phases) ? SkipToTotal(ref reader, has) : null;
        if (!has.HasFlag(Has.SameTotal) && has.HasFlag(Has.FirstTryTotal))
        {
            reader.Count();
        }

        return new SkimmedEntry(
            own.State,
            total,
            has.HasFlag(Has.SameMark) ? mark
                : has.HasFlag(Has.Mark) ? reader.Fixed()
                : null,
            has.HasFlag(Has.FirstTryFailed)
        );
    }

    private static int SkipToTotal(ref PackedReader reader, Has has)
    {
        if (has.HasFlag(Has.Long))
        {
            return PhaseCodec.Read(ref reader).Total;
        }

        reader.Bytes(has.HasFlag(Has.TestCall) ? RoundedPhases + 1 : RoundedPhases);
        return reader.Count();
    }

    private static void Write(PackedWriter writer, RegionEntry entry, Has has)
    {
        if (!has.HasFlag(Has.Alike))
        {
            Finding.Of(entry).Write(writer, withReason: true);
        }

        if (entry.Phases is { } phases)
        {
            Write(writer, phases, has);
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

    private static RegionEntry Read(ref PackedReader reader, Region region, Has has, Finding seen, ulong? mark)
    {
        var own = has.HasFlag(Has.Alike) ? seen : Finding.Read(ref reader, withReason: true);
        var phases = has.HasFlag(Has.Phases) ? ReadPhases(ref reader, has) : null;
        return new RegionEntry
        {
            Region = region,
            State = own.State,
            Access = own.Access,
            VerifiedTo = own.VerifiedTo,
            Why = own.Why,
            FailedAt = own.FailedAt,
            Tries = has.HasFlag(Has.SecondTry) ? 2 : 1,
            FirstTryFailed = has.HasFlag(Has.FirstTryFailed),
            Phases = phases,
            FirstTryTotal =
                has.HasFlag(Has.SameTotal) ? phases?.Total
                : has.HasFlag(Has.FirstTryTotal) ? reader.Count()
                : null,
            ContractMark =
                has.HasFlag(Has.SameMark) ? mark
                : has.HasFlag(Has.Mark) ? reader.Fixed()
                : null,
        };
    }

    private static Has Of(RegionEntry entry, Finding seen, ulong? mark) =>
        Has.Spoke
        | (Finding.Of(entry) == seen ? Has.Alike : Has.Nothing)
        | Of(entry.Phases)
        | (entry.Tries > 1 ? Has.SecondTry : Has.Nothing)
        | (entry.FirstTryFailed ? Has.FirstTryFailed : Has.Nothing)
        | (
            entry.FirstTryTotal is null ? Has.Nothing
            : entry.FirstTryTotal == entry.Phases?.Total ? Has.SameTotal
            : Has.FirstTryTotal
        )
        | (
            entry.ContractMark is null ? Has.Nothing
            : entry.ContractMark == mark ? Has.SameMark
            : Has.Mark
        );

    private static Has Of(PhaseTimes? phases) =>
        phases is null
            ? Has.Nothing
            : Has.Phases
                | (phases.TestCall == 0 ? Has.Nothing : Has.TestCall)
                | (Longest(phases) > RoundedTime.Longest ? Has.Long : Has.Nothing);

    private static int Longest(PhaseTimes phases) =>
        Math.Max(
            Math.Max(Math.Max(phases.Resolve, phases.Connect), Math.Max(phases.Tls, phases.Handshake)),
            Math.Max(Math.Max(phases.Tools, phases.TestCall), phases.FirstByte)
        );

    private static void Write(PackedWriter writer, PhaseTimes phases, Has has)
    {
        if (has.HasFlag(Has.Long))
        {
            PhaseCodec.Write(writer, phases);
            return;
        }

        writer.Byte(RoundedTime.Code(phases.Resolve));
        writer.Byte(RoundedTime.Code(phases.Connect));
        writer.Byte(RoundedTime.Code(phases.Tls));
        writer.Byte(RoundedTime.Code(phases.Handshake));
        writer.Byte(RoundedTime.Code(phases.Tools));
        writer.Byte(RoundedTime.Code(phases.FirstByte));
        if (has.HasFlag(Has.TestCall))
        {
            writer.Byte(RoundedTime.Code(phases.TestCall));
        }

        writer.Count(phases.Total);
    }

    private static PhaseTimes ReadPhases(ref PackedReader reader, Has has) =>
        has.HasFlag(Has.Long)
            ? PhaseCodec.Read(ref reader)
            : new PhaseTimes
            {
                Resolve = RoundedTime.Micros(reader.Byte()),
                Connect = RoundedTime.Micros(reader.Byte()),
                Tls = RoundedTime.Micros(reader.Byte()),
                Handshake = RoundedTime.Micros(reader.Byte()),
                Tools = RoundedTime.Micros(reader.Byte()),
                FirstByte = RoundedTime.Micros(reader.Byte()),
                TestCall = has.HasFlag(Has.TestCall) ? RoundedTime.Micros(reader.Byte()) : 0,
                Total = reader.Count(),
            };
}

/// <summary>What one region says, as far as readers of the log ask.</summary>
/// <param name="State">What it saw.</param>
/// <param name="Total">Total of its phases, µs; null when it saw nothing.</param>
/// <param name="ContractMark">The contract's mark; null when no list was seen.</param>
/// <param name="FirstTryFailed">See <see cref="RegionEntry.FirstTryFailed"/>.</param>
public readonly record struct SkimmedEntry(ServerState State, int? Total, ulong? ContractMark, bool FirstTryFailed);
