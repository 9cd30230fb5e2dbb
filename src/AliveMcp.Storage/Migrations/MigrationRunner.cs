using Npgsql;

namespace AliveMcp.Storage.Migrations;

/// <summary>
/// Brings a database up to date: roles as the bootstrap user, then every missing migration as <c>alivemcp_owner</c>, each in a transaction
/// of its own, under an advisory lock so that any number of programs may start at once. Forward only.
/// </summary>
public sealed class MigrationRunner(StorageOptions options)
{
    /// <summary>Any number that nothing else in the database locks on.</summary>
    private const long LockKey = 0x414C_4956_454D_4350;

    /// <summary>Makes the three roles when they are missing and lets the owner build in the connection's database: all that a restored dump asks for.</summary>
    public static Task MakeRolesAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, Migration.Read("bootstrap.sql"), cancellationToken);

    /// <summary>Runs what has not run yet and gives the app's and worker's roles the passwords of the connection strings.</summary>
    /// <returns>How many migrations ran.</returns>
    /// <exception cref="InvalidOperationException">A migration that ran earlier has another text now.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(options.Bootstrap.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);

        // The lock goes with the connection, which closes with its source.
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);
        await MakeRolesAsync(connection, cancellationToken);
        await GivePasswordAsync(connection, options.App, cancellationToken);
        await GivePasswordAsync(connection, options.Worker, cancellationToken);
        return await MigrateAsync(connection, cancellationToken);
    }

    private static async Task<int> MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "SET ROLE alivemcp_owner", cancellationToken);
        await ExecuteAsync(
            connection,
            """
            CREATE SCHEMA IF NOT EXISTS history;
            CREATE TABLE IF NOT EXISTS history.migration (
                number integer PRIMARY KEY, name text NOT NULL, checksum bytea NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
            """,
            cancellationToken
        );
        var applied = await AppliedAsync(connection, cancellationToken);
        var ran = 0;
        foreach (var migration in Migration.All())
        {
            if (applied.TryGetValue(migration.Number, out var checksum))
            {
                RefuseChanged(migration, checksum);
                continue;
            }

            await ApplyAsync(connection, migration, cancellationToken);
            ran++;
        }

        return ran;
    }

    private static void RefuseChanged(Migration migration, byte[] checksum)
    {
        if (!migration.Checksum.AsSpan().SequenceEqual(checksum))
        {
            throw new InvalidOperationException(
                $"Migration {migration.Name} ran with another text before. Migrations are never edited: add a new one."
            );
        }
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection,
        Migration migration,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, migration.Sql, cancellationToken);
        await using var note = connection.CreateCommand();
        note.CommandText = "INSERT INTO history.migration (number, name, checksum) VALUES ($1, $2, $3)";
        note.Parameters.Add(new() { Value = migration.Number });
        note.Parameters.Add(new() { Value = migration.Name });
        note.Parameters.Add(new() { Value = migration.Checksum });
        await note.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<Dictionary<int, byte[]>> AppliedAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var applied = new Dictionary<int, byte[]>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, checksum FROM history.migration";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied[reader.GetInt32(0)] = reader.GetFieldValue<byte[]>(1);
        }

        return applied;
    }

    /// <summary>Only for the house's own two roles: a login that an operator made by hand keeps its password.</summary>
    private static async Task GivePasswordAsync(
        NpgsqlConnection connection,
        NpgsqlConnectionStringBuilder login,
        CancellationToken cancellationToken
    )
    {
        if (login.Username is not ("alivemcp_app" or "alivemcp_worker") || string.IsNullOrEmpty(login.Password))
        {
            return;
        }

        // ALTER ROLE takes no parameters; the server quotes the literals for us. XX000 is "tuple concurrently updated": another database's
        // migration gave the same password at the same moment. It is caught on the server because the client drops a connection over it.
        await using var quote = connection.CreateCommand();
        quote.CommandText = """
            SELECT format('DO %L', format(
                'BEGIN ALTER ROLE %I PASSWORD %L; EXCEPTION WHEN SQLSTATE ''XX000'' THEN NULL; END', $1::text, $2::text))
            """;
        quote.Parameters.Add(new() { Value = login.Username });
        quote.Parameters.Add(new() { Value = login.Password });
        var sql = (string)(await quote.ExecuteScalarAsync(cancellationToken))!;
        await ExecuteAsync(connection, sql, cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;

        // Waiting for another program's migration, or running a long one, takes what it takes.
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
