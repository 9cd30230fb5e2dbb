using System.Net;

namespace AliveMcp.Host.Tests.Routes;

public sealed class OwnTenantTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private string _key = "";

    public async ValueTask InitializeAsync() => _key = await replicas.KeyAsync(Replicas.Bobs, "admin");

    [Fact]
    public async Task A_tenant_is_called_something_else_and_keeps_its_slug()
    {
        var renamed = await PatchAsync("""{ "name": "Bob & Daughters" }""");
        var read = await Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/tenant", _key);
        var trail = await Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/audit?action=tenant.renamed", _key);

        Assert.Equal(HttpStatusCode.OK, renamed.Status);
        Assert.Equal(("bob", "Bob & Daughters"), ((string?)read.Json["slug"], (string?)read.Json["name"]));
        Assert.NotEmpty(trail.Json["rows"]!.AsArray());
        Assert.DoesNotContain("Daughters", trail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ }""", "name")]
    [InlineData("""{ "name": " " }""", "name")]
    [InlineData("""{ "name": "a\u202eb" }""", "name")]
    [InlineData("""{ "name": "Bob", "slug": "alice" }""", "slug")]
    [InlineData("""{ "name": "Bob", "plan": "enterprise" }""", "plan")]
    [InlineData("""{ "name": "Bob", "status": "active" }""", "status")]
    public async Task Nothing_else_of_it_is_changed_by_its_own_people(string body, string field)
    {
        var refused = await PatchAsync(body);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (refused.Status, refused.Field));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Heard> PatchAsync(string body) =>
        Knock.AtAsync(replicas.Urls[0], "PATCH", "/api/v1/tenant", _key, body);
}
