using System.Text;
using System.Text.RegularExpressions;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Sinks.Proofs;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Tests.Sinks;

public sealed partial class LetterTests(SinkHouse house) : IClassFixture<SinkHouse>
{
    [Fact]
    public async Task Whoever_reads_the_mailbox_says_yes_by_a_link_and_no_more_by_another()
    {
        var made = await house.AddAsync(Mail("opt-in"));
        var id = (int)made["id"]!;
        var confirm = LinkIn(house, "confirm");

        var opened = await house.OpenAsync(HttpMethod.Get, confirm);
        var looked = await StateAsync(id);
        var said = await house.OpenAsync(HttpMethod.Post, confirm);
        var verified = await StateAsync(id);
        var again = await house.OpenAsync(HttpMethod.Post, confirm);

        await house
            .Of(SinkKind.Email)
            .SendAsync(await house.AtHandAsync(id), SampleMessages.Down, null, CancellationToken.None);
        var stop = LinkIn(house, "stop");
        await house.OpenAsync(HttpMethod.Get, stop);
        var still = await StateAsync(id);
        var stopped = await house.OpenAsync(HttpMethod.Post, stop);

        Assert.Equal((200, "unverified"), (opened.Status, looked));
        Assert.Equal((200, "verified"), (said.Status, verified));
        Assert.Equal(200, again.Status);
        Assert.Equal("verified", still);
        Assert.Equal((200, "disabled"), (stopped.Status, await StateAsync(id)));
        Assert.False((await house.AtHandAsync(id)).IsUsable);
    }

