using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Tests.Catalogue;

public sealed class TicketSettingsTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Fact]
    public async Task All_that_a_ticket_needs_is_there()
    {
        await install.ApplyAsync(
            """
            servers:
              - slug: a
                url: https://A.example:443/mcp?key=7
                transport: sse
                expects: protected
                expected_tools: [get, set]
            """
        );
        var id = await install.IdOfAsync("a");

        var settings = (await ForAsync(id))[id];

        Assert.Equal(new ServerKey(TenantId.Local, id), settings.Key);
        Assert.Equal("https://a.example/mcp?key=7", settings.Url.AbsoluteUri);
        Assert.Equal(McpTransport.Sse, settings.Transport);
        Assert.Equal(ProtectionExpectation.Protected, settings.Expectations.Protection);
        Assert.Equal(["get", "set"], settings.Expectations.Tools);
        Assert.Equal(TimeSpan.FromSeconds(15), settings.Limits.Total);
        Assert.Equal(1, settings.SettingsVersion);
    }

    [Fact]
    public async Task A_paused_server_still_has_settings_and_an_erased_or_unknown_one_has_none()
    {
        await install.ApplyAsync(
            "servers: [{ slug: a, url: 'https://a.example' }, { slug: b, url: 'https://b.example' }]"
        );
        var (a, b) = (await install.IdOfAsync("a"), await install.IdOfAsync("b"));
        await install.ApplyAsync("servers: [{ slug: b, url: 'https://b.example' }]", new ApplyOptions { Prune = true });
        await install.ApplyAsync("servers: []");

        Assert.Equal([b], (await ForAsync(a, b, new ServerId(4711))).Keys);
    }

    [Fact]
    public async Task Nothing_asked_is_nothing_answered() => Assert.Empty(await ForAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<IReadOnlyDictionary<ServerId, WatchSettings>> ForAsync(params ServerId[] servers) =>
        install.Get<TicketSettings>().ForAsync(servers, CancellationToken.None);
}
