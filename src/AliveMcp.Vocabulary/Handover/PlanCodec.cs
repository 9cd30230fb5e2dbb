using System.Buffers;
using System.Text;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>
/// Fields <c>r</c>, <c>c</c> and <c>p</c> of an opened minute's hash: the plan. <c>r</c> holds the names of the regions and <c>c</c> those of
/// its reserve, which scripts read and move; <c>p</c> everything else, packed. Version 1.
/// </summary>
public static class PlanCodec
{
    private const byte Version = 1;

    private const int MostRegions = 32;

    private const int MostKnown = 64;

    /// <summary>Every verdict names the same few regions: their names are not made and checked anew each time.</summary>
    private static volatile Region[] _known = [];

    /// <summary>Field <c>r</c>.</summary>
    public static string PackRegions(MinutePlan plan) => Names(plan.Regions);

    /// <summary>Field <c>c</c>; empty when there is no reserve.</summary>
    public static string PackReserve(MinutePlan plan) => Names(plan.Reserve);

    /// <summary>Field <c>p</c>.</summary>
    public static byte[] Pack(MinutePlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        var writer = new PackedWriter(buffer);
        Write(writer, plan);
        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="regions">Field <c>r</c>.</param>
    /// <param name="bytes">Field <c>p</c>.</param>
    /// <exception cref="FormatException">The two are not a plan.</exception>
    public static MinutePlan Unpack(string regions, ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        return Read(ref reader) with { Regions = [.. regions.Split(',').Select(Parse)] };
    }

    internal static void Write(PackedWriter writer, MinutePlan plan)
    {
        writer.Byte(Version);
        writer.Count(plan.Server.Tenant.Value);
        writer.Count(plan.Server.Server.Value);
        writer.Count(plan.Minute.Value);
        writer.Count(plan.Weight);
        writer.Count(plan.Quorum);
        writer.Byte(
            (byte)(
                (plan.Maintenance ? 1 : 0) | (plan.Rotating ? 2 : 0) | ((int)plan.Slowed << 2) | ((int)plan.Lane << 4)
            )
        );
        writer.Byte((byte)plan.Retention);
        writer.Count(plan.SettingsVersion);
    }

    internal static void WriteKnownRegions(PackedWriter writer, IReadOnlyList<Region> regions)
    {
        writer.Count(Fit(regions.Count));
        foreach (var region in regions)
        {
            RegionNames.Write(writer, region);
        }
    }

    internal static IReadOnlyList<Region> ReadKnownRegions(ref PackedReader reader)
    {
        var regions = new Region[Fit(reader.Count())];
        for (var i = 0; i < regions.Length; i++)
        {
            regions[i] = RegionNames.Read(ref reader);
        }

        return regions;
    }

    internal static IReadOnlyList<Region> ReadRegions(ref PackedReader reader)
    {
        var regions = new Region[Fit(reader.Count())];
        for (var i = 0; i < regions.Length; i++)
        {
            regions[i] = Known(reader.NameBytes());
        }

        return regions;
    }

    internal static Region Known(ReadOnlySpan<byte> name)
    {
        foreach (var region in _known)
        {
            if (Ascii.Equals(name, region.Name))
            {
                return region;
            }
        }

        var read = Parse(Encoding.ASCII.GetString(name));
        if (_known.Length < MostKnown)
        {
            // Two at once may lose one of them: it is read again.
            _known = [.. _known, read];
        }

        return read;
    }

    private static int Fit(int regions) =>
        regions <= MostRegions
            ? regions
            : throw new FormatException($"A plan has {regions} regions; {MostRegions} is the most that one may have.");

    internal static MinutePlan Read(ref PackedReader reader)
    {
        Versions.Expect(reader.Byte(), Version, "plan");
        var server = new ServerKey(new TenantId(reader.Count()), new ServerId(reader.Count()));
        var minute = new MinuteStamp(reader.Count());
        var weight = reader.Count();
        var quorum = reader.Count();
        var flags = reader.Byte();
        var lane = (Lane)((flags >> 4) & 3);
        var retention = (RetentionClass)reader.Byte();
        var settings = reader.Count();
        return new MinutePlan
        {
            Server = server,
            Minute = minute,
            Regions = [],
            Weight = weight,
            Quorum = quorum,
            Maintenance = (flags & 1) != 0,
            Rotating = (flags & 2) != 0,
            Slowed = (Slowed)((flags >> 2) & 3),
            Lane = Enum.IsDefined(lane) ? lane : throw new FormatException("A packed plan names a lane that is none."),
            Retention = retention,
            SettingsVersion = settings,
        };
    }

    private static string Names(IReadOnlyList<Region> regions) =>
        string.Join(',', regions.Select(region => region.Name));

    private static Region Parse(string name) =>
        Region.TryParse(name, out var region)
            ? region
            : throw new FormatException("A packed plan names a region that is none.");
}
