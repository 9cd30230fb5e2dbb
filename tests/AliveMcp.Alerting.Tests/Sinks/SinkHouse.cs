using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Sinks.Proofs;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Testing.Rooms;
using AliveMcp.Testing.Sinks;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Tests.Sinks;

/// <summary>The API with the services that sinks speak to beside it, each on a socket of its own. Alice is tenant 2, Charlie 77 is a stranger.</summary>
public sealed class SinkHouse : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-sinks-");
    private readonly HttpClient _http = new(new SocketsHttpHandler());

    public static TenantId Alice { get; } = new(2);

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    public FakeSlack Slack { get; private set; } = null!;

    public FakePagerDuty PagerDuty { get; private set; } = null!;

    public FakeDiscord Discord { get; private set; } = null!;

    public FakeTelegram Telegram { get; private set; } = null!;

    public FakeWebhook Webhook { get; private set; } = null!;

    public SmtpServer Mail { get; } = new(certificate: null);

    public ServersApi Api { get; private set; } = null!;

    public string AliceToken { get; private set; } = "";

    public string CharlieToken { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        (Slack, PagerDuty) = (await FakeSlack.StartAsync(), await FakePagerDuty.StartAsync());
        (Discord, Webhook) = (await FakeDiscord.StartAsync(), await FakeWebhook.StartAsync());
        Telegram = await FakeTelegram.StartAsync();
        var keys = Path.Combine(_folder.FullName, "keys");
        KeyFile.AddVersion(keys);
        Api = new ServersApi
        {
            Clock = Clock,
            Settings = SettingsWith(keys),
            Furnish = services =>
            {
                // The runner alone: no loop runs in these tests.
                services
                    .AddSingleton<DeliveryClaims>()
                    .AddSingleton<SinkSwitch>()
                    .AddSingleton<DeliverySender>()
                    .AddSingleton<DeliveryRunner>();
                services.Configure<SignInOptions>(options =>
                    options.PublicUrl = new Uri("https://alivemcp.example.com")
                );
                services.Configure<MailOptions>(options =>
                {
                    (options.Host, options.Port, options.Security) = ("127.0.0.1", Mail.Port, "none");
                    options.From = "alerts@example.com";
                });
            },
        };
        await Api.InitializeAsync();
        AliceToken = await Api.GiveKeyAsync(Alice, "write");
        CharlieToken = await Api.GiveKeyAsync(ServersApi.Charlie, "write");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Api.DisposeAsync();
        await Slack.DisposeAsync();
        await PagerDuty.DisposeAsync();
        await Discord.DisposeAsync();
        await Telegram.DisposeAsync();
        await Webhook.DisposeAsync();
        await Mail.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public async Task<(int Status, JsonObject? Body, string? ETag)> AskAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string? token = null,
        string? ifMatch = null
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(Api.Url, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? AliceToken);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var json = text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null;
        return ((int)answer.StatusCode, json, answer.Headers.ETag?.Tag);
    }

    /// <summary>What a page at the root answers.</summary>
    public async Task<(int Status, string Body)> OpenAsync(HttpMethod method, Uri link)
    {
        using var request = new HttpRequestMessage(method, new Uri(Api.Url, link.PathAndQuery));
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sets a sink up, as Alice, and lets the worker send what is to be sent.</summary>
    public async Task<JsonObject> AddAsync(object body, string? token = null)
    {
        var made = await AskAsync(HttpMethod.Post, "/api/v1/sinks", body, token);
        Assert.True(made.Status == 201, made.Body?.ToJsonString());
        await CarryAsync();
        return made.Body!;
    }

    /// <summary>The worker's turn.</summary>
    public Task CarryAsync() => Api.Services.GetRequiredService<ProofCourier>().CarryAsync(CancellationToken.None);

    /// <summary>A sink as the worker has it.</summary>
    internal async Task<SinkAtHand> AtHandAsync(int sink, TenantId? tenant = null)
    {
        var key = (tenant ?? Alice, sink);
        var opened = await Api.Services.GetRequiredService<SinkSecrets>().OpenAsync([key], CancellationToken.None);
        return opened[key];
    }

    internal ISink Of(SinkKind kind) => Api.Services.GetRequiredService<SinkDirectory>().Of(kind);

    private Dictionary<string, string?> SettingsWith(string keys) =>
        new()
        {
            ["Secrets:KeyFile"] = keys,
            ["Egress:Allow:0"] = Slack.Allowed,
            ["Egress:Allow:1"] = PagerDuty.Allowed,
            ["Egress:Allow:2"] = Discord.Allowed,
            ["Egress:Allow:3"] = Webhook.Allowed,
            ["Egress:Allow:4"] = Telegram.Allowed,
            ["Alerts:Sinks:Slack"] = Slack.Url.ToString(),
            ["Alerts:Sinks:PagerDuty"] = PagerDuty.Url.ToString(),
            ["Alerts:Sinks:Discord"] = Discord.Url.ToString(),
            ["Alerts:Sinks:Telegram"] = Telegram.Url.ToString(),
        };
}
