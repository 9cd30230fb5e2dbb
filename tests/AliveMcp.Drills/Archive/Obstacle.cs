using AliveMcp.Drills.Install;
using AliveMcp.Testing.Storage;
using Dapper;
using Npgsql;

namespace AliveMcp.Drills.Archive;

/// <summary>A lock that is held from outside: whoever comes to it stands there until it is taken away, or dies there.</summary>
internal sealed class Obstacle : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TestStorage _storage;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private Obstacle(TestStorage storage, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_storage, _connection, _transaction) = (storage, connection, transaction);

    public static async Task<Obstacle> PutAsync(TestStorage storage, string sql)
    {
        var connection = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(sql, transaction: transaction, commandTimeout: 60);
        return new Obstacle(storage, connection, transaction);
    }

    /// <summary>Waits until a statement that begins like this stands before it.</summary>
    public async Task HitByAsync(string statement)
    {
        await using var eye = new NpgsqlConnection(_storage.Options.Bootstrap.ConnectionString);
        await Waiting.ForAsync(
            async () =>
                await eye.ExecuteScalarAsync<int>(
                    """
                    SELECT count(*)::int FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock' AND ltrim(query, E' \n') ILIKE @statement || '%'
                    """,
                    new { statement }
                ) > 0,
            Patience,
            $"somebody to stand before '{statement}'"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
