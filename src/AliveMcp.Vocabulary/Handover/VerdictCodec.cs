using System.Buffers;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>
/// Field <c>sealed</c> of a minute's hash, the members of a shard's log, the fields of <c>hot</c> and the archive's packed entries: a whole
/// verdict-minute. Version 3. Phase times are rounded (<see cref="RoundedTime"/>); totals and everything else are as they were seen.
/// </summary>
public static class VerdictCodec
{
    private const byte Version = 3;

    /// <summary>Below these flags the first byte after the version counts regions.</summary>
    private const byte HasMark = 64;

    /// <summary>Reason and step follow; there are none otherwise.</summary>
    private const byte HasReason = 128;

    public static byte[] Pack(VerdictMinute verdict)
    {
        var buffer = new ArrayBufferWriter<byte>(192);
        var writer = new PackedWriter(buffer);
        var seen = Finding.Of(verdict);
        var mark = verdict.Entries.FirstOrDefault(entry => entry.ContractMark is not null)?.ContractMark;
        writer.Byte(Version);
        writer.Byte(
            (byte)(
                PlanCodec.Fit(verdict.Plan.Regions.Count)
                | (mark is null ? 0 : HasMark)
                | (seen.HasReason ? HasReason : 0)
            )
        );
        foreach (var region in verdict.Plan.Regions)
        {
            RegionNames.Write(writer, region);
        }

        PlanCodec.Write(writer, verdict.Plan);
        seen.Write(writer, seen.HasReason);
        if (mark is { } shared)
        {
            writer.Fixed(shared);
        }

        TightEntries.Write(writer, verdict, seen, mark);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a packed verdict-minute.</exception>
    public static VerdictMinute Unpack(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        var head = ReadHead(ref reader);
        var regions = new Region[head.Regions];
        for (var place = 0; place < regions.Length; place++)
        {
            regions[place] = RegionNames.Read(ref reader);
        }

        var plan = PlanCodec.Read(ref reader, regions);
        var seen = Finding.Read(ref reader, head.HasReason);
        ulong? mark = head.HasMark ? reader.Fixed() : null;
        return new VerdictMinute
        {
            Plan = plan,
            State = seen.State,
            Access = seen.Access,
            VerifiedTo = seen.VerifiedTo,
            Why = seen.Why,
            FailedAt = seen.FailedAt,
            Entries = TightEntries.Read(ref reader, regions, seen, mark),
        };
    }

    internal static (int Regions, bool HasMark, bool HasReason) ReadHead(ref PackedReader reader)
    {
        Versions.Expect(reader.Byte(), Version, "verdict");
        var head = reader.Byte();
        return (PlanCodec.Fit(head & ~(HasMark | HasReason)), (head & HasMark) != 0, (head & HasReason) != 0);
    }
}
