using System.Buffers;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>Field <c>sealed</c> of a minute's hash, the fields of <c>hot</c> and the archive's packed entries: a whole verdict-minute. Version 1.</summary>
public static class VerdictCodec
{
    private const byte Version = 1;

    /// <summary>Marks the place of a planned region that was silent.</summary>
    private const byte Silent = 0;

    private const byte Spoke = 1;

    public static byte[] Pack(VerdictMinute verdict)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new PackedWriter(buffer);
        writer.Byte(Version);
        PlanCodec.Write(writer, verdict.Plan);
        PlanCodec.WriteRegions(writer, verdict.Plan.Regions);
        writer.Byte((byte)((byte)verdict.State | ((byte)verdict.Access << 2) | ((byte)verdict.VerifiedTo << 4)));
        writer.Byte((byte)verdict.Why);
        writer.Byte((byte)(verdict.FailedAt ?? ProbeStep.None));
        ulong? mark = null;
        foreach (var region in verdict.Plan.Regions)
        {
            var entry = verdict.Entries.FirstOrDefault(candidate => candidate.Region == region);
            writer.Byte(entry is null ? Silent : Spoke);
            if (entry is not null)
            {
                EntryCodec.Write(writer, entry, mark);
                mark = entry.ContractMark ?? mark;
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a packed verdict-minute.</exception>
    public static VerdictMinute Unpack(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        Versions.Expect(reader.Byte(), Version, "verdict");
        var plan = PlanCodec.Read(ref reader);
        plan = plan with { Regions = PlanCodec.ReadRegions(ref reader) };
        var axes = reader.Byte();
        var why = (Why)reader.Byte();
        var step = (ProbeStep)reader.Byte();
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

        return new VerdictMinute
        {
            Plan = plan,
            State = (ServerState)(axes & 3),
            Access = (Access)((axes >> 2) & 3),
            VerifiedTo = (VerifiedTo)(axes >> 4),
            Why = why,
            FailedAt = step == ProbeStep.None ? null : step,
            Entries = entries,
        };
    }
}
