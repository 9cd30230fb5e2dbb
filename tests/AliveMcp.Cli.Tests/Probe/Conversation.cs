using AliveMcp.Cli.Looking;
using AliveMcp.Probing;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Tests.Probe;

/// <summary>A conversation with a server, as far as its result says it went.</summary>
internal static class Conversation
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static Sight Of(ProbeResult result)
    {
        var attempt = result.Attempt;
        if (attempt.Phases.Total == 0)
        {
            return new Sight(result, [], []);
        }

        List<Exchange> exchanges =
            attempt.State == ServerState.Down
                ? [Told(1, ProbeStep.Initialize, 3, "text/html", "<html>It works!")]
                : [Told(1, ProbeStep.Discover, 103.5, "application/json", "{}") with { ResponseBytes = 99 }];
        if (attempt.VerifiedTo >= VerifiedTo.Tools)
        {
            exchanges.Add(
                Told(2, ProbeStep.ToolsList, 1204.4, "text/event-stream", "data: {}") with
                {
                    ResponseBytes = 1_234,
                }
            );
        }

        return new Sight(result, [Dialled], exchanges);
    }

    private static Connection Dialled { get; } =
        new()
        {
            Host = "mcp.example.com",
            Port = 443,
            Addresses = ["203.0.113.7", "2001:db8::7"],
            V6 = 1,
            Address = "203.0.113.7",
            TlsVersion = "TLS 1.3",
            Alpn = "h2",
            Certificates =
            [
                new SeenCertificate(
                    "CN=mcp.example.com",
                    "CN=R11, O=Let's Encrypt, C=US",
                    Now.AddDays(-28),
                    Now.AddDays(62),
                    "AB"
                ),
            ],
        };

    private static Exchange Told(int number, ProbeStep step, double milliseconds, string type, string body) =>
        new()
        {
            Number = number,
            Step = step,
            Method = "POST",
            Url = "https://mcp.example.com/mcp",
            RequestHeaders = [],
            BeganAt = TimeSpan.Zero,
            EndAt = TimeSpan.FromMilliseconds(milliseconds),
            Status = 200,
            StatusLine = "HTTP/1.1 200 OK",
            ResponseHeaders = [new HeaderLine("Content-Type", type)],
            ResponseBody = body,
            ResponseBytes = body.Length,
        };
}
