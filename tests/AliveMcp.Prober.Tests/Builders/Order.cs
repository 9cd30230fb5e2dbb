using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Tests.Builders;

/// <summary>Tickets and tries with nothing in them but what a test is about.</summary>
internal static class Order
{
    /// <summary>A busy machine shall not make a server slow.</summary>
    private static readonly ProbeLimits Unhurried = new() { SlowAfter = TimeSpan.FromSeconds(15) };

    public static ProbeTicket Ticket(
        int server = 1,
        string host = "mcp.example",
        double limit = 15,
        double lastEnd = 70,
        int tenant = 2
    ) =>
        new()
        {
            Server = new ServerKey(new TenantId(tenant), new ServerId(server)),
            Minute = new MinuteStamp(29_000_000),
            Region = Region.Of("local"),
            Order = new ProbeOrder
            {
                Url = new Uri($"https://{host}/mcp"),
                Limits = Unhurried with { Total = TimeSpan.FromSeconds(limit) },
            },
            LastEndIn = TimeSpan.FromSeconds(lastEnd),
            MayRetry = true,
            Signature = "s",
        };

    public static ProbeOrder Of(Uri url) => new() { Url = url, Limits = Unhurried };

    public static TryResult Result(ServerState state, Why why = Why.None) =>
        new()
        {
            Attempt = new ProbeAttempt { State = state, Why = why },
            Observed = new Observed { Requests = 3, Bytes = 100 },
        };
}
