using System.Buffers;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>Field <c>p</c> of an opened minute's hash: the plan, packed. Version 1.</summary>
public static class PlanCodec
{
    private const byte Version = 1;

    public static byte[] Pack(MinutePlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        var writer = new PackedWriter(buffer);
        Write(writer, plan);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a packed plan.</exception>
    public static MinutePlan Unpack(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        return Read(ref reader);
    }

    internal static void Write(PackedWriter writer, MinutePlan plan)
    {
        writer.Byte(Version);
        writer.Count(plan.Server.Tenant.Value);
        writer.Count(plan.Server.Server.Value);
        writer.Count(plan.Minute.Value);
        writer.Count(plan.Weight);
        writer.Count(plan.Quorum);
        writer.Byte((byte)((plan.Maintenance ? 1 : 0) | (plan.Rotating ? 2 : 0)));
        writer.Byte((byte)plan.Retention);
        writer.Count(plan.SettingsVersion);
        writer.Count(plan.Regions.Count);
        foreach (var region in plan.Regions)
        {
            writer.Name(region.Name);
        }
    }

    internal static MinutePlan Read(ref PackedReader reader)
    {
        Versions.Expect(reader.Byte(), Version, "plan");
        var server = new ServerKey(new TenantId(reader.Count()), new ServerId(reader.Count()));
        var minute = new MinuteStamp(reader.Count());
        var weight = reader.Count();
        var quorum = reader.Count();
        var flags = reader.Byte();
        var retention = (RetentionClass)reader.Byte();
        var settings = reader.Count();
        var regions = new Region[Math.Min(reader.Count(), 32)];
        for (var i = 0; i < regions.Length; i++)
        {
            regions[i] = Region.TryParse(reader.Name(), out var region)
                ? region
                : throw new FormatException("A packed plan names a region that is none.");
        }

        return new MinutePlan
        {
            Server = server,
            Minute = minute,
            Regions = regions,
            Weight = weight,
            Quorum = quorum,
            Maintenance = (flags & 1) != 0,
            Rotating = (flags & 2) != 0,
            Retention = retention,
            SettingsVersion = settings,
        };
    }
}
