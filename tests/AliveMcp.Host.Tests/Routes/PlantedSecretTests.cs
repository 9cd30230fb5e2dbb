using System.Security.Cryptography;
using System.Text;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn.Codes;
using AliveMcp.Testing.Rooms;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>
/// Secrets of every kind are put in and used as their owners use them; then all that the house gives out is searched: tables, Redis, logs,
/// answers, exports, pages.
/// </summary>
public sealed class PlantedSecretTests(ListeningReplicas replicas) : IClassFixture<ListeningReplicas>, IAsyncLifetime
{
    private readonly SecretSearch _search = new();
    private string _key = "";
    private TestPerson _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _key = await replicas.KeyAsync(Replicas.Alices, "admin");
        _alice = await replicas.People.NewAsync(Replicas.Alices);
        Plant("API key", _key);
        Plant("session", _alice.Token);
        Plant("client secret", ListeningReplicas.ClientSecret);
        await PlantCredentialAsync();
        await PlantIssuedKeyAsync();
        await PlantOperatorAsync();
        await PlantSecondFactorAsync();
        await PlantLinksAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_planted_secret_comes_out_nowhere()
    {
        var heard = await ReadEverythingAsync();
        var outputs = (await Outputs.RowsAsync(replicas.Storage))
            .Concat(await Outputs.KeysAsync(replicas.Storage))
            .Concat(heard)
            .Concat(replicas.Logs.Lines.Select(line => (Where: "log", Text: line)))
            .ToList();
        foreach (
            var kind in (string[])
                ["tenancy.api_key", "tenancy.secret", "redis", "GET /account", "GET /api/v1/export", "log"]
        )
        {
            Assert.True(outputs.Exists(output => output.Where == kind), $"Nothing was heard of {kind}.");
        }

        Assert.Empty(_search.Leaks(outputs));
    }

    private void Plant(string name, string secret) => _search.Plant(name, Encoding.UTF8.GetBytes(secret));

    private async Task PlantCredentialAsync()
    {
        var secret = "planted-" + RandomNumberGenerator.GetHexString(40);
        Plant("credential", secret);
        await DoAsync("POST", "/api/v1/servers", """{ "slug": "guarded", "url": "https://guarded.example/mcp" }""");
        await DoAsync(
            "PUT",
            "/api/v1/servers/guarded/credential",
            $$"""{ "kind": "bearer", "secret": "{{secret}}" }"""
        );
        // Refused, too, it must not be repeated.
        await Knock.AtAsync(
            replicas.Urls[0],
            "PUT",
            "/api/v1/servers/guarded/credential",
            _key,
            $$"""{ "kind": "wrong", "secret": "{{secret}}" }"""
        );
    }

    private async Task PlantIssuedKeyAsync()
    {
        var issued = await Knock.AtAsync(
            replicas.Urls[0],
            "POST",
            "/api/v1/keys",
            _key,
            """{ "name": "told once" }""",
            ("Idempotency-Key", "planted")
        );
        var token = (string)issued.Json["token"]!;
        Plant("issued key", token);
        await Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/maintenance", token);
        await Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/maintenance", token + "x");
    }

    private async Task PlantOperatorAsync()
    {
        var token = await replicas.OperatorAsync(Layer.Auditor, tenant: null);
        Plant("operator's token", token);
        await Knock.AtAsync(replicas.Urls[0], "GET", "/api/v1/operator/tenants", token);
    }

    private async Task PlantSecondFactorAsync()
    {
        var codes = replicas.App.Services.GetRequiredService<CodeDesk>();
        var bob = await replicas.People.NewAsync(Replicas.Alices);
        var enrolment = (await codes.EnrolAsync(bob.Person, bob.Email, CancellationToken.None))!;
        Plant("seed as typed", enrolment.Typed.Replace(" ", "", StringComparison.Ordinal));
        _search.Plant("seed", AuthenticatorApp.Decode(enrolment.Typed));
        var step = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / AuthenticatorApp.Step;
        var turned = await codes.TurnOnAsync(
            bob.Person,
            AuthenticatorApp.CodeOf(enrolment.Typed, step),
            CancellationToken.None
        );
        Assert.True(turned.TryGet(out var recovery));
        Plant("recovery code", recovery[1]);
        Plant("recovery code without dashes", recovery[1].Replace("-", "", StringComparison.Ordinal));
    }

    private async Task PlantLinksAsync()
    {
        var scene = new ActScene(replicas, _key);
        foreach (
            var (name, act) in new[]
            {
                ("mail link", await scene.WithLinkAsync()),
                ("invitation", await scene.InvitedAsync(hasAccount: true)),
                ("owner link", await scene.WithOwnerLinkAsync()),
            }
        )
        {
            var token = act.Form!["token"];
            Plant(name, token);
            await Knock.AtAsync(
                replicas.Urls[1],
                "GET",
                $"{act.Path}?token={token}",
                headers: [("Accept", "text/html")]
            );
            await Knock.FormAsync(replicas.Urls[0], act.Path, act.Session!, act.Form!);
        }
    }

    /// <summary>What the owner reads by key and by session, and what a stranger reads.</summary>
    private async Task<List<(string Where, string Text)>> ReadEverythingAsync()
    {
        var heard = new List<(string, string)>();
        foreach (var route in HostRoute.AllOf(replicas.App).Where(route => route.Method == "GET"))
        {
            var path = route.Filled("guarded").Replace("none", "alice", StringComparison.Ordinal);
            var page = !path.StartsWith("/api/", StringComparison.Ordinal);
            // The one page whose business is to show a secret: to its person, before it is of use.
            if (path == "/account/second-factor")
            {
                continue;
            }

            (string, string)[] cookie = [("Accept", "text/html"), ("Cookie", "alivemcp_session=" + _alice.Token)];
            foreach (
                var answer in new[]
                {
                    await Knock.AtAsync(replicas.Urls[0], "GET", path),
                    await Knock.AtAsync(replicas.Urls[1], "GET", path, page ? null : _key, null, page ? cookie : []),
                }
            )
            {
                heard.Add((route.ToString(), answer.Text));
                heard.AddRange(answer.Headers.Select(header => ($"{route} {header.Key}", header.Value)));
            }
        }

        return heard;
    }

    private async Task DoAsync(string method, string path, string body)
    {
        var heard = await Knock.AtAsync(replicas.Urls[0], method, path, _key, body);
        Assert.True((int)heard.Status is < 300 or 409, $"{method} {path}: {heard.Status} {heard.Text}");
    }
}
