using AliveMcp.Alerting;
using AliveMcp.Archive;
using AliveMcp.Collector;
using AliveMcp.Servers;
using AliveMcp.StatusPages;
using AliveMcp.Storage;
using AliveMcp.Tenancy;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Testing.Rooms;
using AliveMcp.Testing.Sinks;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Dashboard.Tests.Sites;

/// <summary>Two web processes on the same stores, each real Kestrel on a port of its own, with a mail server that keeps what it gets.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly TestStorage _storage = new();
    private readonly List<WebApplication> _apps = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-site-");

    public MailSink Mail { get; } = new();

    /// <summary>Where Slack is, for sinks of these processes.</summary>
    public FakeSlack Slack { get; private set; } = null!;

    /// <summary>People who are signed in already.</summary>
    public TestPeople People => new(_storage.Doors, Services.GetRequiredService<SessionDesk>());

    public TestStorage Storage => _storage;

    /// <summary>Where the processes listen. A browser keeps its cookies for both: they are one host.</summary>
    public IReadOnlyList<string> Urls => [.. _apps.Select(app => app.Urls.Single())];

    public IServiceProvider Services => _apps[0].Services;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        Slack = await FakeSlack.StartAsync();
        KeyFile.AddVersion(Path.Combine(_folder.FullName, "keys"));
        _apps.Add(await StartAsync(isWorker: true));
        _apps.Add(await StartAsync(isWorker: false));
    }

    public Visit Visit() => new(this);

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        await Slack.DisposeAsync();
        await Mail.DisposeAsync();
        await _storage.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<WebApplication> StartAsync(bool isWorker)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([
            KeyValuePair.Create("Secrets:KeyFile", (string?)Path.Combine(_folder.FullName, "keys")),
            KeyValuePair.Create("Egress:Allow:0", (string?)Slack.Allowed),
            KeyValuePair.Create("Alerts:Sinks:Slack", (string?)Slack.Url.ToString()),
        ]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new PlanTable([Plan("public", 3), Plan("self_hosted", null)]));
        builder.Services.AddAliveMcpStorage(_storage.Options, _storage.Redis);
        builder.Services.AddTenancy().AddSignInJobs();
        builder.Services.AddServers().AddCollector().AddArchive().AddAlerting().AddStatusPages().AddDashboard();
        if (isWorker)
        {
            builder.Services.AddAlerterLoops();
        }

        builder.Services.Configure<SignInOptions>(options => options.OpenRegistration = true);
        builder.Services.Configure<MailOptions>(options =>
        {
            (options.Host, options.Port) = ("127.0.0.1", Mail.Port);
            (options.From, options.Security) = ("alivemcp@example.com", "none");
        });
        var app = builder.Build();
        app.UseRouting();
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal),
            api => api.UseAuthentication().UseSuspensionGate()
        );
        app.UseDashboard();
        app.UseAuthorization();
        app.MapGroup("/api/v1").MapServers();
        app.MapStatusPages();
        app.MapDashboard();
        await app.StartAsync();
        return app;
    }

    private static Plan Plan(string name, int? members) =>
        new()
        {
            Name = name,
            Members = members,
            ApiKeys = 5,
            PrivateServers = true,
            CadenceFloor = 1,
            MinuteHistory = RetentionClass.Days7,
            DayHistory = 90,
        };
}
