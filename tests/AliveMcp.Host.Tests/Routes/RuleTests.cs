using System.Net;
using Dapper;

namespace AliveMcp.Host.Tests.Routes;

public sealed class RuleTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private string _alice = "";
    private string _bob = "";
    private int _sink;

    public async ValueTask InitializeAsync()
    {
        _alice = await replicas.KeyAsync(Replicas.Alices, "admin");
        _bob = await replicas.KeyAsync(Replicas.Bobs, "admin");
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        _sink = await connection.ExecuteScalarAsync<int>(
            """
            INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
            VALUES (@tenant, 3, gen_random_uuid()::text, '{}', now()) RETURNING sink_id
            """,
            new { tenant = Replicas.Alices.Value }
        );
    }

    [Fact]
    public async Task A_rule_is_made_read_changed_and_removed()
    {
        var made = await SendAsync("POST", "/rules", _alice, Body("nights"));
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var id = (int?)made.Json["id"];
        Assert.Equal("Europe/Berlin", (string?)made.Json["quiet_hours"]!["zone"]);
        Assert.Equal(5, (int?)made.Json["steps"]![1]!["after_minutes"]);

        var read = await SendAsync("GET", $"/rules/{id}", _alice);
        Assert.Equal(made.Text, read.Text);

        var unconditional = await SendAsync("PUT", $"/rules/{id}", _alice, Body("days"));
        Assert.Equal(HttpStatusCode.PreconditionRequired, unconditional.Status);
        var changed = await SendAsync("PUT", $"/rules/{id}", _alice, Body("days"), $"\"{id}-1\"");
        Assert.Equal("days", (string?)changed.Json["name"]);
        var stale = await SendAsync("DELETE", $"/rules/{id}", _alice, ifMatch: $"\"{id}-1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        var removed = await SendAsync("DELETE", $"/rules/{id}", _alice, ifMatch: $"\"{id}-2\"");
        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", $"/rules/{id}", _alice)).Status);
    }

    [Fact]
    public async Task Another_tenants_rule_is_not_found_and_his_sink_cannot_be_named()
    {
        var made = await SendAsync("POST", "/rules", _alice, Body("mine"));
        var id = (int?)made.Json["id"];

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", $"/rules/{id}", _bob)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("DELETE", $"/rules/{id}", _bob, ifMatch: "*")).Status);
        var stolen = await SendAsync("POST", "/rules", _bob, Body("stolen"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "steps[0].sinks[0]"), (stolen.Status, stolen.Field));
    }

    [Theory]
    [InlineData("""{ "steps": [{ "sinks": [SINK] }] }""", "name")]
    [InlineData("""{ "name": "a" }""", "steps")]
    [InlineData("""{ "name": "a", "steps": [] }""", "steps")]
    [InlineData("""{ "name": "a", "steps": [{ "sinks": [] }] }""", "steps[0].sinks")]
    [InlineData("""{ "name": "a", "steps": [{ "sinks": ["x"] }] }""", "steps[0].sinks[0]")]
    [InlineData("""{ "name": "a", "steps": [{ "sinks": [SINK] }, { "sinks": [SINK] }] }""", "steps[1].after_minutes")]
    [InlineData("""{ "name": "a", "steps": [{ "sinks": [SINK], "after": 5 }] }""", "steps[0].after")]
    [InlineData("""{ "name": "a", "steps": [{ "sinks": [SINK], "after_minutes": 1441 }] }""", "steps[0].after_minutes")]
    [InlineData(
        """{ "name": "a", "steps": [{ "sinks": [SINK] }], "match": { "kinds": ["fire"] } }""",
        "match.kinds[0]"
    )]
    [InlineData(
        """{ "name": "a", "steps": [{ "sinks": [SINK] }], "match": { "severities": ["P4"] } }""",
        "match.severities[0]"
    )]
    [InlineData("""{ "name": "a", "steps": [{ "sinks": [SINK] }], "match": { "servers": "a" } }""", "match.servers")]
    [InlineData(
        """{ "name": "a", "steps": [{ "sinks": [SINK] }], "quiet_hours": { "from": "22:00", "to": "07:00", "zone": "CET6" } }""",
        "quiet_hours.zone"
    )]
    [InlineData(
        """{ "name": "a", "steps": [{ "sinks": [SINK] }], "quiet_hours": { "from": "22:00", "to": "22:00", "zone": "UTC" } }""",
        "quiet_hours.to"
    )]
    [InlineData("""{ "name": "a", "steps": [{ "sinks": [SINK] }], "tenant_id": 1 }""", "tenant_id")]
    public async Task A_rule_that_cannot_be_is_refused_by_its_field(string body, string field)
    {
        var number = _sink.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var refused = await SendAsync("POST", "/rules", _alice, body.Replace("SINK", number, StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (refused.Status, refused.Field));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Body(string name) =>
        $$"""
            {
                "name": "{{name}}",
                "match": { "kinds": ["outage"], "severities": ["P1", "P2"], "tags": ["prod"] },
                "quiet_hours": { "from": "22:00", "to": "07:00", "zone": "Europe/Berlin" },
                "steps": [{ "after_minutes": 0, "sinks": [{{_sink}}] }, { "after_minutes": 5, "sinks": [{{_sink}}] }]
            }
            """;

    private Task<Heard> SendAsync(
        string method,
        string path,
        string? token,
        string? body = null,
        string? ifMatch = null
    ) =>
        Knock.AtAsync(
            replicas.Urls[0],
            method,
            "/api/v1" + path,
            token,
            body,
            ifMatch is null ? [] : [("If-Match", ifMatch)]
        );
}
