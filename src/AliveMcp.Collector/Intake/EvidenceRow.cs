using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Intake;

/// <summary>One row of <c>collector.evidence</c>.</summary>
internal sealed record EvidenceRow(
    ServerKey Server,
    MinuteStamp Minute,
    RegionEntry Entry,
    bool Late,
    string? Detail,
    byte[]? Body
)
{
    private const int DetailLength = 300;
    private const int BodyBytes = 6 * 1024;

    public static EvidenceRow Of(TicketReport report, RegionEntry entry, bool late)
    {
        var detail = report.Attempts.FirstOrDefault(attempt => attempt.Why == entry.Why)?.Detail;
        return new EvidenceRow(
            report.Server,
            report.Minute,
            entry,
            late,
            string.IsNullOrEmpty(detail) ? null : SafeText.Of(detail, DetailLength),
            Decode(report.Evidence)
        );
    }

    /// <summary>Anything that is not what a prober sends is left out, the row stays.</summary>
    private static byte[]? Decode(string? base64)
    {
        if (base64 is null or { Length: > BodyBytes * 4 / 3 + 4 })
        {
            return null;
        }

        var bytes = new byte[BodyBytes];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
