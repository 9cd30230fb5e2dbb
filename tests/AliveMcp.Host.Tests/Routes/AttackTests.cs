using System.Net;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Testing.Storage;
using Dapper;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Every route and verb of the API, from the route table, by everybody who should not. What is expected comes from the permission table.</summary>
public sealed class AttackTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private const string Alices = "secret";
    private const string Nobodys = "nobodys";

    private string _alice = "";
    private string _bob = "";

    private IReadOnlyList<HostRoute> Api =>
        [.. HostRoute.AllOf(replicas.App).Where(route => route.Path.StartsWith("/api/v1/", StringComparison.Ordinal))];

    public async ValueTask InitializeAsync()
    {
        _alice = await replicas.KeyAsync(Replicas.Alices, "admin");
        _bob = await replicas.KeyAsync(Replicas.Bobs, "admin");
        await Knock.AtAsync(
            replicas.Urls[0],
            "POST",
            "/api/v1/servers",
            _alice,
            $$"""{ "slug": "{{Alices}}", "url": "https://secret.example/mcp", "visibility": "private" }"""
        );
    }

    [Fact]
    public async Task A_stranger_is_asked_who_he_is_wherever_it_matters() =>
        await AllAsync(null, route => route.IsOpen ? null : HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("amcp_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("amcp_oper_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("x")]
    public async Task A_token_that_is_not_good_is_good_for_nothing_not_even_for_what_strangers_may(string token) =>
        await AllAsync(token, _ => HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("expires_at = now() - interval '1 second'")]
    [InlineData("revoked_at = now()")]
    public async Task A_key_that_is_over_is_good_for_nothing(string end)
    {
        var token = await replicas.KeyAsync(Replicas.Alices, "admin");
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            $"UPDATE tenancy.api_key SET {end} WHERE prefix = @prefix",
            new { prefix = token.Substring("amcp_live_".Length, 12) }
        );

        await AllAsync(token, _ => HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("admin")]
    public async Task A_key_may_what_its_scope_has_and_is_forbidden_the_rest(string scope)
    {
        var token = await replicas.KeyAsync(Replicas.Alices, scope);

        await AllAsync(token, route => MayByScope(route, scope) ? null : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(Layer.TenantOperator)]
    [InlineData(Layer.RootOperator)]
    [InlineData(Layer.Auditor)]
    public async Task An_operator_may_what_the_layer_has_and_is_forbidden_the_rest(Layer layer)
    {
        var token = await replicas.OperatorAsync(layer, layer == Layer.TenantOperator ? Replicas.Alices : null);

        await AllAsync(
            token,
            route => route.MayBeUsedBy(layer) ? null : HttpStatusCode.Forbidden,
            ("AliveMCP-Tenant", "alice")
        );
    }

    [Fact]
    public async Task An_operator_who_names_no_tenant_touches_none()
    {
        var token = await replicas.OperatorAsync(Layer.RootOperator, tenant: null);

        await AllAsync(
            token,
            route =>
                route.IsOpen || (route.MayBeUsedBy(Layer.RootOperator) && !PermissionTable.Of(route.Policy!).IsOfTenant)
                    ? null
                    : HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task Another_tenants_private_server_is_as_if_it_were_not_there_whatever_is_asked()
    {
        foreach (var route in Api.Where(route => route.Path.Contains("{slug}", StringComparison.Ordinal)))
        {
            var foreign = await CallAsync(route, Alices, _bob);
            var unknown = await CallAsync(route, Nobodys, _bob);

            Assert.True((int)foreign.Status is >= 400 and < 500, $"{route}: {foreign.Status}");
            Assert.Equal(
                (route, unknown.Status, unknown.Told.Replace(Nobodys, "?", StringComparison.Ordinal)),
                (route, foreign.Status, foreign.Told.Replace(Alices, "?", StringComparison.Ordinal))
            );
        }

        var still = await Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/servers/" + Alices, _alice);
        Assert.False((bool)still.Json["paused"]!);
    }

    [Fact]
    public async Task It_takes_the_same_statements_to_find_nothing_and_to_find_nothing_of_ones_own()
    {
        using var sent = new SentStatements(replicas.Storage);
        foreach (var route in Api.Where(route => route.Path.Contains("{slug}", StringComparison.Ordinal)))
        {
            // Loops of the two replicas speak to the database, too: the least of a few tries is the route's own.
            Assert.Equal(
                (route, await LeastAsync(route, Nobodys, sent)),
                (route, await LeastAsync(route, Alices, sent))
            );
        }
    }

    [Fact]
    public async Task A_suspended_tenant_reads_and_changes_nothing()
    {
        var token = await replicas.KeyAsync(Replicas.Suspended, "admin");

        await AllAsync(
            token,
            route => route.Method == "GET" && MayByScope(route, "admin") ? null : HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task An_operator_of_one_tenant_stays_there_whatever_the_header_says()
    {
        var token = await replicas.OperatorAsync(Layer.TenantOperator, Replicas.Bobs);

        var heard = await Knock.AtAsync(
            replicas.Urls[0],
            "GET",
            "/api/v1/servers/" + Alices,
            token,
            body: null,
            ("AliveMCP-Tenant", "alice")
        );

        Assert.Equal(HttpStatusCode.NotFound, heard.Status);
    }

    [Fact]
    public async Task A_customer_who_names_another_tenant_is_still_himself()
    {
        var heard = await Knock.AtAsync(
            replicas.Urls[0],
            "GET",
            "/api/v1/servers/" + Alices,
            _bob,
            body: null,
            ("AliveMCP-Tenant", "alice")
        );

        Assert.Equal(HttpStatusCode.NotFound, heard.Status);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<int> LeastAsync(HostRoute route, string slug, SentStatements sent)
    {
        var least = int.MaxValue;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            sent.Forget();
            await CallAsync(route, slug, _bob);
            least = Math.Min(least, sent.All);
        }

        return least;
    }

    private static bool MayByScope(HostRoute route, string scope)
    {
        if (route.IsOpen)
        {
            return true;
        }

        var needed = PermissionTable.Of(route.Policy!).Scope;
        string[] ascending = ["read", "write", "admin"];
        return needed is not null && Array.IndexOf(ascending, scope) >= Array.IndexOf(ascending, needed);
    }

    /// <summary>Calls every route; null as the expected answer: anything but a refusal at the door or a fault of ours.</summary>
    private async Task AllAsync(
        string? token,
        Func<HostRoute, HttpStatusCode?> expected,
        params (string Name, string Value)[] headers
    )
    {
        foreach (var route in Api)
        {
            var heard = await CallAsync(route, Nobodys, token, headers);
            if (expected(route) is { } status)
            {
                Assert.True(status == heard.Status, $"{route}: {heard.Status} and not {status}: {heard.Text}");
                Assert.NotNull(heard.Code);
            }
            else
            {
                Assert.True(
                    heard.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                        && (int)heard.Status < 500,
                    $"{route}: {heard.Status}: {heard.Text}"
                );
            }
        }
    }

    /// <summary>Alternately at the one replica and the other.</summary>
    private Task<Heard> CallAsync(
        HostRoute route,
        string slug,
        string? token,
        params (string Name, string Value)[] headers
    ) =>
        Knock.AtAsync(
            replicas.Urls[route.ToString().Length % 2],
            route.Method,
            route.Filled(slug),
            token,
            route.Method is "POST" or "PUT" or "PATCH" ? "{}" : null,
            [("If-Match", "*"), .. headers]
        );
}
