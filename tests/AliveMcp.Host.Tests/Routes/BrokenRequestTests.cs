using System.Net;
using System.Text;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Requests that are broken before anybody looks at what they say: each is answered with a problem that names what is wrong.</summary>
public sealed class BrokenRequestTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private string _alice = "";

    private Uri Url => replicas.Urls[0];

    public async ValueTask InitializeAsync() => _alice = await replicas.KeyAsync(Replicas.Alices, "admin");

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "route_not_found")]
    [InlineData("DELETE", "/api/v1/servers", 405, "method_not_allowed")]
    [InlineData("PUT", "/api/v1/keys", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/servers?after=x", 400, "parameter_malformed")]
    [InlineData("GET", "/api/v1/servers?take=99999999999", 400, "parameter_malformed")]
    [InlineData("GET", "/api/v1/keys/99999999999", 404, "route_not_found")]
    public async Task What_leads_nowhere_is_a_problem_like_any_other(
        string method,
        string path,
        int status,
        string code
    )
    {
        var heard = await Knock.AtAsync(Url, method, path, _alice);

        Assert.Equal((status, code), ((int)heard.Status, heard.Code));
        Assert.StartsWith("application/problem+json", heard.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_read_is_named() =>
        Assert.Equal("after", (await Knock.AtAsync(Url, "GET", "/api/v1/servers?after=x", _alice)).Field);

    [Theory]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [InlineData("""{ "slug": "a", "slug": "b" }""", 400)]
    [InlineData("[]", 422)]
    [InlineData("null", 422)]
    [InlineData("\"text\"", 422)]
    public async Task A_body_that_is_no_object_is_refused(string body, int status)
    {
        foreach (var path in (string[])["/api/v1/servers", "/api/v1/keys"])
        {
            Assert.Equal(status, (int)(await Knock.AtAsync(Url, "POST", path, _alice, body)).Status);
        }
    }

    [Fact]
    public async Task Malformed_JSON_says_where()
    {
        var heard = await Knock.AtAsync(Url, "POST", "/api/v1/servers", _alice, "{\n  \"slug\": nope }");

        Assert.Equal("json_malformed", heard.Code);
        Assert.Equal("line 2, byte 12", heard.Field);
    }

    [Fact]
    public async Task A_body_without_end_or_bottom_is_refused()
    {
        var large = new string(' ', (1024 * 1024) + 1);
        var deep = new StringBuilder().Append('[', 10_000).Append(']', 10_000).ToString();

        Assert.Equal(413, (int)(await Knock.AtAsync(Url, "POST", "/api/v1/servers", _alice, large)).Status);
        Assert.Equal(400, (int)(await Knock.AtAsync(Url, "POST", "/api/v1/servers", _alice, deep)).Status);
    }

    [Fact]
    public async Task Another_kind_of_body_is_not_taken()
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, "/api/v1/keys"))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("name", "a form's")]),
        };
        request.Headers.Authorization = new("Bearer", _alice);

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/servers/a%0d%0aSet-Cookie:%20x=1")]
    [InlineData("/api/v1/servers/..%2f..%2fetc")]
    [InlineData("/api/v1/servers/%00")]
    public async Task What_would_be_a_header_or_a_path_is_a_slug_that_nobody_has(string path)
    {
        var heard = await Knock.AtAsync(Url, "GET", path, _alice);

        Assert.True((int)heard.Status is 400 or 404);
        Assert.DoesNotContain("Set-Cookie", heard.Headers.Keys);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
