using System.Net;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>An operator suspends a tenant and lifts it, over two replicas.</summary>
public sealed class StandingTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private const string Standing = "/api/v1/operator/tenants/carol/standing";
    private static readonly TenantId Carols = new(1004);

    private string _olga = "";
    private string _carol = "";

    public async ValueTask InitializeAsync()
    {
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (1004, 'carol', 'Carol', 'team')
            ON CONFLICT (tenant_id) DO UPDATE SET status = 'active', status_reason = NULL
            """
        );
        _olga = await replicas.OperatorAsync(Layer.RootOperator, tenant: null);
        _carol = await replicas.KeyAsync(Carols, "admin");
    }

    [Fact]
    public async Task A_suspension_holds_at_the_other_replica_with_the_next_request_and_so_does_its_end()
    {
        var put = await SayAsync("""{ "status": "suspended", "reason": "sends spam" }""");
        Assert.Equal((HttpStatusCode.OK, "suspended"), (put.Status, (string?)put.Json["status"]));

        var refused = await MakeKeyAsync();
        Assert.Equal((HttpStatusCode.Forbidden, "tenant_suspended"), (refused.Status, refused.Code));
        Assert.Contains("sends spam", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ReadKeysAsync()).Status);

        await SayAsync("""{ "status": "active", "reason": "it was a mistake" }""");
        Assert.Equal(HttpStatusCode.Created, (await MakeKeyAsync()).Status);
    }

    [Fact]
    public async Task Each_change_stands_in_the_tenants_own_trail_with_who_and_why()
    {
        await SayAsync("""{ "status": "past_due", "reason": "invoice 7" }""");

        var trail = await Knock.AtAsync(
            replicas.Urls[0],
            "GET",
            "/api/v1/audit?action=tenant.status_changed&take=1",
            _carol
        );

        var row = trail.Json["rows"]![0]!;
        Assert.Equal(("root_operator", "invoice 7"), ((string?)row["layer"], (string?)row["why"]));
        Assert.NotNull(row["key"]);
        Assert.NotEqual((string?)row["before"], (string?)row["after"]);
    }

    [Theory]
    [InlineData("""{ "status": "suspended" }""", "reason_invalid")]
    [InlineData("""{ "status": "suspended", "reason": "  " }""", "reason_invalid")]
    [InlineData("""{ "status": "suspended", "reason": "a\u202eb" }""", "reason_invalid")]
    [InlineData("""{ "reason": "why" }""", "status_missing")]
    [InlineData("""{ "status": "deleted", "reason": "why" }""", "status_invalid")]
    [InlineData("""{ "status": "active", "reason": "why", "plan": "enterprise" }""", "key_unknown")]
    public async Task What_makes_no_sense_changes_nothing(string body, string code)
    {
        var heard = await SayAsync(body);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (heard.Status, heard.Code));
        Assert.Equal(HttpStatusCode.Created, (await MakeKeyAsync()).Status);
    }

    [Theory]
    [InlineData("nobody", "tenant_not_found")]
    [InlineData("public", "tenant_invalid")]
    public async Task Who_is_not_there_or_nobodys_is_not_suspended(string slug, string code)
    {
        var heard = await SayAsync(
            """{ "status": "suspended", "reason": "why" }""",
            $"/api/v1/operator/tenants/{slug}/standing"
        );

        Assert.Equal(code, heard.Code);
    }

    [Fact]
    public async Task A_list_tells_operators_how_tenants_stand_page_by_page()
    {
        await SayAsync("""{ "status": "suspended", "reason": "sends spam" }""");

        var one = await Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/operator/tenants/carol", _olga);
        var page = await Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/operator/tenants?take=1&after=1003", _olga);

        Assert.Equal("sends spam", (string?)one.Json["status_reason"]);
        Assert.Equal("carol", (string?)page.Json["tenants"]![0]!["slug"]);
        Assert.Equal(1004, (int?)page.Json["next"]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Heard> SayAsync(string body, string path = Standing) =>
        Knock.AtAsync(replicas.Urls[0], "PUT", path, _olga, body);

    private Task<Heard> MakeKeyAsync() =>
        Knock.AtAsync(replicas.Urls[1], "POST", "/api/v1/keys", _carol, """{ "name": "another" }""");

    private Task<Heard> ReadKeysAsync() => Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/keys", _carol);
}
