using AliveMcp.Vocabulary;
using Npgsql;

namespace AliveMcp.Storage.Postgres;

/// <summary>The two ways into the database. Which one a piece of code uses shows in review by its name.</summary>
public sealed class PostgresDoors(StorageOptions options) : IAsyncDisposable
{
    /// <summary>Role <c>alivemcp_app</c>: zero rows until a transaction names its tenant.</summary>
    public NpgsqlDataSource App { get; } = NpgsqlDataSource.Create(options.App.ConnectionString);

    /// <summary>Role <c>alivemcp_worker</c>, which row security does not bind: for loops that serve every tenant, never for a request.</summary>
    public NpgsqlDataSource AllTenants { get; } = NpgsqlDataSource.Create(options.Worker.ConnectionString);

    /// <summary>Opens a transaction as the app, in the name of one tenant. Dispose the session to end it; commit to keep what was written.</summary>
    public async Task<TenantSession> OpenAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var connection = await App.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT set_config('app.tenant_id', $1, true)";
            command.Parameters.Add(new() { Value = tenant.ToString() });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new TenantSession(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await AllTenants.DisposeAsync();
    }
}
