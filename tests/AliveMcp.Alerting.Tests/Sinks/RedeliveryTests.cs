using AliveMcp.Alerting.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Tests.Sinks;

/// <summary>A message sent once more, by somebody's wish, over the API.</summary>
public sealed class RedeliveryTests(SinkHouse house) : IClassFixture<SinkHouse>
{
    [Fact]
    public async Task What_was_sent_is_sent_again_under_its_own_id()
    {
        var delivery = await SentAsync("once more");
        var before = (string?)house.Webhook.Taken.Last().Json!["id"];
        var count = house.Webhook.Taken.Count;

        var asked = await AskAsync(delivery);
        var tooSoon = await AskAsync(delivery);
        await RunAsync();

        Assert.Equal((202, 429), (asked.Status, tooSoon.Status));
        Assert.Equal("delivery_waits_too_soon", (string?)tooSoon.Body!["code"]);
        Assert.Equal(count + 1, house.Webhook.Taken.Count);
        Assert.Equal(before, (string?)house.Webhook.Taken.Last().Json!["id"]);
        var seen = await house.AskAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}");
        Assert.Equal("sent", (string?)seen.Body!["state"]);
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_anothers_is_not_found()
    {
        var delivery = await SentAsync("not yours");
        var count = house.Webhook.Taken.Count;

        var stranger = await AskAsync(delivery, house.CharlieToken);
        var nothing = await AskAsync(987_654_321);
        await RunAsync();

        Assert.Equal((404, 404), (stranger.Status, nothing.Status));
        Assert.Equal(count, house.Webhook.Taken.Count);
    }

    private async Task<long> SentAsync(string name)
    {
        house.Webhook.SaysChallengesBack = true;
        var made = await house.AddAsync(
            new
            {
                kind = "webhook",
                name,
                url = house.Webhook.Hook,
            }
        );
        var ordered = await house.AskAsync(HttpMethod.Post, $"/api/v1/sinks/{(int)made["id"]!}/test");
        Assert.Equal(202, ordered.Status);
        await RunAsync();
        var log = await house.AskAsync(HttpMethod.Get, $"/api/v1/deliveries?sink={(int)made["id"]!}");
        return (long)log.Body!["deliveries"]![0]!["id"]!;
    }

    private Task<(int Status, System.Text.Json.Nodes.JsonObject? Body, string? ETag)> AskAsync(
        long delivery,
        string? token = null
    ) => house.AskAsync(HttpMethod.Post, $"/api/v1/deliveries/{delivery}/redeliver", token: token);

    private async Task RunAsync()
    {
        var runner = house.Api.Services.GetRequiredService<DeliveryRunner>();
        await runner.StartAsync(CancellationToken.None);
        await runner.WhenIdleAsync();
    }
}
