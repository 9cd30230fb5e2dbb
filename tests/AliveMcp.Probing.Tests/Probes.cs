using AliveMcp.Egress;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

/// <summary>Probes for tests: this machine may be dialled, and limits are short so that a test ends soon.</summary>
internal static class Probes
{
    public static ProbeLimits Patient { get; } =
        new()
        {
            Total = TimeSpan.FromSeconds(10),
            Connect = TimeSpan.FromSeconds(3),
            Discover = TimeSpan.FromSeconds(3),
            ToolsList = TimeSpan.FromSeconds(8),
            Goodbye = TimeSpan.FromSeconds(1),
        };

    public static ServerProbe Local { get; } =
        new(new EgressGuard(new EgressOptions { Allow = ["127.0.0.0/8:*", "[::1]/128:*"] }), TimeProvider.System);

    public static ProbeOrder Order(Uri url) => new() { Url = url, Limits = Patient };

    public static Task<ProbeResult> ProbeAsync(ProbeOrder order) => Local.ProbeAsync(order, CancellationToken.None);

    public static async Task<ProbeResult> ProbeAsync(Specimen specimen, Func<ProbeOrder, ProbeOrder>? change = null)
    {
        await using var server = await FakeMcpServer.StartAsync(specimen);
        var order = Order(server.Url);
        return await ProbeAsync(change?.Invoke(order) ?? order);
    }
}
