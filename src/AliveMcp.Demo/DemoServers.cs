using System.Net;

namespace AliveMcp.Demo;

/// <summary>One server to watch: its name, the path of its endpoint, and how it answers.</summary>
internal sealed record DemoServer(string Name, string Path, Action<WebApplication> Map)
{
    /// <summary>Listens on a loopback port and gives the endpoint's URL.</summary>
    public async Task<(WebApplication App, string Url)> StartAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 256 * 1024;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        Map(app);
        await app.StartAsync(cancellationToken);
        return (app, app.Urls.First() + Path);
    }
}

/// <summary>The servers of the first start, in a fixed order: what a stranger sees of AliveMCP first.</summary>
internal static class DemoServers
{
    public const int Count = 7;

    public static IReadOnlyList<DemoServer> All(TimeProvider time) =>
        [
            new(
                "healthy-initialize",
                "/mcp",
                new InitializeServer("healthy-initialize") { Sessions = new SessionTable(), AsEventStream = true }.Map
            ),
            new("healthy-discover", "/mcp", new DiscoverServer("healthy-discover").Map),
            new("legacy-sse", "/sse", new LegacySseServer("legacy-sse").Map),
            // Twice this is beyond the 5 s that are "slow" and well below the 10 s at which a tool list is given up.
            new(
                "slow",
                "/mcp",
                new InitializeServer("slow") { Pause = token => Task.Delay(TimeSpan.FromSeconds(2.8), time, token) }.Map
            ),
            new(
                "drifting",
                "/mcp",
                new InitializeServer("drifting") { Tools = () => DemoTools.Drifting(time.GetUtcNow()) }.Map
            ),
            new("sign-in", "/mcp", SignInServer.Map),
            new("broken", "/mcp", BrokenServer.Map),
        ];
}
