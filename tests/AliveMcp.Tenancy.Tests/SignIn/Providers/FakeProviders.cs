using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Tenancy.Tests.SignIn.Providers;

/// <summary>An OpenID Connect provider and GitHub in one, on loopback, that say what the test wants them to say.</summary>
internal sealed class FakeProviders : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeProviders(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>The keys that are published now.</summary>
    public Signer Published { get; set; } = new();

    public int KeysAsked { get; private set; }

    /// <summary>Makes the id_token for the nonce that the code carries.</summary>
    public Func<string, string> IdToken { get; set; } = _ => "";

    public JsonNode GitHubUser { get; set; } =
        new JsonObject
        {
            ["id"] = 583231,
            ["login"] = "octocat",
            ["name"] = null,
        };

    public JsonNode GitHubEmails { get; set; } = new JsonArray();

    /// <summary>What the token endpoints were sent.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Sent { get; } = new();

    public static async Task<FakeProviders> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeProviders(builder.Build());
        fake.Map();
        await fake._app.StartAsync();
        return fake;
    }

    public async ValueTask DisposeAsync()
    {
        Published.Dispose();
        await _app.DisposeAsync();
    }

    private void Map()
    {
        _app.MapGet(
            "/.well-known/openid-configuration",
            () =>
                Results.Json(
                    new
                    {
                        issuer = Url,
                        authorization_endpoint = Url + "/authorize",
                        token_endpoint = Url + "/token",
                        jwks_uri = Url + "/keys",
                    }
                )
        );
        _app.MapGet(
            "/keys",
            () =>
            {
                KeysAsked++;
                return Results.Json(Published.KeySet());
            }
        );
        // A second parameter, else the platform takes these for handlers that answer by themselves.
        _app.MapPost(
            "/token",
            async (HttpContext http, CancellationToken _) =>
                Results.Json(new { id_token = IdToken((await FormAsync(http))["code"]) })
        );
        _app.MapPost(
            "/login/oauth/access_token",
            async (HttpContext http, CancellationToken _) =>
            {
                await FormAsync(http);
                return Results.Json(new { access_token = "gho_secret" });
            }
        );
        _app.MapGet("/user", () => Results.Text(GitHubUser.ToJsonString(), "application/json"));
        _app.MapGet("/user/emails", () => Results.Text(GitHubEmails.ToJsonString(), "application/json"));
    }

    private async Task<IReadOnlyDictionary<string, string>> FormAsync(HttpContext http)
    {
        var form = (await http.Request.ReadFormAsync()).ToDictionary(
            field => field.Key,
            field => field.Value.ToString(),
            StringComparer.Ordinal
        );
        Sent.Enqueue(form);
        return form;
    }
}
