using System.Buffers;
using System.Text;
using AliveMcp.Vocabulary.Minutes;

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
        writer.Byte(Version);
        Write(writer, plan);
        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="regions">Field <c>r</c>.</param>
    /// <param name="bytes">Field <c>p</c>.</param>
    /// <exception cref="FormatException">The two are not a plan.</exception>
    public static MinutePlan Unpack(string regions, ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        Versions.Expect(reader.Byte(), Version, "plan");
        return Read(ref reader, [.. regions.Split(',').Select(Parse)]);
    }

    /// <summary>All but the regions, without a version: that of the record around it speaks for it.</summary>
    internal static void Write(PackedWriter writer, MinutePlan plan)
    {
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

    internal static int Fit(int regions) =>
        regions <= MostRegions
            ? regions
            : throw new FormatException($"A plan has {regions} regions; {MostRegions} is the most that one may have.");

    internal static MinutePlan Read(ref PackedReader reader, IReadOnlyList<Region> regions) =>
        PlanFacts.Read(ref reader).WithRegions(regions);

    private static string Names(IReadOnlyList<Region> regions) =>
        string.Join(',', regions.Select(region => region.Name));

    private static Region Parse(string name) =>
        Region.TryParse(name, out var region)
            ? region
            : throw new FormatException("A packed plan names a region that is none.");
}
