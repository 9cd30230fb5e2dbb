using System.Net;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Incidents.ByHand;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>What people do about incidents, over two replicas.</summary>
public sealed class IncidentTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private string _alice = "";
    private string _bob = "";

    public async ValueTask InitializeAsync()
    {
        _alice = await replicas.KeyAsync(Replicas.Alices, "admin");
        _bob = await replicas.KeyAsync(Replicas.Bobs, "admin");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Somebody_who_acknowledges_is_named_and_the_second_changes_nothing()
    {
        var id = await OpenAsync("ack");

        var both = await Task.WhenAll(
            replicas.Urls.Select(url => Knock.AtAsync(url, "POST", $"/api/v1/incidents/{id}/acknowledge", _alice, "{}"))
        );

        Assert.All(both, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var read = await SendAsync("GET", $"/incidents/{id}");
        Assert.StartsWith("API key", (string?)read.Json["incident"]!["acknowledged_by"]);
        Assert.Equal(["acknowledged"], read.Json["updates"]!.AsArray().Select(update => (string)update!["kind"]!));
        Assert.Equal(1, await RowsAsync("incident.acknowledged", id));
    }

    [Fact]
    public async Task An_incident_that_is_over_is_not_acknowledged()
    {
        var id = await OpenAsync("over", isResolved: true);

        var answer = await SendAsync("POST", $"/incidents/{id}/acknowledge", "{}");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
    }

    [Fact]
    public async Task What_is_said_is_heard_by_everybody_and_who_said_it_by_members_alone()
    {
        var id = await OpenAsync("said", isPublic: true);

        await SendAsync("POST", $"/incidents/{id}/updates", """{ "text": "We are moving the database <b>" }""");
        await SendAsync("POST", $"/incidents/{id}/acknowledge", "{}");

        var told = await Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/servers/said/incidents");
        var incident = told.Json["incidents"]![0]!;
        Assert.Equal("Outage", (string?)incident["title"]);
        Assert.Equal("We are moving the database <b>", (string?)incident["updates"]![0]!["text"]);
        Assert.NotNull(incident["acknowledged_at"]);
        Assert.DoesNotContain("API key", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_its_owners_business()
    {
        await OpenAsync("cert", isPublic: true, kind: 12);

        var told = await Knock.AtAsync(replicas.Urls[0], "GET", "/api/v1/servers/cert/incidents");

        Assert.Empty(told.Json["incidents"]!.AsArray());
    }

    [Fact]
    public async Task An_excluded_incident_says_why_until_it_counts_again()
    {
        var id = await OpenAsync("excluded", isResolved: true);

        var excluded = await SendAsync(
            "POST",
            $"/incidents/{id}/exclude",
            """{ "reason": "planned with customers" }"""
        );
        Assert.Equal("planned with customers", (string?)excluded.Json["incident"]!["excluded_reason"]);
        Assert.Equal("reason", (await SendAsync("POST", $"/incidents/{id}/exclude", "{}")).Field);
        var included = await SendAsync("POST", $"/incidents/{id}/include", "{}");

        Assert.Null(included.Json["incident"]!["excluded_reason"]);
        Assert.Equal(1, await RowsAsync("incident.excluded", id));
        Assert.Equal(1, await RowsAsync("incident.included", id));
    }

    [Fact]
    public async Task An_incident_opened_by_hand_is_ended_by_hand_and_no_other()
    {
        await ServerAsync("hand");
        var seen = await OpenAsync("seen");

        var opened = await SendAsync(
            "POST",
            "/incidents",
            """{ "server": "hand", "summary": "Answers are wrong", "severity": "P1" }"""
        );
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        var id = (long)opened.Json["incident"]!["id"]!;
        var resolved = await SendAsync("POST", $"/incidents/{id}/resolve", "{}");

        Assert.Equal("resolved", (string?)resolved.Json["incident"]!["state"]);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync("POST", $"/incidents/{seen}/resolve", "{}")).Status);
    }

    [Fact]
    public async Task What_people_do_is_told_to_sinks_once_and_in_order()
    {
        await ServerAsync("by-hand");
        var opened = await SendAsync(
            "POST",
            "/incidents",
            """{ "server": "by-hand", "summary": "Answers <b>are</b> wrong" }"""
        );
        var id = (long)opened.Json["incident"]!["id"]!;
        await SendAsync("POST", $"/incidents/{id}/updates", """{ "text": "We know why." }""");
        await SendAsync("POST", $"/incidents/{id}/resolve", "{}");
        await SendAsync("POST", $"/incidents/{id}/resolve", "{}");

        var telling = ActivatorUtilities.CreateInstance<HandTelling>(
            replicas.App.Services,
            ActivatorUtilities.CreateInstance<MessageWriter>(replicas.App.Services)
        );
        while (await telling.TellAsync(CancellationToken.None) > 0)
        {
            // Until nothing waits.
        }

        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        var told = await connection.QueryAsync<(string Type, string Summary, string Details)>(
            """
            SELECT message ->> 'type', message ->> 'summary', message ->> 'details' FROM alerting.alert
            WHERE incident_id = @id ORDER BY alert_id
            """,
            new { id }
        );
        Assert.Equal(
            [
                ("incident.triggered", "by-hand: Answers <b>are</b> wrong", ""),
                ("incident.updated", "by-hand: Answers <b>are</b> wrong", "We know why."),
                ("incident.resolved", "by-hand: Answers <b>are</b> wrong", ""),
            ],
            told
        );
    }

    [Theory]
    [InlineData("""{ "summary": "x" }""", "server")]
    [InlineData("""{ "server": "nowhere", "summary": "x" }""", "server")]
    [InlineData("""{ "server": "nowhere" }""", "summary")]
    [InlineData("""{ "server": "nowhere", "summary": "x", "severity": "P9" }""", "severity")]
    [InlineData("""{ "server": "nowhere", "summary": "x", "state": "resolved" }""", "state")]
    public async Task What_is_wrong_with_a_new_incident_is_named(string body, string field)
    {
        var answer = await SendAsync("POST", "/incidents", body);

        Assert.InRange((int)answer.Status, 400, 499);
        Assert.Equal(field, answer.Field);
    }

    [Fact]
    public async Task Another_tenants_incident_is_not_there()
    {
        var id = await OpenAsync("fence");
        string[] acts = ["acknowledge", "resolve", "include"];

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", $"/incidents/{id}", token: _bob)).Status);
        foreach (var act in acts)
        {
            var answer = await SendAsync("POST", $"/incidents/{id}/{act}", "{}", _bob);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", "/incidents?server=fence", token: _bob)).Status);
        var all = await SendAsync("GET", "/incidents?take=100", token: _bob);
        Assert.DoesNotContain(all.Json["incidents"]!.AsArray(), incident => (long)incident!["id"]! == id);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap()
    {
        await ServerAsync("paged");
        for (var n = 0; n < 5; n++)
        {
            await OpenAsync("paged", isResolved: true, minute: n);
        }

        List<long> read = [];
        for (string? before = ""; before is not null; )
        {
            var page = await SendAsync("GET", $"/incidents?server=paged&take=2&state=resolved&before={before}");
            read.AddRange(page.Json["incidents"]!.AsArray().Select(incident => (long)incident!["id"]!));
            before = (string?)page.Json["next"];
        }

        Assert.Equal(5, read.Count);
        Assert.Equal(read.OrderDescending(), read);
    }

    private async Task<long> OpenAsync(
        string slug,
        bool isResolved = false,
        bool isPublic = false,
        short kind = 1,
        int minute = 1
    )
    {
        await ServerAsync(slug, isPublic);
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, state, failure_reason, summary, started_at, confirmed_in,
                opened_at, resolved_at)
            SELECT tenant_id, server_id, @kind, 1, CASE WHEN @isResolved THEN 'resolved' ELSE 'open' END, 11, 'It is down',
                now() - interval '1 hour', @minute, now() - interval '58 minutes', CASE WHEN @isResolved THEN now() END
            FROM servers.server WHERE tenant_id = @tenant AND slug = @slug RETURNING incident_id
            """,
            new
            {
                tenant = Replicas.Alices.Value,
                slug,
                kind,
                minute,
                isResolved,
            }
        );
    }

    private async Task ServerAsync(string slug, bool isPublic = false)
    {
        var visibility = isPublic ? $", \"visibility\": \"public\"" : "";
        var made = await SendAsync(
            "POST",
            "/servers",
            $"{{ \"slug\": \"{slug}\", \"url\": \"https://{slug}.example/mcp\"{visibility} }}"
        );
        Assert.True(made.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, made.Text);
    }

    private async Task<int> RowsAsync(string action, long id)
    {
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            "SELECT count(*) FROM storage.audit WHERE action = @action AND target = @target",
            new { action, target = $"{id}" }
        );
    }

    private Task<Heard> SendAsync(string method, string path, string? body = null, string? token = null) =>
        Knock.AtAsync(replicas.Urls[0], method, "/api/v1" + path, token ?? _alice, body);
}
