using System.Buffers;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>
/// Field <c>sealed</c> of a minute's hash, the fields of <c>hot</c> and the archive's packed entries: a whole verdict-minute. Version 2 is
/// written; version 1, which spelt out every region and repeated in each entry what all of them share, is read.
/// </summary>
public static class VerdictCodec
{
    private const byte Version = 2;

    private const byte Wide = 1;

    /// <summary>Of version 1: the region spoke.</summary>
    private const byte Spoke = 1;

    public static byte[] Pack(VerdictMinute verdict)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new PackedWriter(buffer);
        writer.Byte(Version);
        PlanCodec.Write(writer, verdict.Plan);
        PlanCodec.WriteKnownRegions(writer, verdict.Plan.Regions);
        writer.Byte((byte)((byte)verdict.State | ((byte)verdict.Access << 2) | ((byte)verdict.VerifiedTo << 4)));
        writer.Byte((byte)verdict.Why);
        writer.Byte((byte)(verdict.FailedAt ?? ProbeStep.None));
        TightEntries.Write(writer, verdict);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a packed verdict-minute.</exception>
    public static VerdictMinute Unpack(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        var version = reader.Byte();
        if (version != Wide)
        {
            Versions.Expect(version, Version, "verdict");
        }

        var plan = PlanCodec.Read(ref reader);
        plan = plan with
        {
            Regions = version == Wide ? PlanCodec.ReadRegions(ref reader) : PlanCodec.ReadKnownRegions(ref reader),
        };
        var verdict = ReadAxes(ref reader, plan);
        return verdict with
        {
            Entries = version == Wide ? ReadWide(ref reader, plan) : TightEntries.Read(ref reader, verdict),
        };
    }

    private static VerdictMinute ReadAxes(ref PackedReader reader, MinutePlan plan)
    {
        var axes = reader.Byte();
        var why = (Why)reader.Byte();
        var step = (ProbeStep)reader.Byte();
        return new VerdictMinute
        {
            Plan = plan,
            State = (ServerState)(axes & 3),
            Access = (Access)((axes >> 2) & 3),
            VerifiedTo = (VerifiedTo)(axes >> 4),
            Why = why,
            FailedAt = step == ProbeStep.None ? null : step,
            Entries = [],
        };
    }

    private static List<RegionEntry> ReadWide(ref PackedReader reader, MinutePlan plan)
    {
        var entries = new List<RegionEntry>(plan.Regions.Count);
        ulong? mark = null;
        foreach (var region in plan.Regions)
        {
            if (reader.Byte() == Spoke)
            {
                entries.Add(EntryCodec.Read(ref reader, region, mark));
                mark = entries[^1].ContractMark ?? mark;
            }
        }

        return entries;
    }
}
