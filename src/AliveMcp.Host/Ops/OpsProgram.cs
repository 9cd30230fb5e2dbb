using AliveMcp.Archive;
using AliveMcp.Collector;
using AliveMcp.Host.Embedded;
using AliveMcp.Host.Ops.Backup;
using AliveMcp.Hosting.Plans;
using AliveMcp.Hosting.Start;
using AliveMcp.Servers;
using AliveMcp.Servers.Erasure;
using AliveMcp.Storage;
using AliveMcp.Storage.Redis;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Operators;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using StackExchange.Redis;

namespace AliveMcp.Host.Ops;

/// <summary>
/// The Host's other way of running: <c>ops …</c> does one thing to an install and ends. Whoever may read the install's connection strings,
/// or the files of its embedded start, is its operator; nothing of it can be reached over the network.
/// </summary>
internal static class OpsProgram
{
    private const string Usage = """
        alivemcp ops region list
        alivemcp ops region add NAME --city CITY [--tenant SLUG]
        alivemcp ops region rotate NAME [--at-once]
        alivemcp ops region remove NAME
        alivemcp ops backup FILE
        alivemcp ops restore-check FILE
        alivemcp ops retention [--apply]
        alivemcp ops retention release TENANT
        alivemcp ops erase server TENANT/SERVER [--yes]
        alivemcp ops erase tenant TENANT [--yes]
        alivemcp ops erase receipts TENANT-NUMBER
        alivemcp ops erase tombstones
        alivemcp ops erase --replay FILE
        alivemcp ops erasure-drill
        alivemcp ops verify-audit [--tenant SLUG|NUMBER|operator]
        alivemcp ops secrets rotate [--new-key] [--data-keys]
        alivemcp ops tenant add SLUG [--name NAME] [--plan PLAN]
        alivemcp ops tenant list
        alivemcp ops tenant suspend|past-due|resume SLUG --reason TEXT
        alivemcp ops operator list
        alivemcp ops operator add NAME --layer tenant_operator|root_operator|auditor [--tenant SLUG] [--days N]
        alivemcp ops operator revoke NUMBER

        NAME is 1 to 32 of a-z, 0-9 and -. With --tenant the region is that tenant's own: a private prober.
        The install is the one of ConnectionStrings__Postgres and ConnectionStrings__Redis, else the one that runs in ALIVEMCP_HOME (./.alivemcp).
        """;

    /// <returns>0 done, 1 a copy differs, 64 not understood, 65 refused; 69 and 78 as at any start.</returns>
    /// <exception cref="StartRefusedException">The install cannot be reached.</exception>
    public static async Task<int> RunAsync(string[] words, CancellationToken cancellationToken)
    {
        if (BackupWords.Read(words) is { } backup)
        {
            return await BackupProgram.RunAsync(backup, StorageOf(FindInstall()));
        }

        if (Read(words) is not { } act)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 64;
        }

        await using var services = await OpenAsync();
        var done = await act(services, cancellationToken);
        if (!done.TryGet(out var lines))
        {
            foreach (var problem in done.Problems)
            {
                await Console.Error.WriteLineAsync("alivemcp: " + problem.Message);
            }

            return 65;
        }

        foreach (var line in lines)
        {
            await Console.Out.WriteLineAsync(line);
        }

        return 0;
    }

    /// <summary>What the words ask for; null when they make no sense.</summary>
    private static OpsAct? Read(string[] words)
    {
        if (RegionWords.Read(words) is { } region)
        {
            return (services, token) => services.GetRequiredService<RegionOps>().RunAsync(region, token);
        }

        if (RetentionWords.Read(words) is { } retention)
        {
            return (services, token) => services.GetRequiredService<RetentionOps>().RunAsync(retention, token);
        }

        if (EraseWords.Read(words) is { } erase)
        {
            return (services, token) => services.GetRequiredService<EraseOps>().RunAsync(erase, token);
        }

        if (OperatorWords.Read(words) is { } one)
        {
            return (services, token) => services.GetRequiredService<OperatorOps>().RunAsync(one, token);
        }

        if (AuditOps.Read(words) is { } chain)
        {
            return (services, token) => services.GetRequiredService<AuditOps>().RunAsync(chain, token);
        }

        if (SecretOps.Read(words) is { } secrets)
        {
            return (services, token) => services.GetRequiredService<SecretOps>().RunAsync(secrets, token);
        }

        if (TenantWords.Read(words) is { } tenant)
        {
            return (services, token) => services.GetRequiredService<TenantOps>().RunAsync(tenant, token);
        }

        return words is ["erasure-drill"] ? DrillAsync : null;
    }

    private static async Task<Result<string[]>> DrillAsync(
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var outcome = await services.GetRequiredService<ErasureDrill>().RunAsync(cancellationToken);
        return outcome.IsOk
            ? new[] { $"Erasure drill: {outcome}." }
            : new Problem("erasure_drill_short", $"Erasure drill: {outcome}.", "erasure-drill");
    }

    private static async Task<ServiceProvider> OpenAsync()
    {
        var configuration = FindInstall();
        var storage = StorageOf(configuration);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAliveMcpStorage(storage, await OpenRedisAsync(storage));
        services.AddSingleton<TenantSlugs>();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAuditTrail();
        services.AddCollector();
        services.AddSingleton(PlansFile.Read(PlansFile.DefaultPath));
        services.AddErasure();
        services.AddRetention();
        services.AddSingleton<TenantMaker>();
        services.AddSingleton<TenantQueries>();
        services.AddSingleton<TenantStandings>();
        services.AddSingleton<StandingDesk>();
        services.AddSingleton<TenantOps>();
        services.AddSingleton<OperatorDesk>();
        services.AddSingleton<OperatorOps>();
        services.AddSingleton<RegionOps>();
        services.AddSingleton<RetentionOps>();
        services.AddSingleton<EraseRecords>();
        services.AddSingleton<EraseOps>();
        services.AddSingleton<AuditOps>();
        services.AddSingleton<SecretOps>();
        return services.BuildServiceProvider();
    }

    private static ConfigurationManager FindInstall()
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables();
        RunningInstall.Find(configuration);
        return configuration;
    }

    private static StorageOptions StorageOf(IConfiguration configuration)
    {
        var read = StorageOptions.Read(configuration);
        return read.TryGet(out var storage) ? storage : throw new StartRefusedException(read.Problems);
    }

    private static async Task<RedisDoor> OpenRedisAsync(StorageOptions storage)
    {
        try
        {
            return await RedisDoor.OpenAsync(storage);
        }
        catch (RedisConnectionException fault)
        {
            throw new StartRefusedException(
                "The install's Redis-protocol server does not answer: is the install running? 'alivemcp up' starts it.",
                fault
            );
        }
    }
}

/// <summary>Something to be done to an install: what to print, or what stands against it.</summary>
internal delegate Task<Result<string[]>> OpsAct(IServiceProvider services, CancellationToken cancellationToken);