    [Fact]
    public async Task A_letter_has_both_forms_a_way_out_and_refers_to_the_first_of_its_incident()
    {
        var made = await house.AddAsync(Mail("letters"));
        var at = await house.AtHandAsync((int)made["id"]!);
        house.Mail.Heard.Clear();

        var first = await house.Of(SinkKind.Email).SendAsync(at, SampleMessages.Down, null, CancellationToken.None);
        await house.Of(SinkKind.Email).SendAsync(at, SampleMessages.Resolved, first.Thread, CancellationToken.None);

        Assert.Equal(
            (SinkOutcome.Delivered, "<evt_41." + at.SinkId + "@alivemcp.example.com>"),
            (first.Outcome, first.Thread)
        );
        Assert.Contains($"data:In-Reply-To: {first.Thread}", house.Mail.Heard);
        Assert.Contains("data:List-Unsubscribe-Post: List-Unsubscribe=One-Click", house.Mail.Heard);
        Assert.Contains(
            house.Mail.Heard,
            line => line.StartsWith("data:Content-Type: multipart/alternative", StringComparison.Ordinal)
        );
        Assert.Contains(
            house.Mail.Heard,
            line => line.StartsWith("data:Content-Type: text/html", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/alerts/confirm/2.1.AAAA-AAAA")]
    [InlineData("/alerts/stop/2.1.abc")]
    [InlineData("/alerts/stop/77.1.abc")]
    [InlineData("/alerts/acknowledge/2.abc")]
    [InlineData("/alerts/acknowledge/x.abc")]
    [InlineData("/alerts/acknowledge/99999999999.abc")]
    public async Task What_is_no_link_opens_nothing(string path) =>
        Assert.Equal(404, (await house.OpenAsync(HttpMethod.Post, new Uri(house.Api.Url, path))).Status);

    [Fact]
    public async Task A_link_of_a_message_acknowledges_its_incident_once_when_its_button_is_pressed()
    {
        await using var connection = await house.Api.Storage.Doors.AllTenants.OpenConnectionAsync();
        var incident = await connection.ExecuteScalarAsync<long>(
            """
            WITH made AS (
                INSERT INTO servers.server (tenant_id, slug, name, url, canonical_url, origin, visibility, managed_by, created_at)
                VALUES (2, 'docs', 'Docs server', 'https://mcp.example.com/mcp', 'https://mcp.example.com/mcp', 'https://mcp.example.com', 0, 'test', now())
                RETURNING server_id)
            INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
            SELECT 2, server_id, 1, 1, 'Docs server is down', now(), 1, now() FROM made RETURNING incident_id
            """
        );
        var made = await house.AddAsync(
            new
            {
                kind = "slack",
                name = "ack",
                url = house.Slack.Webhook,
            }
        );
        var message = SampleMessages.Down with { Incident = incident };
        await house
            .Of(SinkKind.Slack)
            .SendAsync(await house.AtHandAsync((int)made["id"]!), message, null, CancellationToken.None);
        var link = new Uri(Acknowledge().Match(house.Slack.Taken.Last().Body).Value);

        var looked = await house.OpenAsync(HttpMethod.Get, link);
        var before = await house.AskAsync(HttpMethod.Get, $"/api/v1/incidents/{incident}");
        var done = await house.OpenAsync(HttpMethod.Post, link);
        var twice = await house.OpenAsync(HttpMethod.Post, link);
        var after = await house.AskAsync(HttpMethod.Get, $"/api/v1/incidents/{incident}");

        Assert.Equal((200, 200, 404), (looked.Status, done.Status, twice.Status));
        Assert.Contains("\"acknowledged_by\":null", before.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("a reader of ack", after.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_no_longer_says_back_is_told_to_its_owner_and_switched_off_after_a_week()
    {
        house.Webhook.SaysChallengesBack = true;
        var made = await house.AddAsync(
            new
            {
                kind = "webhook",
                name = "forgetful",
                url = house.Webhook.Hook,
            }
        );
        house.Webhook.SaysChallengesBack = false;
        var (id, watch) = ((int)made["id"]!, house.Api.Services.GetRequiredService<SinkWatch>());
        var states = new List<string> { await StateAsync(id) };
        for (var day = 0; day < 9; day++)
        {
            house.Clock.Advance(TimeSpan.FromHours(25));
            await watch.LookAsync(CancellationToken.None);
            states.Add(await StateAsync(id));
        }

        await house.AskAsync(HttpMethod.Post, $"/api/v1/sinks/{id}/verify/again");

        Assert.Equal("verified", states[0]);
        Assert.Equal("failing", states[1]);
        Assert.Equal("failing", states[6]);
        Assert.Equal("disabled", states[^1]);
        Assert.Equal("unverified", await StateAsync(id));
    }

    [Fact]
    public async Task A_runbook_is_a_page_of_the_install()
    {
        var page = await house.OpenAsync(HttpMethod.Get, new Uri(house.Api.Url, "/runbooks/tls"));
        var none = await house.OpenAsync(HttpMethod.Get, new Uri(house.Api.Url, "/runbooks/..%2f..%2fetc"));

        Assert.Contains("<h2>What to check</h2>", page.Body, StringComparison.Ordinal);
        Assert.Contains("openssl s_client", page.Body, StringComparison.Ordinal);
        Assert.Equal((200, 404), (page.Status, none.Status));
    }

    private async Task<string> StateAsync(int sink) =>
        (string)(await house.AskAsync(HttpMethod.Get, $"/api/v1/sinks/{sink}")).Body!["state"]!;

    private static object Mail(string name) =>
        new
        {
            kind = "email",
            name,
            email = $"{name}@example.com",
        };

    /// <summary>The newest link of that kind in what was mailed; long lines are folded there.</summary>
    private static Uri LinkIn(SinkHouse house, string kind)
    {
        var text = new StringBuilder();
        foreach (var line in house.Mail.Heard.Where(line => line.StartsWith("data:", StringComparison.Ordinal)))
        {
            var plain = line["data:".Length..];
            text.Append(plain.EndsWith('=') ? plain[..^1] : plain + "\n");
        }

        var links = Link().Matches(text.ToString().Replace("=3D", "=", StringComparison.Ordinal));
        return new Uri(links.Last(match => match.Groups["kind"].Value == kind).Value);
    }

    [GeneratedRegex(
        @"https://alivemcp\.example\.com/alerts/(?<kind>confirm|stop)/[0-9]+\.[0-9]+\.[A-Za-z0-9_-]+",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Link();

    [GeneratedRegex(@"https://alivemcp\.example\.com/alerts/acknowledge/2\.[A-Za-z0-9_-]+", RegexOptions.None, 1000)]
    private static partial Regex Acknowledge();
}
