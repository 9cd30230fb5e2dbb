using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>Phase times, or sums of them, packed in the order in which the phases are passed. Part of the records that hold them, whose version speaks for it.</summary>
public static class PhaseCodec
{
    public static void Write(PackedWriter writer, PhaseTimes phases)
    {
        ArgumentNullException.ThrowIfNull(phases);
        WriteParts(writer, phases);
        writer.Count(phases.Total);
    }

    /// <exception cref="FormatException">The bytes are cut short.</exception>
    public static PhaseTimes Read(ref PackedReader reader) => ReadParts(ref reader) with { Total = reader.Count() };

    /// <summary>All but the total.</summary>
    internal static void WriteParts(PackedWriter writer, PhaseTimes phases)
    {
        writer.Count(phases.Resolve);
        writer.Count(phases.Connect);
        writer.Count(phases.Tls);
        writer.Count(phases.Handshake);
        writer.Count(phases.Tools);
        writer.Count(phases.TestCall);
        writer.Count(phases.FirstByte);
    }

    /// <summary>All but the total.</summary>
    /// <exception cref="FormatException">The bytes are cut short.</exception>
    internal static PhaseTimes ReadParts(ref PackedReader reader) =>
        new()
        {
            Resolve = reader.Count(),
            Connect = reader.Count(),
            Tls = reader.Count(),
            Handshake = reader.Count(),
            Tools = reader.Count(),
            TestCall = reader.Count(),
            FirstByte = reader.Count(),
        };
}
