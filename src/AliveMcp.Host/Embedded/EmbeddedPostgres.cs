using System.Globalization;
using AliveMcp.Host.Embedded.Children;
using Npgsql;

namespace AliveMcp.Host.Embedded;

/// <summary>A Postgres of our own on 127.0.0.1, kept running until disposed.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly SupervisedChild _child;

    private EmbeddedPostgres(SupervisedChild child, string connectionString)
    {
        _child = child;
        ConnectionString = connectionString;
    }

    /// <summary>As the superuser <c>postgres</c>, database <c>postgres</c>. It bypasses row security: for migrations and for making databases.</summary>
    public string ConnectionString { get; }

    /// <summary>Of the present run; another one after a restart.</summary>
    public int ProcessId => _child.Pid;

    /// <summary>Makes the cluster when there is none, starts the server and waits until it answers.</summary>
    /// <exception cref="ChildFailedException">It could not be started; the message says why and what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options,
        CancellationToken cancellationToken
    )
    {
        var cluster = new PostgresCluster(Path.GetFullPath(options.Folder));
        await Leftover.EndAsync(cluster.ServerPidFile, cluster.Data, options.Time, cancellationToken);
        await cluster.MakeAsync(options.SafeWrites, cancellationToken);
        var port = PrivateFiles.Port(cluster.PortFile, options.Port);
        var connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Password = cluster.Password,
            Database = "postgres",
        }.ConnectionString;
        var child = await SupervisedChild.StartAsync(
            Order(options, cluster, port),
            token => AnswersAsync(connectionString, options.Time, token),
            options.Time,
            options.Log,
            cancellationToken
        );
        return new EmbeddedPostgres(child, connectionString);
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static ChildOrder Order(EmbeddedPostgresOptions options, PostgresCluster cluster, int port)
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            "unix_socket_directories=",
            "max_connections=200",
            "max_wal_size=256MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // Compiling a query costs more than any of ours takes.
            "jit=off",
            .. options.SafeWrites ? (string[])[] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
        ];
        return new ChildOrder
        {
            Name = "postgres",
            Command =
            [
                .. cluster.Identity.Prefix,
                // The wrapper of the order is outside a change of user, which clears the parent-death signal: so once more inside.
                .. InnerWrapper(cluster.Identity),
                cluster.Programs.Server,
                "-D",
                cluster.Data,
                .. settings.SelectMany(setting => (string[])["-c", setting]),
            ],
            // Fast shutdown: ends the sessions and writes a checkpoint.
            StopSignal = PosixSignals.Interrupt,
            PidFile = options.PidFile,
            LogFile = options.LogFile,
        };
    }

    private static string[] InnerWrapper(PostgresIdentity identity) =>
        identity.Prefix.Count == 0 ? [] : ["setpriv", "--pdeathsig=INT", "--"];

    private static async Task AnswersAsync(
        string connectionString,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var once = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 };
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(once.ConnectionString);
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException exception) when (IsStarting(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
            }
        }
    }

    private static bool IsStarting(NpgsqlException exception) =>
        exception is not PostgresException refused || refused.SqlState == PostgresErrorCodes.CannotConnectNow;
}
