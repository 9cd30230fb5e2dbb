using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Servers.Erasure;

/// <summary>Erases a tenant: its stone first, then its servers one by one, then what belongs to no server. A crash at any point is finished by <see cref="FinishAsync"/>.</summary>
public sealed class TenantEraser(PostgresDoors doors, ServerEraser servers)
{
    /// <summary>Erases a tenant for ever. The install's own two tenants cannot be erased.</summary>
    /// <param name="tenant">Which one.</param>
    /// <param name="by">Who asks; the receipt names him as he is called, at most 200 characters.</param>
    /// <param name="cancellationToken">Gives up; what was begun is finished by the loop.</param>
    public async Task EraseAsync(TenantId tenant, Actor by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "SELECT erasure.bury_tenant(@tenant, @askedBy)",
                    new { tenant = tenant.Value, askedBy = by.Name ?? by.Layer },
                    transaction,
                    cancellationToken: cancellationToken
                )
            );
            var entry = new AuditEntry("tenant.erase_asked", "tenant", tenant.ToString());
            await AuditWriter.WriteActAsync(transaction, AuditWriter.OperatorChain, by, entry, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await FinishAsync(cancellationToken);
    }

    /// <summary>Empties every tenant that has a stone and is not empty.</summary>
    /// <returns>How many were erased.</returns>
    public async Task<int> FinishAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT tenant_id FROM erasure.tenant_tombstone AS stone
            WHERE erased_at IS NULL OR EXISTS (SELECT FROM tenancy.tenant AS t WHERE t.tenant_id = stone.tenant_id)
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var tenants = await connection.QueryAsync<int>(
            new CommandDefinition(sql, cancellationToken: cancellationToken)
        );
        var erased = 0;
        foreach (var tenant in tenants)
        {
            // Each server in a transaction of its own: an account of years is too much for one.
            await servers.RunAsync(cancellationToken);
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "SELECT erasure.erase_tenant(@tenant)",
                    new { tenant },
                    cancellationToken: cancellationToken
                )
            );
            erased++;
        }

        return erased;
    }
}
