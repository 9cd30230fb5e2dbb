using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Tests.Files;

/// <summary>What applying a file does to the catalogue. Every test begins with none: a file speaks for all servers.</summary>
public sealed class ServersFileTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    private const string Two = """
        servers:
          - { slug: weather, url: "https://weather.example/mcp", tags: [sea] }
          - { slug: search, url: "https://search.example/mcp", visibility: private }
        """;

    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Fact]
    public async Task What_is_new_is_created_watched_and_told()
    {
        var answer = await install.ApplyAsync(Two);

        Assert.Equal(["search", "weather"], answer.Created);
        var watched = await WatchedAsync();
        Assert.Equal(2, watched.Count);
        Assert.All(watched, server => Assert.Equal(TenantId.Local, server.Key.Tenant));
        Assert.Equal(["created", "created"], await EventsAsync());

        // 07:33:20: the first whole minute is 07:34.
        var from = MinuteStamp.Of(install.Clock.GetUtcNow()).Value + 1;
        Assert.Equal(watched.Select(server => $"{server.Key.Server} {from} 1"), await OutboxAsync());
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_at_all()
    {
        await install.ApplyAsync(Two);
        var before = await StateAsync();

        var answer = await install.ApplyAsync(Two);

        Assert.Equal(["search", "weather"], answer.Unchanged);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task A_dry_run_tells_and_does_nothing()
    {
        var before = await StateAsync();

        var answer = await install.ApplyAsync(Two, new ApplyOptions { DryRun = true });

        Assert.True(answer.DryRun);
        Assert.Equal(["search", "weather"], answer.Created);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task A_changed_url_keeps_the_server_and_makes_new_tickets()
    {
        await install.ApplyAsync(Two);
        var before = (await WatchedAsync())[0];

        var answer = await install.ApplyAsync(
            Two.Replace("weather.example", "tides.example", StringComparison.Ordinal)
        );

        Assert.Equal(["weather"], answer.Changed);
        Assert.Equal(["url"], answer.Fields["weather"]);
        var after = (await WatchedAsync())[0];
        Assert.Equal(before.Key, after.Key);
        Assert.Equal(before.SettingsVersion + 1, after.SettingsVersion);
        var detail = await install.QueryAsync<string>("SELECT detail FROM servers.event WHERE kind = 'url_changed'");
        Assert.Equal(
            """{"to": "https://tides.example/mcp", "from": "https://weather.example/mcp", "origin_changed": true}""",
            detail.Single()
        );
    }

    [Fact]
    public async Task What_no_ticket_carries_leaves_the_settings_version_alone()
    {
        await install.ApplyAsync(Two);

        var answer = await install.ApplyAsync(
            Two.Replace("tags: [sea]", "tags: [sky], name: Weather, visibility: private", StringComparison.Ordinal)
        );

        Assert.Equal(["name", "tags", "visibility"], answer.Fields["weather"]);
        Assert.All(await WatchedAsync(), server => Assert.Equal(1, server.SettingsVersion));
    }

    [Fact]
    public async Task What_leaves_the_file_is_paused_keeps_its_number_and_resumes_when_it_comes_back()
    {
        await install.ApplyAsync(Two);
        var weather = await install.IdOfAsync("weather");

        Assert.Equal(["weather", "search"], (await install.ApplyAsync("servers: []")).Paused.Reverse());
        Assert.Empty(await WatchedAsync());
        Assert.True((await ListingAsync("weather"))!.Paused);
        Assert.Empty((await install.ApplyAsync("servers: []")).Paused);

        var answer = await install.ApplyAsync(Two);
        Assert.Equal(["search", "weather"], answer.Resumed);
        Assert.Empty(answer.Created);
        Assert.Equal(weather, await install.IdOfAsync("weather"));
        Assert.False((await ListingAsync("weather"))!.Paused);
        Assert.Equal(
            ["created", "created", "paused", "paused", "resumed", "resumed"],
            (await EventsAsync()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Pausing_ends_the_watch_and_resuming_begins_it_from_the_next_minute_on()
    {
        await install.ApplyAsync("servers: [{ slug: a, url: 'https://a.example/mcp' }]");
        install.Clock.Advance(TimeSpan.FromMinutes(5));
        await install.ApplyAsync("servers: []");
        install.Clock.Advance(TimeSpan.FromMinutes(5));
        await install.ApplyAsync("servers: [{ slug: a, url: 'https://a.example/mcp' }]");

        var id = await install.IdOfAsync("a");
        var now = MinuteStamp.Of(install.Clock.GetUtcNow()).Value;
        Assert.Equal([$"{id} {now - 9} 1", $"{id} {now - 4} ", $"{id} {now + 1} 1"], await OutboxAsync());
    }

    [Fact]
    public async Task Pruned_servers_are_gone_at_once_and_their_numbers_for_ever()
    {
        await install.ApplyAsync(Two);
        var old = await install.IdOfAsync("weather");

        var answer = await install.ApplyAsync("servers: []", new ApplyOptions { Prune = true });

        Assert.Equal(["search", "weather"], answer.Erased);
        Assert.Empty(await WatchedAsync());
        Assert.Null(await ListingAsync("weather"));
        var again = await install.ApplyAsync(Two);
        Assert.Equal(["search", "weather"], again.Created);
        Assert.DoesNotContain(old, (await WatchedAsync()).Select(server => server.Key.Server));
        Assert.Equal("weather", (await ListingAsync("weather"))!.PublicSlug);
    }

    [Fact]
    public async Task Servers_that_were_paused_long_ago_are_pruned_too()
    {
        await install.ApplyAsync(Two);
        await install.ApplyAsync("servers: []");

        var answer = await install.ApplyAsync("servers: []", new ApplyOptions { Prune = true });

        Assert.Equal(["search", "weather"], answer.Erased);
    }

    [Fact]
    public async Task Nothing_happens_when_anything_is_refused()
    {
        await install.ApplyAsync(Two);
        var before = await StateAsync();

        var refused = await install.TryApplyAsync(
            """
            servers:
              - { slug: fresh, url: "https://fresh.example/mcp" }
              - { slug: bad, url: nowhere }
            """,
            new ApplyOptions { Prune = true }
        );

        Assert.Equal("servers[1].url", refused.Problems.Single().Field);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Each_list_has_its_own_servers_and_no_slug_of_another()
    {
        var demo = new ApplyOptions { ManagedBy = "demo", Prune = true };
        await install.ApplyAsync("servers: [{ slug: demo-a, url: 'http://127.0.0.1:8801/mcp' }]", demo);

        var answer = await install.ApplyAsync(Two, new ApplyOptions { Prune = true });
        var refused = await install.TryApplyAsync("servers: [{ slug: demo-a, url: 'https://a.example/mcp' }]");

        Assert.Empty(answer.Erased);
        Assert.Equal("slug_taken", refused.Problems.Single().Code);
        Assert.Contains("'demo'", refused.Problems.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_applied_at_the_same_moment_come_one_after_another()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => install.ApplyAsync(Two)));

        Assert.Single(answers, answer => answer.Created.Count == 2);
        Assert.Equal(5, answers.Count(answer => answer.Unchanged.Count == 2));
        Assert.Equal(2, (await WatchedAsync()).Count);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_a_problem_and_no_exception()
    {
        var missing = await install
            .Get<ServersFile>()
            .ApplyFileAsync(TenantId.Local, "/nowhere/alivemcp.yaml", new ApplyOptions(), CancellationToken.None);

        Assert.Equal("file_unreadable", missing.Problems.Single().Code);
        Assert.Contains("/nowhere/alivemcp.yaml", missing.Problems.Single().Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<IReadOnlyList<WatchedServer>> WatchedAsync() =>
        install.Get<WatchList>().PageAsync(default, 100, CancellationToken.None);

    private Task<ListedServer?> ListingAsync(string publicSlug) =>
        install.Get<Listings>().FindAsync(publicSlug, CancellationToken.None);

    private Task<List<string>> EventsAsync() =>
        install.QueryAsync<string>("SELECT kind FROM servers.event ORDER BY event_id");

    private Task<List<string>> OutboxAsync() =>
        install.QueryAsync<string>(
            """
            SELECT concat_ws(' ', record->>'server_id', record->>'from_minute', coalesce(record->>'weight', ''))
            FROM storage.outbox WHERE topic = 'server.watch' ORDER BY outbox_id
            """
        );

    /// <summary>Everything this room keeps, as text.</summary>
    private async Task<List<string>> StateAsync() =>
        [
            .. await install.QueryAsync<string>("SELECT s::text FROM servers.server s ORDER BY server_id"),
            .. await install.QueryAsync<string>("SELECT s::text FROM servers.public_listing s ORDER BY server_id"),
            .. await EventsAsync(),
            .. await OutboxAsync(),
        ];
}
