using System.Buffers;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

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

    internal static void Write(PackedWriter writer, RegionEntry entry)
    {
        var has =
            (entry.Phases is null ? Has.Nothing : Has.Phases)
            | (entry.FirstTryTotal is null ? Has.Nothing : Has.FirstTryTotal)
            | (entry.ContractMark is null ? Has.Nothing : Has.Mark)
            | (entry.FirstTryFailed ? Has.FirstTryFailed : Has.Nothing)
            | (entry.Tries > 1 ? Has.SecondTry : Has.Nothing);

        writer.Byte(Version);
        writer.Byte((byte)has);
        writer.Byte((byte)((byte)entry.State | ((byte)entry.Access << 2) | ((byte)entry.VerifiedTo << 4)));
        writer.Byte((byte)entry.Why);
        writer.Byte((byte)(entry.FailedAt ?? ProbeStep.None));
        if (entry.Phases is { } phases)
        {
            WritePhases(writer, phases);
        }

        if (entry.FirstTryTotal is { } total)
        {
            writer.Count(total);
        }

        if (entry.ContractMark is { } mark)
        {
            writer.Fixed(mark);
        }
    }

    internal static RegionEntry Read(ref PackedReader reader, Region region)
    {
        Versions.Expect(reader.Byte(), Version, "entry");
        var has = (Has)reader.Byte();
        var axes = reader.Byte();
        var why = (Why)reader.Byte();
        var step = (ProbeStep)reader.Byte();
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
            Phases = has.HasFlag(Has.Phases) ? ReadPhases(ref reader) : null,
            FirstTryTotal = has.HasFlag(Has.FirstTryTotal) ? reader.Count() : null,
            ContractMark = has.HasFlag(Has.Mark) ? reader.Fixed() : null,
        };
    }

    private static void WritePhases(PackedWriter writer, PhaseTimes phases)
    {
        writer.Count(phases.Resolve);
        writer.Count(phases.Connect);
        writer.Count(phases.Tls);
        writer.Count(phases.Handshake);
        writer.Count(phases.Tools);
        writer.Count(phases.TestCall);
        writer.Count(phases.FirstByte);
        writer.Count(phases.Total);
    }

    private static PhaseTimes ReadPhases(ref PackedReader reader) =>
        new()
        {
            Resolve = reader.Count(),
            Connect = reader.Count(),
            Tls = reader.Count(),
            Handshake = reader.Count(),
            Tools = reader.Count(),
            TestCall = reader.Count(),
            FirstByte = reader.Count(),
            Total = reader.Count(),
        };
}
