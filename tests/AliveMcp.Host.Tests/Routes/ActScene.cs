using System.Security.Cryptography;
using System.Text;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Codes;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Testing.Rooms;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Makes, in Alice's tenant, the things that acts are done to: each act has its own, so that their order does not matter.</summary>
internal sealed class ActScene(Replicas replicas, string key)
{
    public const string Credential = """{ "kind": "bearer", "secret": "s3cret-of-a-probe" }""";
    public const string Objective = """{ "target_percent": 99.5 }""";
    public const string WideWindow =
        """{ "from": "2031-01-01T00:00:00Z", "to": "2031-01-01T01:00:00Z", "tags": ["prod"] }""";
    public const string Window = """{ "from": "2031-01-01T00:00:00Z", "to": "2031-01-01T01:00:00Z", "note": "trip" }""";

    private static int _count;

    private IServiceProvider Services => replicas.App.Services;

    private CodeDesk Codes => Services.GetRequiredService<CodeDesk>();

    /// <summary>A word that nothing else is called.</summary>
    public string Name() => $"act-{Interlocked.Increment(ref _count)}";

    public async Task<string> ServerAsync(string settings)
    {
        var slug = Name();
        await DoAsync("POST", "/api/v1/servers", $$"""{ "slug": "{{slug}}", {{settings.TrimStart('{', ' ')}}""");
        return slug;
    }

    public Task<string> GuardedAsync() => PreparedAsync("PUT", "/credential", Credential);

    public Task<string> PausedAsync() => PreparedAsync("POST", "/pause", "{}");

    public Task<string> PromisedAsync() => PreparedAsync("PUT", "/slo", Objective);

    public async Task<string> MaintainedAsync()
    {
        var slug = await ServerAsync("""{ "url": "https://acts.example/mcp" }""");
        var made = await DoAsync("POST", $"/api/v1/servers/{slug}/maintenance", Window);
        return $"{slug}/maintenance/{made.Json["id"]}";
    }

    public async Task<string> WidelyMaintainedAsync() =>
        (await DoAsync("POST", "/api/v1/maintenance", WideWindow)).Json["id"]!.ToString();

    /// <summary>A server, and the name of its state.</summary>
    public async Task<(string Slug, string Etag)> StateAsync()
    {
        var slug = await ServerAsync("""{ "url": "https://acts.example/mcp" }""");
        var read = await Knock.AtAsync(replicas.Urls[0], "GET", $"/api/v1/servers/{slug}", key);
        return (slug, read.Etag);
    }

    public static string IncidentOf(string slug) => $$"""{ "server": "{{slug}}", "summary": "Answers are wrong" }""";

    public async Task<string> IncidentAsync()
    {
        var slug = await ServerAsync("""{ "url": "https://acts.example/mcp" }""");
        return (await DoAsync("POST", "/api/v1/incidents", IncidentOf(slug))).Json["incident"]!["id"]!.ToString();
    }

    public async Task<string> ExcludedAsync()
    {
        var id = await IncidentAsync();
        await DoAsync("POST", $"/api/v1/incidents/{id}/exclude", """{ "reason": "planned" }""");
        return id;
    }

    public async Task<string> KeyAsync() =>
        (await DoAsync("POST", "/api/v1/keys", """{ "name": "another" }""")).Json["key"]!["id"]!.ToString();

    public async Task<string> InvitationAsync() => (await InviteAsync(Name() + "@example.com")).Id;

    public async Task<string> MemberAsync() =>
        (await replicas.People.NewAsync(Replicas.Alices, "viewer")).Person.ToString();

    public async Task<Act> FormAsync(string path, IReadOnlyDictionary<string, string> fields) =>
        new(path) { Form = fields, Session = (await replicas.People.NewAsync(Replicas.Alices)).Token };

    public async Task<Act> ByOperatorAsync(string path, string body) =>
        new(path, body) { Token = await replicas.OperatorAsync(Layer.RootOperator, tenant: null) };

    public async Task<Act> LeavingAsync() =>
        new("/t/alice/members/leave")
        {
            Form = new Dictionary<string, string>(),
            Session = (await replicas.People.NewAsync(Replicas.Alices, "viewer")).Token,
        };

