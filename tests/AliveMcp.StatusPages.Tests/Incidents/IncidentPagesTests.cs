using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Incidents;
using AliveMcp.StatusPages.Tests.Sites;
using Dapper;

namespace AliveMcp.StatusPages.Tests.Incidents;

/// <summary>Incidents as strangers read them: on the page, by month, alone, as feeds.</summary>
public sealed class IncidentPagesTests(Site site) : IClassFixture<Site>
{
    private const string Atom = "{http://www.w3.org/2005/Atom}";

    [Fact]
    public async Task An_incident_says_what_when_where_and_what_is_done()
    {
        var server = await site.ListAsync("told", "Weather");
        var id = await OpenAsync(server, "It does not answer in time.", hoursAgo: 3, endedHoursAgo: 2);
        await SayAsync(server, id, "We moved the database.");
        await site.SealAsync(Verdicts.Of(server));

        var card = (await site.PageAsync("/status/told")).QuerySelector($"#incident-{id}")!;

        Assert.Equal("Outage", card.QuerySelector("h3")!.Words());
        Assert.Equal("Resolved", card.QuerySelector(".stands")!.Words());
        var facts = card.QuerySelectorAll("dl div")
            .ToDictionary(row => row.QuerySelector("dt")!.Words(), row => row.QuerySelector("dd")!.Words());
        Assert.Equal("It does not answer in time.", facts["What"]);
        Assert.EndsWith("1 h", facts["When"], StringComparison.Ordinal);
        Assert.Equal("New York, eu-west", facts["Where"]);
        Assert.Equal("We moved the database.", facts["What is done"]);
    }

    [Fact]
    public async Task A_month_shows_what_lasted_into_it_and_not_what_came_after()
    {
        var server = await site.ListAsync("monthly");
        var into = await OpenAsync(server, "Lasted into it", hoursAgo: 24 * 30, endedHoursAgo: 24 * 20);
        var now = await OpenAsync(server, "Goes on", hoursAgo: 1);

        var november = await site.PageAsync("/status/monthly/incidents");
        var october = await site.PageAsync("/status/monthly/incidents?month=2026-10");

        Assert.Equal(
            [$"incident-{now}", $"incident-{into}"],
            november.QuerySelectorAll(".incident").Select(card => card.Id!)
        );
        Assert.Equal([$"incident-{into}"], october.QuerySelectorAll(".incident").Select(card => card.Id!));
    }

    [Theory]
    [InlineData("?month=2099-01")]
    [InlineData("?month=%3Cscript%3E")]
    [InlineData("?month=0001-01-01")]
    public async Task A_month_that_is_none_is_the_open_one(string query)
    {
        var slug = $"month-{query.Length}";
        await site.ListAsync(slug);

        var page = await site.PageAsync($"/status/{slug}/incidents{query}");

        Assert.Equal("Incidents in Nov 2026", page.QuerySelector("h1")!.Words());
    }

    [Fact]
    public async Task An_incident_has_a_page_of_its_own_and_no_other_servers_page_tells_it()
    {
        var server = await site.ListAsync("own", "Own");
        var other = await site.ListAsync("other", "Other");
        var id = await OpenAsync(server, "Its own", hoursAgo: 1);

        var page = await site.PageAsync($"/status/own/incidents/{id}");
        using var elsewhere = await site.Http.GetAsync($"/status/other/incidents/{id}");

        Assert.Equal("Outage of Own", page.QuerySelector("h1")!.Words());
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.NotEqual(server.Key, other.Key);
    }

