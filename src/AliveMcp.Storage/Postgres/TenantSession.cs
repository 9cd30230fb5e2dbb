using Dapper;
using Npgsql;

namespace AliveMcp.Storage.Postgres;

/// <summary>One transaction in the name of one tenant.</summary>
public sealed class TenantSession(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public NpgsqlConnection Connection { get; } = connection;

    public NpgsqlTransaction Transaction { get; } = transaction;

    /// <summary>A statement within the transaction.</summary>
    public CommandDefinition Command(string sql, object? values, CancellationToken cancellationToken) =>
        new(sql, values, Transaction, cancellationToken: cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => Transaction.CommitAsync(cancellationToken);

    /// <summary>Rolls back what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
