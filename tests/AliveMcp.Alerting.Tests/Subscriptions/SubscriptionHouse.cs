using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Subscriptions;
using AliveMcp.Alerting.Subscriptions.Notices;
using AliveMcp.Egress;
using AliveMcp.Storage.Loops;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Testing.Rooms;
using AliveMcp.Testing.Sinks;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Alerting.Tests.Subscriptions;

/// <summary>An install with a mail server and a visitor's webhook beside it, and the loops of subscriptions in hand. A test makes servers of its own, of tenant 2.</summary>
public sealed class SubscriptionHouse : IAsyncLifetime
{
    private static readonly Uri Public = new("https://alivemcp.example.com");
    private static int _made;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-subs-");
    private readonly HttpClient _http = new(new SocketsHttpHandler());

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    public Mailbox Mail { get; } = new();

    public FakeWebhook Hook { get; private set; } = null!;

    /// <summary>A place that this install opens for its probers, and not for visitors.</summary>
    public FakeWebhook Inside { get; private set; } = null!;

    public ServersApi Api { get; private set; } = null!;

    internal LetterLane Letters { get; private set; } = null!;

    internal HookLane Hooks { get; private set; } = null!;

    internal TroubledLane Troubled { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hook = await FakeWebhook.StartAsync();
        Hook.SaysChallengesBack = true;
        Inside = await FakeWebhook.StartAsync();
        var keys = Path.Combine(_folder.FullName, "keys");
        KeyFile.AddVersion(keys);
        Api = new ServersApi
        {
            Clock = Clock,
            Settings = new Dictionary<string, string?>
            {
                ["Secrets:KeyFile"] = keys,
                ["Egress:Allow:0"] = Inside.Allowed,
                ["Alerts:Subscriptions:LettersASecond"] = "200",
            },
            Furnish = services =>
            {
                services.AddSingleton<LoopShell>();
                services.AddSingleton(given => new VisitorWeb(
                    new EgressGuard(new EgressOptions { Allow = [Hook.Allowed] }),
                    Clock,
                    given.GetRequiredService<SinkOptions>()
                ));
                services.Configure<SignInOptions>(options => options.PublicUrl = Public);
                services.Configure<MailOptions>(options =>
                {
                    (options.Host, options.Port, options.Security) = ("127.0.0.1", Mail.Port, "none");
                    options.From = "alerts@example.com";
                });
            },
        };
        await Api.InitializeAsync();
        Letters = ActivatorUtilities.CreateInstance<LetterLane>(Api.Services);
        Hooks = ActivatorUtilities.CreateInstance<HookLane>(Api.Services);
        Troubled = ActivatorUtilities.CreateInstance<TroubledLane>(Api.Services);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Letters.Dispose();
        Hooks.Dispose();
        Troubled.Dispose();
        await Api.DisposeAsync();
        await Hook.DisposeAsync();
        await Inside.DisposeAsync();
        await Mail.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal T Get<T>()
        where T : notnull => Api.Services.GetRequiredService<T>();

    /// <summary>A public server with a name of its own.</summary>
    public async Task<PublicServer> ServerAsync(string name = "Weather tools")
    {
        var slug = $"server-{Interlocked.Increment(ref _made)}";
        var id = await ScalarAsync<int>(
            """
            WITH made AS (
                INSERT INTO servers.server (tenant_id, slug, public_slug, name, url, canonical_url, origin, tags, visibility, managed_by, created_at)
                VALUES (2, 'own-' || @slug, @slug, @name, @url || '/secret-path/mcp', @url || '/secret-path/mcp', @url, '{}', 1, 'file', now())
                RETURNING server_id)
            INSERT INTO servers.public_listing (public_slug, tenant_id, server_id, name, display_url, tags, paused)
            SELECT @slug, 2, server_id, @name, @url, '{}', false FROM made RETURNING server_id
            """,
            new
            {
                slug,
                name,
                url = $"https://{slug}.example.com",
            }
        );
        return new PublicServer(id, slug, new Uri(Public, $"/status/{slug}"));
    }

    public async Task<(int Status, JsonObject? Body)> AskAsync(PublicServer server, object body)
    {
        using var answer = await _http.PostAsJsonAsync(
            new Uri(Api.Url, $"/api/v1/status/{server.Slug}/subscriptions"),
            body
        );
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null);
    }