    [Fact]
    public async Task A_certificate_and_a_private_servers_outage_are_not_told()
    {
        var server = await site.ListAsync("quiet");
        var id = await OpenAsync(server, "Ends soon", hoursAgo: 1, kind: 12);

        Assert.DoesNotContain("Ends soon", await site.GetAsync("/status/quiet/incidents"), StringComparison.Ordinal);
        using var alone = await site.Http.GetAsync($"/status/quiet/incidents/{id}");
        Assert.Equal(HttpStatusCode.NotFound, alone.StatusCode);
        using var hidden = await site.Http.GetAsync("/status/nobody/feed.atom");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task Both_feeds_tell_the_same_with_ids_that_stay_and_markup_as_text()
    {
        var server = await site.ListAsync("fed", "A <b>bold</b> server");
        var id = await OpenAsync(server, "Answers are <i>wrong</i>\u0007", hoursAgo: 5);
        await SayAsync(server, id, "<script>alert(1)</script>\u202e");

        using var atom = await site.Http.GetAsync("/status/fed/feed.atom");
        using var json = await site.Http.GetAsync("/status/fed/feed.json");

        Assert.Equal("application/atom+xml", atom.Content.Headers.ContentType!.MediaType);
        var feed = XDocument.Parse(await atom.Content.ReadAsStringAsync()).Root!;
        var entry = Assert.Single(feed.Elements(Atom + "entry"));
        Assert.StartsWith("urn:uuid:", entry.Element(Atom + "id")!.Value, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", entry.Element(Atom + "content")!.Value, StringComparison.Ordinal);
        Assert.Equal($"{site.Url}/status/fed/incidents/{id}", entry.Element(Atom + "link")!.Attribute("href")!.Value);
        var item = JsonNode.Parse(await json.Content.ReadAsStringAsync())!["items"]![0]!;
        Assert.Equal(entry.Element(Atom + "id")!.Value, (string?)item["id"]);
        Assert.Equal(entry.Element(Atom + "content")!.Value, (string)item["content_text"]!);
        Assert.DoesNotContain('\u202e', (string)item["content_text"]!);
        Assert.DoesNotContain('\u0007', (string)item["content_text"]!);
    }

    [Fact]
    public async Task Ids_of_feeds_stay_when_slug_and_address_change_and_are_no_other_install_s()
    {
        var server = await site.ListAsync("stays");
        await OpenAsync(server, "Down", hoursAgo: 1);
        var before = await IdsAsync("/status/stays/feed.atom");
        await using (var connection = await site.Storage.Doors.AllTenants.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                "UPDATE servers.public_listing SET public_slug = 'moved' WHERE public_slug = 'stays'"
            );
        }

        using var asked = new HttpRequestMessage(HttpMethod.Get, "/status/moved/feed.atom");
        asked.Headers.Host = "elsewhere.example.com";
        using var moved = await site.Http.SendAsync(asked);
        var after = IdsOf(await moved.Content.ReadAsStringAsync());
        var (one, other) = (new FeedIds(Guid.NewGuid()), new FeedIds(Guid.NewGuid()));

        Assert.Equal(before, after);
        Assert.Equal(2, before.Distinct().Count());
        Assert.NotEqual(one.Of(new IncidentId(1)), other.Of(new IncidentId(1)));
        Assert.NotEqual(one.Of(new IncidentId(1)), one.Of(server.Key.Server));
        Assert.Equal("urn:uuid:8da06013-cd19-818f-a584-1203fec9d8ca", new FeedIds(Guid.Empty).Of(new IncidentId(7)));
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string path) => IdsOf(await site.GetAsync(path));

    private static IReadOnlyList<string> IdsOf(string atom) =>
        [.. XDocument.Parse(atom).Root!.Descendants(Atom + "id").Select(id => id.Value)];

    private async Task<long> OpenAsync(
        ListedServer server,
        string summary,
        int hoursAgo,
        int? endedHoursAgo = null,
        short kind = 1
    )
    {
        var now = site.Clock.GetUtcNow();
        await using var connection = await site.Storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(
            """
            WITH opened AS (
                INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, state, failure_reason, summary, started_at,
                    confirmed_in, opened_at, resolved_at)
                VALUES (@tenant, @server, @kind, 1, CASE WHEN @end::timestamptz IS NULL THEN 'open' ELSE 'resolved' END, 11, @summary,
                    @start, 1000 - @hoursAgo, @start, @end)
                RETURNING incident_id)
            INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
            SELECT @tenant, @server, incident_id, 1, @kind, 1, 'incident:' || incident_id, @start,
                '{"regions": [{"region": "us-east", "city": "New York", "state": "down"}, {"region": "eu-west", "city": null, "state": "down"},
                    {"region": "sa-east", "city": "São Paulo", "state": "live"}]}'
            FROM opened RETURNING incident_id
            """,
            new
            {
                tenant = server.Key.Tenant.Value,
                server = server.Key.Server.Value,
                summary,
                kind,
                hoursAgo,
                start = now - TimeSpan.FromHours(hoursAgo),
                end = endedHoursAgo is { } hours ? now - TimeSpan.FromHours(hours) : (DateTimeOffset?)null,
            }
        );
    }

    private async Task SayAsync(ListedServer server, long id, string text)
    {
        await using var connection = await site.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO alerting.incident_update (tenant_id, server_id, incident_id, at, kind, text, author)
            VALUES (@tenant, @server, @id, @at, 'said', @text, 'Alice')
            """,
            new
            {
                tenant = server.Key.Tenant.Value,
                server = server.Key.Server.Value,
                id,
                text,
                at = site.Clock.GetUtcNow() - TimeSpan.FromMinutes(1),
            }
        );
    }
}
