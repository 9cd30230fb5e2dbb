using System.Text;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Judging;

/// <summary>Judges the answer of a health URL. Whatever it says degrades a server at worst: the endpoint itself was seen to work.</summary>
internal static class HealthRules
{
    // Deeper reports say nothing more.
    private const int MaxDepth = 32;

    /// <summary>What is wrong; null when all is well.</summary>
    public static HealthFault? Judge(HealthCheck check, int status, ReadOnlyMemory<byte> body)
    {
        var report = HealthReport.Read(body, MaxDepth);
        var isExpected = check.Status is { } wanted ? status == wanted : status is >= 200 and < 300;
        return isExpected ? OfExpected(check, status, body, report) : OfUnexpected(check, status, report);
    }

    private static HealthFault OfUnexpected(HealthCheck check, int status, HealthReport? report)
    {
        var expected = check.Status is { } wanted ? $"HTTP {wanted}" : "HTTP 2xx";

        // 503 is also how a report says that one part of many is away.
        return status == 503 && report is { NamesParts: true }
            ? new HealthFault(Why.HealthDegraded, $"expected {expected}, got HTTP 503{Named(report)}", status)
            : new HealthFault(Why.HealthDown, $"expected {expected}, got HTTP {status}", status);
    }

    private static HealthFault? OfExpected(
        HealthCheck check,
        int status,
        ReadOnlyMemory<byte> body,
        HealthReport? report
    )
    {
        if (report is { IsWell: false })
        {
            return new HealthFault(
                Why.HealthDegraded,
                $"expected a status such as ok, got '{report.Status}'{Named(report)}",
                status
            );
        }

        return
            check.Contains is { } text && !Encoding.UTF8.GetString(body.Span).Contains(text, StringComparison.Ordinal)
            ? new HealthFault(Why.HealthDegraded, $"expected a body that contains '{text}', got one without it", status)
            : null;
    }

    private static string Named(HealthReport report) => report.Trouble is { } trouble ? $": {trouble}" : "";
}
