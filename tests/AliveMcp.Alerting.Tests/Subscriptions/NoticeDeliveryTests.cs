using AliveMcp.Alerting.Subscriptions;
using AliveMcp.Alerting.Subscriptions.Notices;
using AliveMcp.Testing.Sinks;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Tests.Subscriptions;

/// <summary>How notices reach many readers, places that do not take them, and who may know how many there are.</summary>
public sealed class NoticeDeliveryTests(SubscriptionHouse house) : IClassFixture<SubscriptionHouse>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Gone_ends_it_at_once_and_not_found_after_a_day()
    {
        var (server, gone, lost) = (
            await house.ServerAsync(),
            new Uri(house.Hook.Url, "/visitors/gone"),
            new Uri(house.Hook.Url, "/visitors/lost")
        );
        await house.SubscribeHookAsync(server, gone);
        await house.SubscribeHookAsync(server, lost);
        house.Hook.Misbehaves = request =>
            request.Path switch
            {
                "/visitors/gone" => new FakeReply(410, "{}"),
                "/visitors/lost" => new FakeReply(404, "{}"),
                _ => null,
            };

        await house.IncidentAsync(server, Long);
        await house.TellAsync();
        var first = await house.CountAsync(server);
        house.Clock.Advance(TimeSpan.FromHours(25));
        await house.IncidentAsync(server, Long, kind: 3);
        await house.TellAsync();

        house.Hook.Misbehaves = null;
        Assert.Equal((1, 0), (first, await house.CountAsync(server)));
    }

    [Fact]
    public async Task What_is_not_taken_is_tried_again_and_comes_once()
    {
        var (server, hook) = (await house.ServerAsync(), new Uri(house.Hook.Url, "/visitors/later"));
        await house.SubscribeHookAsync(server, hook);
        house.Hook.Misbehaves = request => request.Path == "/visitors/later" ? new FakeReply(503, "{}") : null;
        var incident = await house.IncidentAsync(server, Long);
        await house.TellAsync();
        await house.ResolveAsync(incident);

        house.Hook.Misbehaves = null;
        house.Clock.Advance(TimeSpan.FromMinutes(20));
        await house.TellAsync();

        // It is over before it was heard: what is told is the end.
        var bodies = house.Hook.Taken.Where(request => request.Path == "/visitors/later").Skip(1).ToList();
        Assert.Equal("incident.resolved", (string?)bodies[^1].Json!["type"]);
        Assert.Single(bodies, request => (string?)request.Json!["type"] == "incident.resolved");
        Assert.Equal(0, await house.CountAsync(server, "failing_since IS NOT NULL"));
    }

    [Fact]
    public async Task Several_alerters_at_once_tell_everybody_once()
    {
        var server = await house.ServerAsync();
        const int readers = 60;
        await ReadersAsync(server, readers);
        await house.IncidentAsync(server, Long);
        var lanes = Enumerable
            .Range(0, 3)
            .Select(_ => ActivatorUtilities.CreateInstance<LetterLane>(house.Api.Services))
            .ToList();

        await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => house.Get<NoticeWriter>().WriteAsync(CancellationToken.None))
        );
        await Task.WhenAll(lanes.Select(DrainAsync));

        var letters = house
            .Mail.Letters.Where(letter => letter.To.StartsWith("reader", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(readers, letters.Count);
        Assert.Equal(readers, letters.Select(letter => letter.To).Distinct().Count());
        lanes.ForEach(lane => lane.Dispose());
    }

    [Fact]
    public async Task As_many_letters_go_out_in_a_second_as_the_install_says()
    {
        var server = await house.ServerAsync();
        await CrowdAsync(server, 90);
        await house.IncidentAsync(server, Long);
        await house.Get<NoticeWriter>().WriteAsync(CancellationToken.None);

        var sent = await house.Letters.SendDueAsync();
        await house.Letters.WhenIdleAsync();
        await house.ExecuteAsync("DELETE FROM alerting.notice_delivery");

        Assert.True(sent >= 90, $"{sent} letters");
    }

    [Fact]
    public async Task Its_owner_sees_how_many_and_a_stranger_sees_nothing()
    {
        var server = await house.ServerAsync();
        await ReadersAsync(server, 3);
        var (alice, charlie) = (
            await house.Api.GiveKeyAsync(new Vocabulary.TenantId(2), "read"),
            await house.Api.GiveKeyAsync(Testing.Rooms.ServersApi.Charlie, "read")
        );

        Assert.Equal((200, """{"email":3,"webhook":0}"""), await CountAsync($"own-{server.Slug}", alice));
        Assert.Equal(404, (await CountAsync($"own-{server.Slug}", charlie)).Status);
    }

    [Fact]
    public async Task A_server_with_many_readers_does_not_hold_up_the_few_of_another()
    {
        var (crowded, small) = (await house.ServerAsync(), await house.ServerAsync());
        await CrowdAsync(crowded, 10_000);
        await CrowdAsync(small, 1);
        await house.IncidentAsync(crowded, Long);
        await house.Get<NoticeWriter>().WriteAsync(CancellationToken.None);
        await house.IncidentAsync(small, Long);
        await house.Get<NoticeWriter>().WriteAsync(CancellationToken.None);

        var wish = new NoticeWish(SubscriptionKind.Email, Troubled: null, Most: 20);
        var taken = await house.Get<NoticeClaims>().TakeAsync(wish, CancellationToken.None);

        var few = await house.ScalarAsync<int>(
            "SELECT subscription_id FROM alerting.subscription WHERE server_id = @Server",
            new { small.Server }
        );
        Assert.Equal(20, taken.Count);
        Assert.Contains(few, taken.Select(notice => notice.Subscription));
        await house.ExecuteAsync("DELETE FROM alerting.notice_delivery");
    }

    private Task CrowdAsync(PublicServer server, int count) =>
        house.ExecuteAsync(
            """
            INSERT INTO alerting.subscription (tenant_id, server_id, kind, place_hash, stop_hash, asked_at, expires_at, confirmed_at)
            SELECT 2, @Server, 1, sha256(('place-' || @Server || '-' || n)::bytea), sha256(('stop-' || @Server || '-' || n)::bytea), now(), now(), now()
            FROM generate_series(1, @count) AS n
            """,
            new { server.Server, count }
        );

    private async Task<(int Status, string Body)> CountAsync(string slug, string token)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await http.GetAsync(new Uri(house.Api.Url, $"/api/v1/servers/{slug}/subscribers"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task DrainAsync(LetterLane lane)
    {
        while (await lane.SendDueAsync() > 0)
        {
            await lane.WhenIdleAsync();
        }
    }

    /// <summary>Readers who said yes, without the way through their mailboxes.</summary>
    private async Task ReadersAsync(PublicServer server, int count)
    {
        await house.GiveRoomAsync();
        var book = house.Get<SubscriptionBook>();
        var key = new Vocabulary.ServerKey(new Vocabulary.TenantId(2), new Vocabulary.ServerId(server.Server));
        for (var i = 0; i < count; i++)
        {
            var read = house.Get<SubscriptionDesk>().Read($"reader{server.Server}-{i}@example.com", null);
            Assert.True(read.TryGet(out var wish));
            await book.NoteAsync(key, wish, CancellationToken.None);
        }

        await house.ExecuteAsync(
            "UPDATE alerting.subscription SET confirmed_at = asked_at, proof_at = NULL WHERE server_id = @Server",
            new { server.Server }
        );
    }
}
