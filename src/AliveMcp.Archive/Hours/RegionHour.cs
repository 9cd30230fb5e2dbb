using System.Buffers;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Archive.Hours;

/// <summary>What one region saw in an hour: entries by state, and where the time went.</summary>
internal sealed record RegionHour
{
    private const byte Version = 2;

    public required Region Region { get; init; }

    public required int Live { get; init; }

    public required int Degraded { get; init; }

    public required int Down { get; init; }

    /// <summary>Could not look, or was silent though planned.</summary>
    public required int Unknown { get; init; }

    /// <summary>Entries that have phase times.</summary>
    public required int Timed { get; init; }

    /// <summary>Their sums, µs.</summary>
    public required PhaseTimes Sum { get; init; }

    /// <summary>A row for every region that was planned in these minutes, by name.</summary>
    public static IReadOnlyList<RegionHour> Of(IReadOnlyList<VerdictMinute> verdicts) =>
        [
            .. verdicts
                .SelectMany(verdict => verdict.Plan.Regions)
                .Distinct()
                .OrderBy(region => region.Name, StringComparer.Ordinal)
                .Select(region => Of(region, verdicts)),
        ];

    public static byte[] Pack(IReadOnlyList<RegionHour> regions)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        var writer = new PackedWriter(buffer);
        writer.Byte(Version);
        foreach (var region in regions)
        {
            RegionNames.Write(writer, region.Region);
            writer.Count(region.Live);
            writer.Count(region.Degraded);
            writer.Count(region.Down);
            writer.Count(region.Unknown);
            writer.Count(region.Timed);
            PhaseCodec.Write(writer, region.Sum);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not packed regions.</exception>
    public static IReadOnlyList<RegionHour> Unpack(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        if (reader.Byte() != Version)
        {
            throw new FormatException("Packed regions of an unknown version.");
        }

        var regions = new List<RegionHour>();
        while (!reader.AtEnd)
        {
            regions.Add(
                new RegionHour
                {
                    Region = RegionNames.Read(ref reader),
                    Live = reader.Count(),
                    Degraded = reader.Count(),
                    Down = reader.Count(),
                    Unknown = reader.Count(),
                    Timed = reader.Count(),
                    Sum = PhaseCodec.Read(ref reader),
                }
            );
        }

        return regions;
    }

    private static RegionHour Of(Region region, IReadOnlyList<VerdictMinute> verdicts)
    {
        var planned = verdicts.Count(verdict => verdict.Plan.Regions.Contains(region));
        var entries = verdicts.SelectMany(verdict => verdict.Entries).Where(entry => entry.Region == region).ToList();
        var phases = entries.Select(entry => entry.Phases).OfType<PhaseTimes>().ToList();
        var known = entries.Count(entry => entry.State != ServerState.Unknown);
        return new RegionHour
        {
            Region = region,
            Live = entries.Count(entry => entry.State == ServerState.Live),
            Degraded = entries.Count(entry => entry.State == ServerState.Degraded),
            Down = entries.Count(entry => entry.State == ServerState.Down),
            Unknown = planned - known,
            Timed = phases.Count,
            Sum = Add(phases),
        };
    }

    private static int AddUp(List<PhaseTimes> phases, Func<PhaseTimes, int> phase) =>
        (int)Math.Min(int.MaxValue, phases.Sum(one => (long)phase(one)));

    /// <summary>Sixty tries of 30 s at most stay below 31 bits; should a prober have told more than that, the hour is kept with the largest number there is.</summary>
    private static PhaseTimes Add(List<PhaseTimes> phases) =>
        new()
        {
            Resolve = AddUp(phases, one => one.Resolve),
            Connect = AddUp(phases, one => one.Connect),
            Tls = AddUp(phases, one => one.Tls),
            Handshake = AddUp(phases, one => one.Handshake),
            Tools = AddUp(phases, one => one.Tools),
            TestCall = AddUp(phases, one => one.TestCall),
            FirstByte = AddUp(phases, one => one.FirstByte),
            Total = AddUp(phases, one => one.Total),
        };
}
