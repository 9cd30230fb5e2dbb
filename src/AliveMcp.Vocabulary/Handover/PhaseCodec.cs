using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>Phase times, or sums of them, packed in the order in which the phases are passed. Part of the records that hold them, whose version speaks for it.</summary>
public static class PhaseCodec
{
    public static void Write(PackedWriter writer, PhaseTimes phases)
    {
        ArgumentNullException.ThrowIfNull(phases);
        writer.Count(phases.Resolve);
        writer.Count(phases.Connect);
        writer.Count(phases.Tls);
        writer.Count(phases.Handshake);
        writer.Count(phases.Tools);
        writer.Count(phases.TestCall);
        writer.Count(phases.FirstByte);
        writer.Count(phases.Total);
    }

    /// <exception cref="FormatException">The bytes are cut short.</exception>
    public static PhaseTimes Read(ref PackedReader reader) =>
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
