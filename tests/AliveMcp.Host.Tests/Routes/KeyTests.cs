using System.Net;

namespace AliveMcp.Host.Tests.Routes;

public sealed class KeyTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private string _alice = "";
    private string _bob = "";

    public async ValueTask InitializeAsync()
    {
        _alice = await replicas.KeyAsync(Replicas.Alices, "admin");
        _bob = await replicas.KeyAsync(Replicas.Bobs, "admin");
    }

    [Fact]
    public async Task A_key_is_issued_at_one_replica_used_at_the_other_and_revoked_for_both()
    {
        var issued = await SendAsync("POST", "/keys", _alice, """{ "name": "ci", "scope": "write" }""");
        var (id, token) = ((int?)issued.Json["key"]!["id"], (string?)issued.Json["token"]);
        Assert.Equal(HttpStatusCode.Created, issued.Status);

        var used = await Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/maintenance", token);
        var listed = await SendAsync("GET", "/keys?take=1000", _alice);
        Assert.Equal(HttpStatusCode.OK, used.Status);
        Assert.Contains("\"name\":\"ci\"", listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token![30..], listed.Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("DELETE", $"/keys/{id}", _alice)).Status);
        foreach (var url in replicas.Urls)
        {
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                (await Knock.AtAsync(url, "GET", "/api/v1/maintenance", token)).Status
            );
        }
    }

    [Fact]
    public async Task Another_tenants_key_is_not_found_by_its_number_and_stays_good()
    {
        var issued = await SendAsync("POST", "/keys", _alice, """{ "name": "mine" }""");
        var id = (int?)issued.Json["key"]!["id"];

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", $"/keys/{id}", _bob)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("DELETE", $"/keys/{id}", _bob)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/maintenance", (string?)issued.Json["token"])).Status);
    }

    [Theory]
    [InlineData("""{ }""", "name")]
    [InlineData("""{ "name": "a", "scope": "root" }""", "scope")]
    [InlineData("""{ "name": "a", "scopes": ["admin"] }""", "scopes")]
    [InlineData("""{ "name": "a", "tenant_id": 1 }""", "tenant_id")]
    [InlineData("""{ "name": "a\u202e" }""", "name")]
    [InlineData("""{ "name": "a", "expires_at": "2020-01-01T00:00:00Z" }""", "expires_at")]
    [InlineData("""{ "name": "a", "expires_at": "tomorrow" }""", "expires_at")]
    public async Task A_key_that_cannot_be_is_refused_by_its_field(string body, string field)
    {
        var refused = await SendAsync("POST", "/keys", _alice, body);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (refused.Status, refused.Field));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Heard> SendAsync(string method, string path, string? token, string? body = null) =>
        Knock.AtAsync(replicas.Urls[0], method, "/api/v1" + path, token, body);
}
