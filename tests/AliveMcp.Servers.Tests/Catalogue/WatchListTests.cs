using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Tests.Catalogue;

public sealed class WatchListTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Fact]
    public async Task Pages_follow_one_another_by_number_over_all_tenants()
    {
        await install.ApplyAsync(File(5));
        await install.ApplyAsync(File(2), tenant: Install.Charlie);

        var seen = new List<WatchedServer>();
        IReadOnlyList<WatchedServer> page;
        do
        {
            page = await PageAsync(seen.Count == 0 ? default : seen[^1].Key.Server, 3);
            seen.AddRange(page);
        } while (page.Count == 3);

        Assert.Equal(7, seen.Count);
        Assert.Equal(seen.OrderBy(server => server.Key.Server), seen);
        Assert.Equal(2, seen.Count(server => server.Key.Tenant == Install.Charlie));
    }

    [Fact]
    public async Task A_server_carries_what_its_minutes_are_judged_and_kept_by()
    {
        await install.ApplyAsync(File(1));
        await install.ApplyAsync(File(1), tenant: Install.Charlie);

        var servers = await PageAsync(default, 10);

        Assert.Equal([RetentionClass.Days90, RetentionClass.Days7], servers.Select(server => server.Retention));
        Assert.All(servers, server => Assert.Equal((1, 2, 1), (server.Weight, server.Quorum, server.SettingsVersion)));
    }

    [Fact]
    public async Task Paused_and_erased_servers_are_not_watched()
    {
        await install.ApplyAsync(File(3));
        await install.ApplyAsync(File(2));
        await install.ApplyAsync(File(1), new ApplyOptions { Prune = true });

        Assert.Equal(
            [await install.IdOfAsync("s0")],
            (await PageAsync(default, 10)).Select(server => server.Key.Server)
        );
    }

    [Fact]
    public async Task A_host_is_crowded_by_what_all_tenants_ask_of_it_on_whatever_port()
    {
        await install.ApplyAsync(
            "servers: [{ slug: a, url: 'https://busy.example/a' }, { slug: b, url: 'http://busy.example:8080/b', cadence: 2 }, "
                + "{ slug: c, url: 'https://[2606:4700::1111]:8443/c' }]"
        );
        await install.ApplyAsync("servers: [{ slug: a, url: 'https://BUSY.example/a' }]", tenant: Install.Charlie);

        var crowded = await install.Get<WatchList>().CrowdedAsync(2, CancellationToken.None);
        var all = await install.Get<WatchList>().CrowdedAsync(0, CancellationToken.None);

        Assert.Equal([("busy.example", 2.5)], crowded.Select(host => (host.Key, host.Value)));
        Assert.Equal(1, all["[2606:4700::1111]"]);
        Assert.Equal(
            ["busy.example", "busy.example", "[2606:4700::1111]", "busy.example"],
            (await PageAsync(default, 10)).Select(server => server.Host)
        );
    }

    [Fact]
    public async Task A_window_of_many_servers_is_read_once_for_its_tenant_and_not_when_it_is_over()
    {
        // The database tells by its own clock what is about now.
        var today = TimeProvider.System.GetUtcNow();
        string Span(int from, int to) =>
            $"from: {today.AddDays(from):yyyy-MM-dd'T'HH:mm'Z'}, to: {today.AddDays(to):yyyy-MM-dd'T'HH:mm'Z'}";
        await install.ApplyAsync(
            $$"""
            servers:
              - { slug: a, url: 'https://a.example', tags: [prod] }
              - { slug: b, url: 'https://b.example', tags: [prod, x] }
              - { slug: c, url: 'https://c.example' }
            maintenance:
              - { {{Span(-1, 1)}}, all: true, note: everywhere }
              - { {{Span(-9, -8)}}, tags: [prod, x], note: again, rrule: 'FREQ=DAILY;COUNT=1000' }
              - { {{Span(-3, -2)}}, all: true, note: over }
            """
        );
        await install.ApplyAsync(File(1), tenant: Install.Charlie);

        var servers = await PageAsync(default, 10);

        Assert.Equal(
            ["again everywhere", "again everywhere", "everywhere", ""],
            servers.Select(server => string.Join(' ', server.Maintenance.Select(span => span.Note).Order()))
        );
        Assert.Equal(
            2,
            servers
                .SelectMany(server => server.Maintenance)
                .Distinct<object>(ReferenceEqualityComparer.Instance)
                .Count()
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<IReadOnlyList<WatchedServer>> PageAsync(ServerId after, int take) =>
        install.Get<WatchList>().PageAsync(after, take, CancellationToken.None);

    private static string File(int servers) =>
        $"servers: [{string.Join(", ", Enumerable.Range(0, servers).Select(number => $"{{ slug: s{number}, url: 'https://s{number}.example/mcp' }}"))}]";
}
