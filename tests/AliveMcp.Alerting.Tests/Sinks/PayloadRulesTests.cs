using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks.Discord;
using AliveMcp.Alerting.Sinks.PagerDuty;
using AliveMcp.Alerting.Sinks.Slack;
using AliveMcp.Alerting.Sinks.Telegram;
using AliveMcp.Alerting.Sinks.Webhook;
using AliveMcp.Testing.Sinks;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Sinks;

/// <summary>Every template and every sink, with names and texts of somebody who means harm.</summary>
public sealed class PayloadRulesTests
{
    private const string Secret = "s3cr3t-planted-9f8e7d";

    private static readonly string[] Addresses =
    [
        "203.0.113.77",
        "10.0.0.7:8443",
        "2001:db8::dead:beef",
        "[2001:db8::1]:443",
        "::ffff:192.0.2.1",
        "fe80::1%eth0",
    ];

    private static readonly string[] Texts =
    [
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "</pre></td></table><h1>fake",
        "\" onmouseover=\"x",
        "<!channel> <!here> <!everyone> @channel @here @everyone <@U024BE7LH> <@&123456789012345678>",
        "<https://evil.example|click here> [click](https://evil.example) ![x](https://evil.example/p.png)",
        "**bold** _it_ ~gone~ `code` ```block``` # head\n> quote",
        "line one\r\nBcc: everybody@example.com\r\n\r\nbody",
        "nul \0 bell \a escape \u001b[31mred\u001b[0m del \u007f",
        "bidi \u202egnp.exe\u202c \u2066isolate\u2069 tag \U000E0041 zero\u200bwidth",
        "{0} {1} {{name}} %s ${jndi:ldap://evil.example} {{7*7}}",
        "\ud800 a half pair",
        "😀" + new string('x', 40),
        new('A', 10_240),
        string.Concat(Enumerable.Repeat("😀", 5_120)),
        new('<', 10_240),
        new('\\', 10_240),
        new('`', 10_240),
        string.Concat(Enumerable.Repeat("\u202e", 10_240)),
    ];

