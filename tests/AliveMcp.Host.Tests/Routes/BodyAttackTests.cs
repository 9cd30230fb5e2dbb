using System.Net;
using System.Text.Json.Nodes;
using Dapper;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Every route that takes a body, with the body of its valid act made wrong: what the server owns slipped in, too long, torn, of another kind.</summary>
public sealed class BodyAttackTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    /// <summary>Takes files that other tools wrote: what it does not know there it leaves out.</summary>
    private const string ForeignFiles = "POST /api/v1/servers/import";

    private static readonly string[] ServerOwned =
    [
        "tenant_id",
        "tenant",
        "id",
        "server_id",
        "created_at",
        "managed_by",
        "public_slug",
        "scopes",
        "person_id",
        "__proto__",
    ];

    private string _key = "";
    private Acts _acts = null!;

    public async ValueTask InitializeAsync()
    {
        _key = await replicas.KeyAsync(Replicas.Alices, "admin");
        _acts = new Acts(new ActScene(replicas, _key), new AlertScene(replicas, _key));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_the_server_owns_is_refused_in_every_body_and_changes_nothing()
    {
        foreach (var (route, act) in await WithBodyAsync())
        {
            foreach (var field in ServerOwned)
            {
                var body = JsonNode.Parse(act.Body!)!.AsObject();
                if (!body.TryAdd(field, 1002))
                {
                    continue;
                }

                var before = await RowsAsync();
                var heard = await SendAsync(route, act, body.ToJsonString());

                Assert.True((int)heard.Status is >= 400 and < 500, $"{route} takes {field}: {heard.Status}");
                Assert.Equal((route, before), (route, await RowsAsync()));
            }
        }
    }

    [Fact]
    public async Task A_body_that_is_torn_of_another_kind_or_without_end_is_the_callers_mistake()
    {
        (string What, string Text, HttpStatusCode[] Expected)[] bodies =
        [
            ("torn", "{ \"a\": ", [HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity]),
            ("too deep", new string('[', 2_000), [HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity]),
            ("a list", "[1]", [HttpStatusCode.UnprocessableEntity]),
            ("a number", "7", [HttpStatusCode.UnprocessableEntity]),
            (
                "with half a letter",
                "{ \"name\": \"\\ud800\" }",
                [HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity]
            ),
            (
                "with a field twice",
                "{ \"name\": 1, \"name\": 2 }",
                [HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity]
            ),
            (
                "too long",
                $$"""{ "name": "{{new string('x', 3 * 1024 * 1024)}}" }""",
                [HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity]
            ),
        ];
        foreach (var (route, act) in await WithBodyAsync())
        {
            var before = await RowsAsync();
            foreach (var (what, text, expected) in bodies)
            {
                var heard = await SendAsync(route, act, text);
                Assert.True(expected.Contains(heard.Status), $"{route}, {what}: {heard.Status} {heard.Text}");
                Assert.NotNull(heard.Code);
            }

            Assert.Equal((route, before), (route, await RowsAsync()));
        }
    }

    [Theory]
    [InlineData("AliveMCP-Tenant", "bob")]
    [InlineData("AliveMCP-Tenant", "' OR 1=1 --")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Original-URL", "/api/v1/audit")]
    [InlineData("Idempotency-Key", "a\tb")]
    [InlineData("Accept", "text/html")]
    public async Task A_header_of_somebodys_making_changes_nobodys_mind(string name, string value)
    {
        var plain = await Knock.AtAsync(replicas.Urls[0], "GET", "/api/v1/keys", _key);
        var heard = await Knock.AtAsync(replicas.Urls[0], "GET", "/api/v1/keys", _key, null, (name, value));

        Assert.Equal((plain.Status, plain.Text), (heard.Status, heard.Text));
        Assert.DoesNotContain(
            heard.Headers.Values,
            header => header.Contains("evil.example", StringComparison.Ordinal)
        );
    }

    /// <summary>Routes whose acts say something in their bodies; what takes no field leaves its body unread.</summary>
    private async Task<IReadOnlyList<(HostRoute Route, Act Act)>> WithBodyAsync()
    {
        var found = new List<(HostRoute, Act)>();
        foreach (var route in HostRoute.AllOf(replicas.App))
        {
            if (
                route.Path.StartsWith("/api/v1/", StringComparison.Ordinal)
                && route.ToString() != ForeignFiles
                && _acts.Of(route) is { } made
                && await made() is { Body: not (null or "{}") } act
            )
            {
                found.Add((route, act));
            }
        }

        Assert.True(found.Count > 12, $"Only {found.Count} routes take a body.");
        return found;
    }

    private Task<Heard> SendAsync(HostRoute route, Act act, string body) =>
        Knock.AtAsync(replicas.Urls[1], route.Method, act.Path, act.Token ?? _key, body, ("If-Match", "*"));

    private async Task<long> RowsAsync()
    {
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT coalesce(sum(seq), 0) FROM storage.audit_head");
    }
}
