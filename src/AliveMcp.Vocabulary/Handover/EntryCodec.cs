using System.Buffers;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>
/// Field <c>0</c>, <c>1</c>, … of an opened minute's hash: what the plan's region of that place said, packed. Version 1.
/// The region is not in the bytes, its place is the field's name.
/// </summary>
public static class EntryCodec
{
    private const byte Version = 1;

    [Flags]
    private enum Has : byte
    {
        Nothing = 0,
        Phases = 1,
        FirstTryTotal = 2,
        Mark = 4,
        FirstTryFailed = 8,
        SecondTry = 16,

        /// <summary>The first try's total is the phases' total, as with every single try that got its answer.</summary>
        SameTotal = 32,
    }

    public static byte[] Pack(RegionEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(48);
        Write(new PackedWriter(buffer), entry);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a packed entry.</exception>
    public static RegionEntry Unpack(ReadOnlySpan<byte> bytes, Region region)
    {
        var reader = new PackedReader(bytes);
        return Read(ref reader, region);
    }

    private static void Write(PackedWriter writer, RegionEntry entry)
    {
        var has = Of(entry);
        writer.Byte(Version);
        writer.Byte((byte)has);
        writer.Byte((byte)((byte)entry.State | ((byte)entry.Access << 2) | ((byte)entry.VerifiedTo << 4)));
        writer.Byte((byte)entry.Why);
        writer.Byte((byte)(entry.FailedAt ?? ProbeStep.None));
        if (entry.Phases is { } phases)
        {
            PhaseCodec.Write(writer, phases);
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

    private static RegionEntry Read(ref PackedReader reader, Region region)
    {
        Versions.Expect(reader.Byte(), Version, "entry");
        var has = (Has)reader.Byte();
        var axes = reader.Byte();
        var why = (Why)reader.Byte();
        var step = (ProbeStep)reader.Byte();
        var phases = has.HasFlag(Has.Phases) ? PhaseCodec.Read(ref reader) : null;
        return new RegionEntry
        {
            Region = region,
            State = (ServerState)(axes & 3),
            Access = (Access)((axes >> 2) & 3),
            VerifiedTo = (VerifiedTo)(axes >> 4),
            Why = why,
            FailedAt = step == ProbeStep.None ? null : step,
            Tries = has.HasFlag(Has.SecondTry) ? 2 : 1,
            FirstTryFailed = has.HasFlag(Has.FirstTryFailed),
            Phases = phases,
            FirstTryTotal =
                has.HasFlag(Has.SameTotal) ? phases?.Total
                : has.HasFlag(Has.FirstTryTotal) ? reader.Count()
                : null,
            ContractMark = has.HasFlag(Has.Mark) ? reader.Fixed() : null,
        };
    }

    private static Has Of(RegionEntry entry)
    {
        var total = entry.FirstTryTotal is null ? Has.Nothing : Has.FirstTryTotal;
        if (entry.FirstTryTotal is not null && entry.FirstTryTotal == entry.Phases?.Total)
        {
            total = Has.SameTotal;
        }

        return total
            | (entry.ContractMark is null ? Has.Nothing : Has.Mark)
            | (entry.Phases is null ? Has.Nothing : Has.Phases)
            | (entry.FirstTryFailed ? Has.FirstTryFailed : Has.Nothing)
            | (entry.Tries > 1 ? Has.SecondTry : Has.Nothing);
    }
}