    public static TheoryData<string> Names => [.. SampleMessages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_that_acts_is_in_any_payload(string name)
    {
        foreach (var text in Texts)
        {
            foreach (var (file, payload) in Rendered.Of(Hostile(SampleMessages.All[name], text)))
            {
                var said = file.EndsWith(".json", StringComparison.Ordinal) ? Strings(payload) : payload;
                Assert.DoesNotContain(
                    said.EnumerateRunes(),
                    rune => SafeText.IsUnsafe(rune) && rune.Value is not ('\n' or '\r')
                );
                Assert.DoesNotContain("\ud800", said, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_markup_of_a_stranger_s_is_read_as_markup(string name)
    {
        foreach (var text in Texts)
        {
            var message = Hostile(SampleMessages.All[name], text);
            var rendered = Rendered.Of(message);

            Assert.DoesNotContain("<script", rendered["email.html"], StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", rendered["email.html"], StringComparison.OrdinalIgnoreCase);
            Assert.Equal(1, Count(rendered["email.html"], "<h1"));
            Assert.DoesNotContain('\n', rendered["email.txt"].Split("\n\n", 2)[0]);
            var slack = SlackMessage.Of(MessageView.Of(message), acknowledge: null);
            Assert.DoesNotContain('<', (string)slack["text"]!);
            Assert.DoesNotContain("mrkdwn", slack["blocks"]!.ToJsonString(), StringComparison.Ordinal);
            var discord = DiscordMessage.Of(MessageView.Of(message), acknowledge: null);
            Assert.Empty(discord["allowed_mentions"]!["parse"]!.AsArray());
            Assert.DoesNotContain("](https://evil", Strings(discord.ToJsonString()), StringComparison.Ordinal);
            Assert.Null(discord["content"]);
            var telegram = TelegramMessage.Of(MessageView.Of(message), acknowledge: null);
            Assert.Null(telegram["parse_mode"]);
            Assert.DoesNotContain('@', (string)telegram["text"]!);
            Assert.All(
                telegram["entities"]!.AsArray().Select(entity => (string?)entity!["url"]).OfType<string>(),
                url => Assert.StartsWith("https://alivemcp.example.com/", url, StringComparison.Ordinal)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_address_and_no_secret_leaves(string name)
    {
        string[] spellings =
        [
            $"Authorization: Bearer {Secret}",
            $"token={Secret}",
            $"\"api_key\": \"{Secret}\"",
            $"password: {Secret}",
            $"https://user:{Secret}@mcp.example.com/",
            $"amcp_live_{Secret}",
            $"sk-{Secret}",
        ];
        var evidence =
            string.Join('\n', spellings) + "\n" + string.Join('\n', Addresses.Select(one => $"dialled {one} ok"));
        var message = SampleMessages.All[name] with { Summary = evidence, Details = evidence };
        if (message.Server is { } server)
        {
            message = message with
            {
                Server = server with { Url = $"https://u:{Secret}@mcp.example.com/mcp?token={Secret}#{Secret}" },
            };
        }

        foreach (var (_, payload) in Rendered.Of(message))
        {
            Assert.DoesNotContain(Secret, payload, StringComparison.Ordinal);
            Assert.DoesNotContain("203.0.113.77", payload, StringComparison.Ordinal);
            Assert.DoesNotContain("10.0.0.7", payload, StringComparison.Ordinal);
            Assert.DoesNotContain("2001:db8", payload, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("192.0.2.1", payload, StringComparison.Ordinal);
            Assert.DoesNotContain("fe80:", payload, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ends at 12:03:45 UTC")]
    [InlineData("version 1.2.3.4.5 of 2026-11-21")]
    [InlineData("std::vector::push and x::y")]
    [InlineData("3 of 5 regions, 99.95 %")]
    public void What_is_no_address_stays(string text) => Assert.Equal(text, SensitiveText.Redact(text));

    [Theory]
    [MemberData(nameof(Names))]
    public void One_payload_tells_of_one_event_and_of_one_tenant(string name)
    {
        var message = SampleMessages.All[name];
        var webhook = JsonNode.Parse(WebhookMessage.Of(message))!.AsObject();

        string[] known =
        [
            "version",
            "id",
            "type",
            "dedup_key",
            "tenant",
            "server",
            "severity",
            "state",
            "failure_reason",
            "failure_layer",
            "regions",
            "started_at",
            "resolved_at",
            "duration_seconds",
            "probe_count",
            "summary",
            "details",
            "runbook_url",
            "status_url",
        ];
        Assert.Empty(webhook.Select(member => member.Key).Except(known));
        Assert.Equal((message.Id, message.Tenant), ((string)webhook["id"]!, (string)webhook["tenant"]!));
        foreach (var (_, payload) in Rendered.Of(message))
        {
            Assert.DoesNotContain("StackTrace", payload, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", payload, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_service_takes_every_payload_whatever_is_in_it()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var pager = await FakePagerDuty.StartAsync();
        await using var discord = await FakeDiscord.StartAsync();
        await using var telegram = await FakeTelegram.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler());
        foreach (
            var message in SampleMessages.All.Values.SelectMany(sample => Texts.Select(text => Hostile(sample, text)))
        )
        {
            var view = MessageView.Of(message);
            await TakenAsync(http, slack.Webhook, SlackMessage.Of(view, acknowledge: null));
            await TakenAsync(http, new Uri(discord.Webhook + "?wait=true"), DiscordMessage.Of(view, acknowledge: null));
            var told = TelegramMessage.Of(view, acknowledge: null);
            told["chat_id"] = FakeTelegram.Chat;
            await TakenAsync(http, new Uri(telegram.Url, $"/bot{FakeTelegram.Token}/sendMessage"), told);
            await TakenAsync(
                http,
                new Uri(pager.Url, "/v2/enqueue"),
                PagerDutyMessage.Of(message, FakePagerDuty.RoutingKey)
            );
            Assert.InRange(WebhookMessage.Of(message).Length, 100, 32 * 1024);
        }
    }

    private static async Task TakenAsync(HttpClient http, Uri url, JsonObject payload)
    {
        using var body = new StringContent(payload.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(url, body);
        Assert.True(
            answer.IsSuccessStatusCode,
            $"{await answer.Content.ReadAsStringAsync()}: {payload.ToJsonString()}"
        );
    }

    private static AlertMessage Hostile(AlertMessage message, string text) =>
        message with
        {
            Server = message.Server is null ? null : new MessageServer("docs", text, "https://mcp.example.com/" + text),
            Summary = text,
            Details = $"{text}\n{text}",
            AcknowledgedBy = message.AcknowledgedBy is null ? null : text,
            Regions = [.. message.Regions.Select(region => region with { City = text })],
        };

    private static string Strings(string json)
    {
        var text = new StringBuilder();
        Collect(JsonNode.Parse(json), text);
        return text.ToString();
    }

    private static void Collect(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (_, value) in fields)
                {
                    Collect(value, text);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Collect(item, text);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                text.Append(value.GetValue<string>()).Append('\n');
                break;
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
