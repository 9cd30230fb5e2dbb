using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

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
    public async Task What_is_expected_beyond_the_list_comes_back_as_it_was_written()
    {
        await install.ApplyAsync(
            """
            servers:
              - slug: a
                url: https://a.example/mcp
                timeout: 20s
                slow_after: 2.5s
                test_calls:
                  - tool: forecast
                    arguments: { city: Zürich, days: 3, exact: 1.50, units: null, tags: [a, "7"] }
                    allow: true
                    contains: sunny
                    json_path: $.structuredContent.days[0].sky
                    equals: sunny
                    schema: { type: object, required: [days] }
                    within: 800ms
                    failure: down
                  - tool: ping
                health:
                  url: https://a.example/healthz
                  every: 5
                  status: 204
                  contains: OK
            """
        );
        var id = await install.IdOfAsync("a");

        var settings = (await ForAsync(id))[id];

        Assert.Equal(
            [
                new TestCall
                {
                    Tool = "forecast",
                    Arguments = """{"city":"Zürich","days":3,"exact":1.50,"units":null,"tags":["a","7"]}""",
                    AllowListed = true,
                    Contains = "sunny",
                    JsonPath = "$.structuredContent.days[0].sky",
                    JsonPathEquals = "\"sunny\"",
                    Schema = """{"type":"object","required":["days"]}""",
                    Within = TimeSpan.FromMilliseconds(800),
                    FailureIsDown = true,
                },
                new TestCall { Tool = "ping" },
            ],
            settings.Expectations.TestCalls
        );
        Assert.Equal(
            (5, 204, "OK"),
            (settings.Health!.Every, settings.Health.Check.Status, settings.Health.Check.Contains)
        );
        Assert.Equal("https://a.example/healthz", settings.Health.Check.Url.AbsoluteUri);
        Assert.Equal(TimeSpan.FromSeconds(20), settings.Limits.Total);
        Assert.Equal(TimeSpan.FromSeconds(2.5), settings.Limits.SlowAfter);
    }

    [Fact]
    public async Task A_changed_expectation_is_named_and_makes_new_tickets()
    {
        const string call = "test_calls: [{ tool: t, within: 1s }]";
        const string health = "health: { url: 'https://a.example/health', every: 2 }";
        await install.ApplyAsync($"servers: [{{ slug: a, url: 'https://a.example', {call}, {health} }}]");
        var again = await install.ApplyAsync($"servers: [{{ slug: a, url: 'https://a.example', {health}, {call} }}]");
        var answer = await install.ApplyAsync("servers: [{ slug: a, url: 'https://a.example', timeout: 9s }]");
        var id = await install.IdOfAsync("a");

        Assert.Equal(["a"], again.Unchanged);
        Assert.Equal(["test_calls", "health", "timeout"], answer.Fields["a"]);
        Assert.Equal(2, (await ForAsync(id))[id].SettingsVersion);
    }

    [Fact]
    public async Task Who_says_nothing_more_gets_the_defaults()
    {
        await install.ApplyAsync("servers: [{ slug: a, url: 'https://a.example' }]");
        var id = await install.IdOfAsync("a");

        var settings = (await ForAsync(id))[id];

        Assert.Empty(settings.Expectations.TestCalls);
        Assert.Null(settings.Health);
        Assert.Equal(new ProbeLimits(), settings.Limits);
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