    public async Task<(int Status, string Body)> OpenAsync(HttpMethod method, Uri link, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Api.Url, link.PathAndQuery)) { Content = content };
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The worker's turn with proofs.</summary>
    public async Task CarryAsync()
    {
        await Get<SubscriptionCourier>().CarryAsync(SubscriptionKind.Email, CancellationToken.None);
        await Get<SubscriptionCourier>().CarryAsync(SubscriptionKind.Webhook, CancellationToken.None);
    }

    /// <summary>Somebody subscribes by mail and says yes.</summary>
    public async Task SubscribeAsync(PublicServer server, string email)
    {
        await GiveRoomAsync();
        Assert.Equal(202, (await AskAsync(server, new { email })).Status);
        await CarryAsync();
        var letter = Assert.Single(Mail.LettersTo(email), one => one.Has("/confirm/"));
        Assert.Equal(200, (await OpenAsync(HttpMethod.Post, letter.Link("/alerts/subscriptions/confirm/"))).Status);
    }

    /// <summary>A webhook says its challenge back.</summary>
    public async Task SubscribeHookAsync(PublicServer server, Uri hook)
    {
        await GiveRoomAsync();
        Assert.Equal(202, (await AskAsync(server, new { webhook = hook.AbsoluteUri })).Status);
        await CarryAsync();
    }

    /// <summary>Tries are counted for all tests together.</summary>
    public async Task GiveRoomAsync()
    {
        await using var owner = new NpgsqlConnection(Api.Storage.Options.Bootstrap.ConnectionString);
        await owner.ExecuteAsync("DELETE FROM tenancy.attempt");
    }

    /// <summary>What is to be told now is written, and sent until nothing is due.</summary>
    public async Task TellAsync()
    {
        await Get<NoticeWriter>().WriteAsync(CancellationToken.None);
        foreach (var lane in new NoticeLane[] { Letters, Hooks, Troubled })
        {
            while (await lane.SendDueAsync() > 0)
            {
                await lane.WhenIdleAsync();
            }
        }
    }

    public Task<long> IncidentAsync(
        PublicServer server,
        TimeSpan ago,
        int kind = 1,
        string summary = "Weather tools is down"
    ) =>
        ScalarAsync<long>(
            """
            WITH opened AS (
                INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, failure_reason, summary, started_at, confirmed_in, opened_at)
                VALUES (2, @Server, @kind, 1, @reason, @summary, @start, @minute, @now) RETURNING incident_id)
            INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
            SELECT 2, @Server, incident_id, 1, @kind, 1, 'incident:' || incident_id, @now,
                '{"tenant": "local", "regions": [{"region": "us-east", "city": "New York", "state": "down"}, {"region": "eu-west", "city": "London", "state": "down"}]}'
            FROM opened RETURNING incident_id
            """,
            new
            {
                server.Server,
                kind,
                summary,
                reason = (short)Why.ConnectionRefused,
                start = Clock.GetUtcNow() - ago,
                now = Clock.GetUtcNow(),
                minute = (int)(Clock.GetUtcNow().ToUnixTimeSeconds() / 60),
            }
        );

    public Task ResolveAsync(long incident) =>
        ExecuteAsync(
            "UPDATE alerting.incident SET state = 'resolved', resolved_at = @now WHERE incident_id = @incident",
            new { incident, now = Clock.GetUtcNow() }
        );

    public Task SayAsync(PublicServer server, long incident, string text) =>
        ExecuteAsync(
            """
            INSERT INTO alerting.incident_update (tenant_id, server_id, incident_id, at, kind, text, author)
            VALUES (2, @Server, @incident, @now, 'said', @text, 'Alice Secretname')
            """,
            new
            {
                server.Server,
                incident,
                text,
                now = Clock.GetUtcNow(),
            }
        );

    public Task<int> CountAsync(PublicServer server, string where = "true") =>
        ScalarAsync<int>(
            $"SELECT count(*)::int FROM alerting.subscription WHERE server_id = @Server AND {where}",
            new { server.Server }
        );

    public async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var connection = await Api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, values);
    }

    public async Task<T> ScalarAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Api.Storage.Doors.AllTenants.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, values))!;
    }
}

/// <summary>A public server of tenant 2.</summary>
public sealed record PublicServer(int Server, string Slug, Uri Page);
