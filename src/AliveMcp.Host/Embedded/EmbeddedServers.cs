using AliveMcp.Host.Embedded.Children;

namespace AliveMcp.Host.Embedded;

/// <summary>The servers that no connection string names: a private Postgres, an embedded Redis-protocol server, or neither.</summary>
internal sealed class EmbeddedServers : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _running = [];

    /// <summary>Starts what is missing, at the same time, and adds its connection strings to the configuration.</summary>
    /// <exception cref="ChildFailedException">One could not be started.</exception>
    public static async Task<EmbeddedServers> StartAsync(
        InstallFolder folder,
        ConfigurationManager configuration,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        var servers = new EmbeddedServers();
        try
        {
            // Both are awaited even when one fails: whatever runs must be known to be stopped.
            await Task.WhenAll(
                servers.PostgresAsync(folder, configuration, log, cancellationToken),
                servers.RedisAsync(folder, configuration, log, cancellationToken)
            );
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_running.Select(server => server.DisposeAsync().AsTask()));

    private async Task PostgresAsync(
        InstallFolder folder,
        ConfigurationManager configuration,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        if (!string.IsNullOrWhiteSpace(configuration.GetConnectionString("Postgres")))
        {
            return;
        }

        var options = new EmbeddedPostgresOptions
        {
            Folder = Path.Combine(folder.Root, "postgres"),
            PidFile = folder.PidFileOf("postgres"),
            LogFile = folder.LogOf("postgres"),
            Log = log,
        };
        Keep(
            await EmbeddedPostgres.StartAsync(options, cancellationToken),
            server => server.ConnectionString,
            "Postgres",
            configuration
        );
    }

    private async Task RedisAsync(
        InstallFolder folder,
        ConfigurationManager configuration,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        if (!string.IsNullOrWhiteSpace(configuration.GetConnectionString("Redis")))
        {
            return;
        }

        var options = new EmbeddedRedisOptions
        {
            Folder = Path.Combine(folder.Root, "redis"),
            PidFile = folder.PidFileOf("redis"),
            LogFile = folder.LogOf("redis"),
            Log = log,
        };
        Keep(
            await EmbeddedRedis.StartAsync(options, cancellationToken),
            server => server.ConnectionString,
            "Redis",
            configuration
        );
    }

    private void Keep<T>(T server, Func<T, string> connectionString, string name, ConfigurationManager configuration)
        where T : IAsyncDisposable
    {
        lock (_running)
        {
            _running.Add(server);
            configuration["ConnectionStrings:" + name] = connectionString(server);
        }
    }
}
