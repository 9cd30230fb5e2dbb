using System.Net.Sockets;
using AliveMcp.Hosting.Start;
using AliveMcp.Storage;
using AliveMcp.Storage.Migrations;
using AliveMcp.Storage.Redis;
using Npgsql;
using StackExchange.Redis;

namespace AliveMcp.Host;

/// <summary>Reaches both servers before anything is registered, so that what cannot be reached is told in one sentence.</summary>
internal static class StorageStart
{
    /// <summary>
    /// Migrates Postgres and opens Redis, at the same time. A process that only gives public reads begins without Postgres too: it shows what the
    /// page cache holds, and whoever starts with Postgres migrates it.
    /// </summary>
    /// <exception cref="StartRefusedException">A setting is missing or wrong, or a server does not answer.</exception>
    public static async Task<(StorageOptions Options, RedisDoor Redis)> OpenAsync(
        IConfiguration configuration,
        HostRoles roles,
        CancellationToken cancellationToken
    )
    {
        var read = StorageOptions.Read(configuration);
        if (!read.TryGet(out var options))
        {
            throw new StartRefusedException(read.Problems);
        }

        var redis = OpenRedisAsync(options);
        try
        {
            await MigrateAsync(options, cancellationToken);
        }
        catch (StartRefusedException refused) when (roles.IsWebAlone && refused.InnerException is not PostgresException)
        {
            await Console.Error.WriteLineAsync(
                $"alivemcp: {refused.Message} Until it answers, pages show what is kept."
            );
        }
        catch
        {
            await redis.ContinueWith(Close, TaskScheduler.Default);
            throw;
        }

        return (options, await redis);
    }

    private static void Close(Task<RedisDoor> opened)
    {
        if (opened.IsCompletedSuccessfully)
        {
            opened.GetAwaiter().GetResult().Dispose();
        }
    }

    private static async Task MigrateAsync(StorageOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await new MigrationRunner(options).RunAsync(cancellationToken);
        }
        catch (Exception fault)
            when (fault is NpgsqlException { SqlState: null } or SocketException or TimeoutException || IsRefusal(fault)
            )
        {
            var server = $"{options.Bootstrap.Host}:{options.Bootstrap.Port}";
            throw new StartRefusedException(
                $"Postgres at {server} cannot be used: {fault.Message}. Check ConnectionStrings__Postgres, for example "
                    + "Host=127.0.0.1;Username=postgres;Password=secret;Database=alivemcp.",
                fault
            );
        }
    }

    /// <summary>Wrong password, no such database, no right to connect: classes 28 and 3D.</summary>
    private static bool IsRefusal(Exception fault) =>
        fault is PostgresException { SqlState: var state }
        && (state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("3D", StringComparison.Ordinal));

    private static async Task<RedisDoor> OpenRedisAsync(StorageOptions options)
    {
        try
        {
            return await RedisDoor.OpenAsync(options);
        }
        catch (Exception fault) when (fault is RedisConnectionException or ArgumentException)
        {
            throw new StartRefusedException(
                $"The Redis-protocol server cannot be used: {FirstSentence(fault.Message)}. Check ConnectionStrings__Redis, for example "
                    + "127.0.0.1:6379,password=secret.",
                fault
            );
        }
    }

    private static string FirstSentence(string text) => text.Split(';', 2)[0].TrimEnd('.');
}
