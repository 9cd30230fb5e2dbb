using System.Security.Cryptography;
using AliveMcp.Storage.Migrations;
using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>A database made to try a dump in, and dropped again. One check at a time: what a killed one left is dropped by the next.</summary>
internal sealed class CopyDatabase : IAsyncDisposable
{
    private const string Prefix = "alivemcp_restore_check_";

    /// <summary>Any number that nothing else on the server locks on.</summary>
    private const long LockKey = 0x414C_4956_4552_4343;

    private readonly NpgsqlConnection _keeper;

    private CopyDatabase(NpgsqlConnection keeper, NpgsqlConnectionStringBuilder place)
    {
        _keeper = keeper;
        Place = place;
    }

    /// <summary>Where it is.</summary>
    public NpgsqlConnectionStringBuilder Place { get; }

    /// <summary>Makes an empty database with the letters and the order of letters of the server's own.</summary>
    /// <exception cref="BackupException">Another check runs, or the role may not make databases.</exception>
    public static async Task<CopyDatabase> MakeAsync(
        NpgsqlConnectionStringBuilder server,
        CancellationToken cancellationToken
    )
    {
        var single = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false };
        var keeper = new NpgsqlConnection(single.ConnectionString);
        try
        {
            await keeper.OpenAsync(cancellationToken);
            await RequireAloneAsync(keeper, cancellationToken);
            await DropLeftoversAsync(keeper);
            var name = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
            await ExecuteAsync(keeper, $"CREATE DATABASE {name} TEMPLATE template0", cancellationToken);
            var copy = new CopyDatabase(
                keeper,
                new NpgsqlConnectionStringBuilder(single.ConnectionString) { Database = name }
            );
            return copy;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await keeper.DisposeAsync();
            throw new BackupException(
                $"The role {server.Username} may not make a database to restore into: {refused.MessageText}. Give ConnectionStrings__Postgres "
                    + "a superuser or a role with CREATEDB and BYPASSRLS.",
                refused
            );
        }
        catch
        {
            await keeper.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the roles that the dump gives rights to, then restores it; the first error ends it.</summary>
    /// <exception cref="BackupException">The dump cannot be restored; the message says why.</exception>
    public async Task RestoreAsync(PostgresTools tools, string file, CancellationToken cancellationToken)
    {
        await using (var connection = await OpenAsync(cancellationToken))
        {
            await MigrationRunner.MakeRolesAsync(connection, cancellationToken);
        }

        await tools.RunAsync("pg_restore", Place, ["--exit-on-error", "--jobs=2", file], cancellationToken);
    }

    /// <summary>A session in the copy; the caller closes it.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Place.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        // Not to be cancelled: a check that was interrupted leaves nothing behind either.
        await ExecuteAsync(_keeper, $"DROP DATABASE IF EXISTS {Place.Database} WITH (FORCE)", CancellationToken.None);
        await _keeper.DisposeAsync();
    }

    private static async Task RequireAloneAsync(NpgsqlConnection keeper, CancellationToken cancellationToken)
    {
        await using var command = keeper.CreateCommand();
        command.CommandText = $"SELECT pg_try_advisory_lock({LockKey})";
        if (!(bool)(await command.ExecuteScalarAsync(cancellationToken))!)
        {
            throw new BackupException("Another restore-check runs on this server: wait until it has ended.");
        }
    }

    private static async Task DropLeftoversAsync(NpgsqlConnection keeper)
    {
        var left = new List<string>();
        await using (var command = keeper.CreateCommand())
        {
            command.CommandText = $"SELECT datname FROM pg_database WHERE datname ~ '^{Prefix}[0-9a-f]+$'";
            await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
            while (await reader.ReadAsync(CancellationToken.None))
            {
                left.Add(reader.GetString(0));
            }
        }

        foreach (var name in left)
        {
            await ExecuteAsync(keeper, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