    public async Task<Act> OtherSessionAsync()
    {
        var alice = await replicas.People.NewAsync(Replicas.Alices);
        await replicas.People.SignInAsync(alice.Person);
        var sessions = await Services.GetRequiredService<SessionDesk>().ListAsync(alice.Person, CancellationToken.None);
        return WithSession("/account/sessions/end", alice.Token, ("session", $"{sessions[0].SessionId}"));
    }

    /// <summary>Somebody who has just typed the secret into her phone.</summary>
    public async Task<Act> EnrollingAsync()
    {
        var alice = await replicas.People.NewAsync(Replicas.Alices);
        return WithSession("/account/second-factor", alice.Token, ("code", await FirstCodeAsync(alice)));
    }

    /// <summary>Somebody who signs with a recovery code.</summary>
    public async Task<Act> WithCodeAsync(string path)
    {
        var alice = await replicas.People.NewAsync(Replicas.Alices);
        return WithSession(path, alice.Token, ("code", await RecoveryAsync(alice)));
    }

    public async Task<Act> AwaitingCodeAsync()
    {
        var alice = await replicas.People.NewAsync(Replicas.Alices);
        var code = await RecoveryAsync(alice);
        return WithSession("/sign-in/code", await replicas.People.SignInAsync(alice.Person), ("code", code));
    }

    public async Task<Act> WithLinkAsync()
    {
        var alice = await replicas.People.NewAsync(Replicas.Alices);
        var token = Token();
        await using var owner = new NpgsqlConnection(replicas.Storage.Options.Bootstrap.ConnectionString);
        await owner.ExecuteAsync(
            """
            INSERT INTO tenancy.sign_in_link (token_hash, kind, email, next_path, expires_at)
            VALUES (@hash, 'sign_in', @email, '/tenants', now() + interval '1 hour')
            """,
            new { hash = SHA256.HashData(Encoding.UTF8.GetBytes(token)), email = alice.Email }
        );
        return WithSession("/sign-in/confirm", session: "", ("token", token));
    }

    public async Task<Act> WithOwnerLinkAsync()
    {
        var link = await Services.GetRequiredService<OwnerLink>().MakeAsync(CancellationToken.None);
        return WithSession(
            "/sign-in/owner",
            session: "",
            ("token", link!.Split("token=")[1]),
            ("email", Name() + "@example.com")
        );
    }

    public async Task<Act> InvitedAsync(bool hasAccount)
    {
        var bob = hasAccount ? await replicas.People.NewAsync(tenant: null) : null;
        var (_, link) = await InviteAsync(bob?.Email ?? Name() + "@example.com");
        var path = hasAccount ? "/invitation" : "/invitation/enter";
        return WithSession(path, bob?.Token ?? "", ("token", link.Split("token=")[1]));
    }

    private static Act WithSession(string path, string session, params (string Name, string Value)[] fields) =>
        new(path)
        {
            Form = fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal),
            Session = session,
        };

    private static string Token() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task<string> FirstCodeAsync(TestPerson person)
    {
        var enrolment = await Codes.EnrolAsync(person.Person, person.Email, CancellationToken.None);
        var step = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / AuthenticatorApp.Step;
        return AuthenticatorApp.CodeOf(enrolment!.Typed, step);
    }

    private async Task<string> RecoveryAsync(TestPerson person)
    {
        var turned = await Codes.TurnOnAsync(person.Person, await FirstCodeAsync(person), CancellationToken.None);
        return turned.TryGet(out var codes) ? codes[0] : throw new InvalidOperationException("The code is not good.");
    }

    private async Task<(string Id, string Link)> InviteAsync(string email)
    {
        var made = await DoAsync("POST", "/api/v1/invitations", $$"""{ "email": "{{email}}", "role": "viewer" }""");
        return (made.Json["invitation"]!["id"]!.ToString(), (string)made.Json["link"]!);
    }

    private async Task<string> PreparedAsync(string method, string rest, string body)
    {
        var slug = await ServerAsync("""{ "url": "https://acts.example/mcp" }""");
        await DoAsync(method, $"/api/v1/servers/{slug}{rest}", body);
        return slug;
    }

    private async Task<Heard> DoAsync(string method, string path, string body)
    {
        var heard = await Knock.AtAsync(replicas.Urls[0], method, path, key, body, ("If-Match", "*"));
        Assert.True((int)heard.Status < 300, $"{method} {path}: {heard.Status} {heard.Text}");
        return heard;
    }
}
