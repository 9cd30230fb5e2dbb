using System.Globalization;
using AliveMcp.Host.Embedded.Children;
using AliveMcp.Hosting.Logs;
using AliveMcp.Hosting.Start;
using AliveMcp.Tenancy.Secrets;

namespace AliveMcp.Host.Embedded;

/// <summary>
/// Everything on one machine: takes the folder, starts the servers that no connection string names and the demo, and once the desk listens
/// the probers (<see cref="EmbeddedFleet"/>). Nothing of it happens without <c>Embedded:Folder</c>.
/// </summary>
internal sealed class EmbeddedStart : IAsyncDisposable
{
    private readonly ILoggerFactory _logs;
    private EmbeddedServers? _servers;

    private EmbeddedStart(EmbeddedOptions options, InstallFolder folder, ILoggerFactory logs)
    {
        Options = options;
        Folder = folder;
        _logs = logs;
        Log = logs.CreateLogger<EmbeddedStart>();
    }

    public EmbeddedOptions Options { get; }

    public InstallFolder Folder { get; }

    public ILogger Log { get; }

    /// <summary>Null with <c>--no-demo</c>.</summary>
    public EmbeddedDemo? Demo { get; private set; }

    /// <returns>Null when no embedded start is wanted.</returns>
    /// <exception cref="StartRefusedException">Something is wrong or missing; in plain words.</exception>
    public static async Task<EmbeddedStart?> BeginAsync(
        WebApplicationBuilder builder,
        CancellationToken cancellationToken
    )
    {
        if (EmbeddedOptions.Read(builder.Configuration) is not { } options)
        {
            return null;
        }

        var logs = LoggerFactory.Create(logging => logging.AddAliveMcpLogs(builder.Configuration));
        var start = new EmbeddedStart(options, InstallFolder.Take(options.Folder), logs);
        try
        {
            await start.StartServersAsync(builder.Configuration, cancellationToken);
            start.ShareDemo(builder.Configuration);
            start.KeepKeys(builder.Configuration);
        }
        catch (Exception exception)
        {
            await start.DisposeAsync();
            if (exception is ChildFailedException)
            {
                throw new StartRefusedException(exception.Message, exception);
            }

            throw;
        }

        builder.Services.AddSingleton(start);
        builder.Services.AddSingleton<EmbeddedFleet>();
        builder.Services.AddHostedService(rooms => rooms.GetRequiredService<EmbeddedFleet>());
        if (options.ExitWithStdin)
        {
            builder.Services.AddHostedService<StdinWatch>();
        }

        return start;
    }

    /// <summary>What the probers may dial, as they read it: what the configuration opens, and exactly the demo's ports.</summary>
    public IReadOnlyList<(string Name, string Value)> Egress(IConfiguration configuration)
    {
        var section = configuration.GetSection("Egress");
        IEnumerable<string> ranges =
        [
            .. section.GetSection("Allow").GetChildren().Select(range => range.Value ?? ""),
            .. Demo?.Servers.Values.Select(url =>
                string.Create(CultureInfo.InvariantCulture, $"127.0.0.1/32:{url.Port}")
            )
                ?? [],
        ];
        return
        [
            .. section
                .GetChildren()
                .Where(child => child.Value is not null)
                .Select(child => ("Egress__" + child.Key, child.Value!)),
            .. ranges.Select(
                (range, at) => (string.Create(CultureInfo.InvariantCulture, $"Egress__Allow__{at}"), range)
            ),
        ];
    }

    /// <summary>The demo's servers are ours and stand on loopback for want of a network: no cell of their own is needed.</summary>
    private void ShareDemo(ConfigurationManager configuration)
    {
        foreach (var (slug, url) in Demo?.Servers ?? new Dictionary<string, Uri>(StringComparer.Ordinal))
        {
            configuration["Lanes:Shared:" + slug] = string.Create(
                CultureInfo.InvariantCulture,
                $"127.0.0.1/32:{url.Port}"
            );
        }
    }

    /// <summary>Where nobody says where the keys of secrets are, the install makes its own.</summary>
    private void KeepKeys(ConfigurationManager configuration)
    {
        if (!string.IsNullOrWhiteSpace(configuration["Secrets:KeyFile"]))
        {
            return;
        }

        if (!File.Exists(Folder.KeyFile))
        {
            KeyFile.AddVersion(Folder.KeyFile);
        }

        configuration["Secrets:KeyFile"] = Folder.KeyFile;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(
            Demo?.DisposeAsync().AsTask() ?? Task.CompletedTask,
            _servers?.DisposeAsync().AsTask() ?? Task.CompletedTask
        );
        Folder.Dispose();
        _logs.Dispose();
    }

    private Task StartServersAsync(ConfigurationManager configuration, CancellationToken cancellationToken)
    {
        return Task.WhenAll(ServersAsync(), Options.Demo ? DemoAsync() : Task.CompletedTask);

        async Task ServersAsync() =>
            _servers = await EmbeddedServers.StartAsync(Folder, configuration, Log, cancellationToken);

        async Task DemoAsync() => Demo = await EmbeddedDemo.StartAsync(Folder, Log, cancellationToken);
    }
}
