using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Subscriptions;
using AliveMcp.Alerting.Subscriptions.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Tests.Subscriptions;

/// <summary>What subscribers hear of an incident, when, and how often.</summary>
public sealed class NoticeTests(SubscriptionHouse house) : IClassFixture<SubscriptionHouse>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Trouble_that_lasts_is_told_once_and_its_end_once()
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, "hears@example.com");
        var incident = await house.IncidentAsync(server, TimeSpan.FromMinutes(1));

        await house.TellAsync();
        var early = house.Mail.LettersTo("hears@example.com").Count;
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.TellAsync();
        await house.TellAsync();
        house.Clock.Advance(TimeSpan.FromHours(2));
        await house.ResolveAsync(incident);
        await house.TellAsync();
        await house.TellAsync();

        var letters = house.Mail.LettersTo("hears@example.com").Skip(1).ToList();
        Assert.Equal(1, early);
        Assert.Equal(
            ["Weather tools is down", "[Resolved] Weather tools is up again"],
            letters.Select(letter => letter.Subject)
        );
        Assert.Equal(letters[0].HeaderOf("Message-ID"), letters[1].HeaderOf("In-Reply-To"));
        Assert.True(letters[0].Has($"/status/{server.Slug}/incidents/{incident}"));
        Assert.True(letters[1].Has("after 2 h"));
    }

    [Fact]
    public async Task Trouble_under_three_minutes_is_not_told()
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, "calm@example.com");
        var incident = await house.IncidentAsync(server, TimeSpan.FromMinutes(2));
        await house.TellAsync();

        await house.ResolveAsync(incident);
        house.Clock.Advance(TimeSpan.FromMinutes(5));
        await house.TellAsync();

        Assert.Single(house.Mail.LettersTo("calm@example.com"));
    }

    [Fact]
    public async Task The_owner_s_words_are_told_now_and_then_and_the_newest_only()
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, "words@example.com");
        var incident = await house.IncidentAsync(server, Long);
        await house.SayAsync(server, incident, "We look.");
        await house.TellAsync();
        await house.SayAsync(server, incident, "A disk is full.");
        await house.TellAsync();
        var soon = house.Mail.LettersTo("words@example.com").Count;

        await house.SayAsync(server, incident, "It is being emptied.");
        house.Clock.Advance(TimeSpan.FromMinutes(15));
        await house.TellAsync();
        await house.TellAsync();

        var letters = house.Mail.LettersTo("words@example.com");
        Assert.Equal(2, soon);
        Assert.True(letters[1].Has("We look."));
        Assert.Equal(3, letters.Count);
        Assert.Equal("[Update] Weather tools is down", letters[2].Subject);
        Assert.True(letters[2].Has("It is being emptied."));
        Assert.DoesNotContain(letters, letter => letter.Has("Secretname"));
    }

    [Fact]
    public async Task A_letter_tells_what_the_page_tells_and_nothing_of_the_tenant()
    {
        var server = await house.ServerAsync("Bank <b>tools</b>");
        await house.SubscribeAsync(server, "cut@example.com");
        await house.IncidentAsync(server, Long, summary: "Bank <b>tools</b> is down: 10.1.2.3 refused");
        await house.TellAsync();

        var letter = house.Mail.LettersTo("cut@example.com")[^1];

        Assert.True(letter.Has("Bank &lt;b&gt;tools&lt;/b&gt; is down</h1>"));
        Assert.All(
            ["10.1.2.3", "secret-path", "own-server", "local", "Severity", "P1", "What to do", "runbook"],
            hidden => Assert.False(letter.Has(hidden), hidden)
        );
        Assert.True(letter.Has("New York: down"));
    }

    [Fact]
    public async Task A_webhook_gets_our_signed_body_in_the_public_cut()
    {
        var (server, hook) = (await house.ServerAsync(), new Uri(house.Hook.Url, "/visitors/signed"));
        await house.SubscribeHookAsync(server, hook);
        var incident = await house.IncidentAsync(server, Long);
        await house.TellAsync();

        var taken = house.Hook.Taken.Where(request => request.Path == "/visitors/signed").ToList();
        var key = Encoding.ASCII.GetBytes((string)taken[0].Json!["secret"]!);
        var told = Assert.Single(taken.Skip(1));
        var signed = Encoding.UTF8.GetBytes($"{told.Headers["AliveMCP-Timestamp"]}.{told.Body}");

        Assert.Equal(
            "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, signed)),
            told.Headers["AliveMCP-Signature"]
        );
        var body = told.Json!;
        Assert.Equal("incident.triggered", (string?)body["type"]);
        Assert.Equal("", (string?)body["tenant"]);
        Assert.Equal(server.Slug, (string?)body["server"]!["slug"]);
        Assert.Equal($"https://{server.Slug}.example.com", ((string?)body["server"]!["url"])!.TrimEnd('/'));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"incident-{incident}"), (string?)body["dedup_key"]);
        Assert.Null(body["runbook_url"]);
        Assert.Contains("/alerts/subscriptions/stop/", (string)body["unsubscribe_url"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_becomes_private_is_told_of_no_more_and_after_a_week_its_readers_are_forgotten()
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, "private@example.com");
        await house.IncidentAsync(server, Long);
        await house.Get<NoticeWriter>().WriteAsync(CancellationToken.None);
        await house.ExecuteAsync(
            "UPDATE servers.server SET visibility = 0 WHERE server_id = @Server; DELETE FROM servers.public_listing WHERE server_id = @Server",
            new { server.Server }
        );

        await house.TellAsync();
        await house.Get<SubscriptionSweep>().SweepAsync(CancellationToken.None);
        var quiet = await house.CountAsync(server, "quiet_since IS NOT NULL");
        house.Clock.Advance(SubscriptionSweep.KeptQuiet);
        await house.Get<SubscriptionSweep>().SweepAsync(CancellationToken.None);

        Assert.Single(house.Mail.LettersTo("private@example.com"));
        Assert.Equal((1, 0), (quiet, await house.CountAsync(server)));
    }

    [Fact]
    public async Task A_server_that_is_paused_meanwhile_is_not_said_to_be_up_again()
    {
        var (server, hook) = (await house.ServerAsync(), new Uri(house.Hook.Url, "/visitors/paused"));
        await house.SubscribeAsync(server, "paused@example.com");
        await house.SubscribeHookAsync(server, hook);
        var incident = await house.IncidentAsync(server, Long);
        await house.TellAsync();
        await house.ResolveAsync(incident);
        await house.ExecuteAsync(
            """
            INSERT INTO alerting.incident_update (tenant_id, server_id, incident_id, at, kind, text)
            VALUES (2, @Server, @incident, now(), 'resolved', 'Weather tools ' || @words)
            """,
            new
            {
                server.Server,
                incident,
                words = IncidentWords.Unwatched,
            }
        );

        await house.TellAsync();

        var letter = house.Mail.LettersTo("paused@example.com")[^1];
        var told = house.Hook.Taken.Last(request => request.Path == "/visitors/paused").Json!;
        Assert.Equal("Weather tools is not watched any more", letter.Subject);
        Assert.False(letter.Has("up again"));
        Assert.Equal(
            ("incident.resolved", "unwatched", "Weather tools is not watched any more"),
            ((string?)told["type"], (string?)told["state"], (string?)told["summary"])
        );
    }

    [Fact]
    public async Task Trouble_that_goes_over_into_other_trouble_has_one_end()
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, "over@example.com");
        var outage = await house.IncidentAsync(server, Long);
        await house.TellAsync();
        await house.ResolveAsync(outage);
        var degraded = await house.IncidentAsync(server, TimeSpan.Zero, kind: 2, summary: "Weather tools is degraded");
        await house.TellAsync();
        var between = house.Mail.LettersTo("over@example.com").Count;
        house.Clock.Advance(Long);
        await house.TellAsync();
        await house.ResolveAsync(degraded);
        await house.TellAsync();

        Assert.Equal(2, between);
        Assert.Equal(
            ["Weather tools is down", "Weather tools is degraded", "[Resolved] Weather tools works as usual again"],
            house.Mail.LettersTo("over@example.com").Skip(1).Select(letter => letter.Subject)
        );
    }

    [Fact]
    public async Task What_is_held_back_because_of_a_region_of_ours_holds_up_nobody_else()
    {
        var (many, server) = (await house.ServerAsync(), await house.ServerAsync());
        await house.SubscribeAsync(server, "waits@example.com");
        var held = await house.IncidentAsync(many, Long, kind: 3);
        await house.ExecuteAsync(
            """
            UPDATE alerting.alert SET message = '{"regions": [{"region": "ap-south", "city": "Mumbai", "state": "down"},
                {"region": "eu-west", "city": "London", "state": "live"}]}' WHERE incident_id = @held;
            INSERT INTO alerting.cluster (cause, opened_at, last_bad_at, tenants, servers, public_servers)
            VALUES ('region:ap-south', now(), now(), 5, 10, 10);
            WITH server AS (
                INSERT INTO servers.server (tenant_id, slug, public_slug, name, url, canonical_url, origin, tags, visibility, managed_by, created_at)
                SELECT 2, 'held-' || n, 'held-' || n, 'Held', 'https://held.example.com/' || n, 'https://held.example.com/' || n,
                    'https://held.example.com', '{}', 1, 'file', now() FROM generate_series(1, 120) AS n RETURNING server_id),
            opened AS (
                INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, failure_reason, summary, started_at, confirmed_in, opened_at)
                SELECT 2, server.server_id, 3, 1, one.failure_reason, one.summary, one.started_at, one.confirmed_in, one.opened_at
                FROM server, alerting.incident AS one WHERE one.incident_id = @held RETURNING incident_id, server_id)
            INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
            SELECT 2, opened.server_id, opened.incident_id, 1, 3, 1, 'incident:' || opened.incident_id, one.sealed_at, one.message
            FROM opened, alerting.alert AS one WHERE one.incident_id = @held
            """,
            new { held }
        );
        await house.IncidentAsync(server, Long);

        await house.TellAsync();
        await house.ExecuteAsync(
            """
            UPDATE alerting.cluster SET closed_at = now() WHERE cause = 'region:ap-south';
            UPDATE alerting.incident SET state = 'resolved', resolved_at = @now
            WHERE incident_id = @held OR server_id IN (SELECT server_id FROM servers.server WHERE slug LIKE 'held-%')
            """,
            new { held, now = house.Clock.GetUtcNow() }
        );

        Assert.Equal("Weather tools is down", house.Mail.LettersTo("waits@example.com")[^1].Subject);
    }

    [Fact]
    public async Task What_fails_because_of_a_region_of_ours_is_not_told_as_the_server_s()
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, "ours@example.com");
        var incident = await house.IncidentAsync(server, Long, kind: 3);
        await house.ExecuteAsync(
            """
            UPDATE alerting.alert SET message = '{"regions": [{"region": "us-east", "city": "New York", "state": "down"},
                {"region": "eu-west", "city": "London", "state": "live"}]}' WHERE incident_id = @incident;
            INSERT INTO alerting.cluster (cause, opened_at, last_bad_at, tenants, servers, public_servers)
            VALUES ('region:us-east', now(), now(), 5, 10, 10)
            """,
            new { incident }
        );
        await house.TellAsync();
        await house.ExecuteAsync("UPDATE alerting.cluster SET closed_at = now() WHERE cause = 'region:us-east'");

        Assert.Single(house.Mail.LettersTo("ours@example.com"));
    }
}
