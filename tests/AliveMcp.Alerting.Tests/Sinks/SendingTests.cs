using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Testing.Sinks;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Tests.Sinks;

public sealed class SendingTests(SinkHouse house) : IClassFixture<SinkHouse>
{
    [Theory]
    [InlineData(200, "Delivered")]
    [InlineData(204, "Delivered")]
    [InlineData(302, "Refused")]
    [InlineData(400, "Refused")]
    [InlineData(401, "Refused")]
    [InlineData(404, "Later")]
    [InlineData(408, "Later")]
    [InlineData(410, "Gone")]
    [InlineData(429, "Later")]
    [InlineData(500, "Later")]
    [InlineData(503, "Later")]
    public async Task A_status_says_what_to_do_next(int status, string outcome)
    {
        var at = await HookAsync($"status {status}");
        house.Webhook.Misbehaves = _ => new FakeReply(status, "secret words of the receiver")
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = "17" },
        };

        var answer = await SendAsync(at);
        house.Webhook.Misbehaves = null;

        Assert.Equal((outcome, status), (answer.Outcome.ToString(), answer.Status!.Value));
        Assert.DoesNotContain("secret words", answer.Detail, StringComparison.Ordinal);
        Assert.Equal(status is 429 or 503 or 408 or 500 ? TimeSpan.FromSeconds(17) : null, answer.RetryAfter);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_later_and_names_no_address()
    {
        var at = await HookAsync("nobody there");
        var gone = await FakeWebhook.StartAsync();
        var url = gone.Hook;
        await gone.DisposeAsync();

        var answer = await SendAsync(at with { Secret = Encoding.ASCII.GetBytes(url.AbsoluteUri) });

        Assert.Equal((SinkOutcome.Later, (int?)null), (answer.Outcome, answer.Status));
        Assert.DoesNotContain("127.0.0.1", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_can_check_by_either_secret_while_one_is_being_replaced()
    {
        var made = await house.AddAsync(Hook("signed"));
        var (id, first) = ((int)made["id"]!, (string)made["secret"]!);

        var before = await SignaturesAsync(id, first);
        var rotated = await house.AskAsync(HttpMethod.Post, $"/api/v1/sinks/{id}/rotate-secret");
        var second = (string)rotated.Body!["secret"]!;
        var (during, duringOld) = (await SignaturesAsync(id, second), await SignaturesAsync(id, first));
        house.Clock.Advance(TimeSpan.FromHours(25));
        var (after, afterOld) = (await SignaturesAsync(id, second), await SignaturesAsync(id, first));

        Assert.Equal((1, true), before);
        Assert.Equal(((2, true), (2, true)), (during, duringOld));
        Assert.Equal(((1, true), (1, false)), (after, afterOld));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task An_incident_is_one_message_of_Discord_that_is_edited_in_place()
    {
        var made = await house.AddAsync(
            new
            {
                kind = "discord",
                name = "guild",
                url = house.Discord.Webhook,
            }
        );
        var at = await house.AtHandAsync((int)made["id"]!);
        var sink = house.Of(SinkKind.Discord);
        var before = house.Discord.Messages.Count;

        var first = await sink.SendAsync(at, SampleMessages.Down, thread: null, CancellationToken.None);
        var second = await sink.SendAsync(at, SampleMessages.Resolved, first.Thread, CancellationToken.None);
        house.Discord.Messages.TryRemove(first.Thread!, out var shown);
        var third = await sink.SendAsync(at, SampleMessages.Down, first.Thread, CancellationToken.None);

        Assert.Equal((first.Thread, before + 1), (second.Thread, house.Discord.Messages.Count));
        Assert.Contains("up again", shown!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(SinkOutcome.Delivered, third.Outcome);
        Assert.NotEqual(first.Thread, third.Thread);
    }

    [Fact]
    public async Task Discord_s_own_wait_is_kept()
    {
        var made = await house.AddAsync(
            new
            {
                kind = "discord",
                name = "busy guild",
                url = house.Discord.Webhook,
            }
        );
        var at = await house.AtHandAsync((int)made["id"]!);
        house.Discord.Misbehaves = _ => new FakeReply(
            429,
            """{"message":"You are being rate limited.","retry_after":0.65,"global":false}"""
        );

        var answer = await house.Of(SinkKind.Discord).SendAsync(at, SampleMessages.Down, null, CancellationToken.None);
        house.Discord.Misbehaves = null;

        Assert.Equal((SinkOutcome.Later, TimeSpan.FromSeconds(0.65)), (answer.Outcome, answer.RetryAfter));
    }

    [Fact]
    public async Task An_incident_is_one_incident_of_PagerDuty()
    {
        var made = await house.AddAsync(
            new
            {
                kind = "pagerduty",
                name = "pager",
                routing_key = FakePagerDuty.RoutingKey,
            }
        );
        var at = await house.AtHandAsync((int)made["id"]!);
        var states = new List<string>();
        foreach (
            var message in new[]
            {
                SampleMessages.Down,
                SampleMessages.Down,
                SampleMessages.Acknowledged,
                SampleMessages.Updated,
                SampleMessages.Resolved,
            }
        )
        {
            var answer = await house.Of(SinkKind.PagerDuty).SendAsync(at, message, null, CancellationToken.None);
            Assert.Equal(SinkOutcome.Delivered, answer.Outcome);
            states.Add(house.PagerDuty.Incidents["incident-7"]);
        }

        Assert.Equal(["triggered", "triggered", "acknowledged", "acknowledged", "resolved"], states);
    }

    [Fact]
    public async Task A_routing_key_that_is_not_good_is_refused_with_its_reason_and_not_its_value()
    {
        var made = await house.AddAsync(
            new
            {
                kind = "pagerduty",
                name = "wrong pager",
                routing_key = new string('A', 32),
            }
        );
        var seen = await house.AskAsync(HttpMethod.Get, $"/api/v1/sinks/{(int)made["id"]!}");

        var detail = (string)seen.Body!["proof"]!["detail"]!;
        Assert.Contains("routing_key", detail, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('A', 32), seen.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "invalid_payload", "Refused")]
    [InlineData(403, "action_prohibited", "Refused")]
    [InlineData(404, "no_service", "Later")]
    [InlineData(410, "channel_is_archived", "Gone")]
    [InlineData(429, "rate_limited", "Later")]
    public async Task Slack_s_words_stand_in_the_log(int status, string word, string outcome)
    {
        var made = await house.AddAsync(
            new
            {
                kind = "slack",
                name = $"slack {word}",
                url = house.Slack.Webhook,
            }
        );
        var at = await house.AtHandAsync((int)made["id"]!);
        house.Slack.Misbehaves = _ => new FakeReply(status, word, "text/html");

        var answer = await house.Of(SinkKind.Slack).SendAsync(at, SampleMessages.Down, null, CancellationToken.None);
        house.Slack.Misbehaves = null;

        Assert.Equal(outcome, answer.Outcome.ToString());
        Assert.Contains(word, answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_was_ordered_arrives()
    {
        house.Webhook.SaysChallengesBack = true;
        var made = await house.AddAsync(Hook("ordered"));
        house.Webhook.SaysChallengesBack = false;
        var ordered = await house.AskAsync(HttpMethod.Post, $"/api/v1/sinks/{(int)made["id"]!}/test");

        var runner = house.Api.Services.GetRequiredService<DeliveryRunner>();
        await runner.StartAsync(CancellationToken.None);
        await runner.WhenIdleAsync();

        var taken = house.Webhook.Taken.Last().Json!;
        Assert.Equal(202, ordered.Status);
        Assert.Equal("test", (string?)taken["type"]);
        Assert.Contains("ordered", (string)taken["summary"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_in_any_answer_of_the_API_or_any_printed_sink()
    {
        var made = await house.AddAsync(Hook("printed"));
        var seen = await house.AskAsync(HttpMethod.Get, "/api/v1/sinks?take=1000");
        var at = await house.AtHandAsync((int)made["id"]!);

        Assert.DoesNotContain("planted-in-the-address", seen.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", seen.Body.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("planted-in-the-address", $"{at}", StringComparison.Ordinal);
    }

    private async Task<SinkAtHand> HookAsync(string name) =>
        await house.AtHandAsync((int)(await house.AddAsync(Hook(name)))["id"]!);

    private object Hook(string name) =>
        new
        {
            kind = "webhook",
            name,
            url = house.Webhook.Hook,
        };

    private Task<SinkAnswer> SendAsync(SinkAtHand at) =>
        house.Of(SinkKind.Webhook).SendAsync(at, SampleMessages.Down, thread: null, CancellationToken.None);

    /// <summary>Sends one, and checks it as its receiver would.</summary>
    private async Task<(int Count, bool IsGood)> SignaturesAsync(int sink, string key)
    {
        await SendAsync(await house.AtHandAsync(sink));
        var taken = house.Webhook.Taken.Last(request => request.Headers.ContainsKey("AliveMCP-Signature"));
        var timestamp = taken.Headers["AliveMCP-Timestamp"];
        var signatures = taken.Headers["AliveMCP-Signature"].Split(',');
        var expected =
            "v1="
            + Convert.ToHexStringLower(
                HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.UTF8.GetBytes($"{timestamp}.{taken.Body}"))
            );
        Assert.Equal(house.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), timestamp);
        Assert.Equal("evt_41", (string?)JsonNode.Parse(taken.Body)!["id"]);
        return (signatures.Length, signatures.Contains(expected));
    }
}
