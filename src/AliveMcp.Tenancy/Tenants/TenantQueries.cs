using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>Which tenants there are and how they stand: for operators, who see all of them.</summary>
public sealed class TenantQueries(PostgresDoors doors)
{
    private const string Select = """
        SELECT tenant_id AS Tenant, slug AS Slug, name AS Name, plan AS Plan, status AS Status, status_since AS Since,
            status_reason AS Reason
        FROM tenancy.tenant
        """;

    /// <summary>By number.</summary>
    /// <param name="after">Those whose numbers are greater.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ListedTenant>> PageAsync(int after, int take, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<TenantRow>(
            new CommandDefinition(
                $"{Select} WHERE tenant_id > @after ORDER BY tenant_id LIMIT @take",
                new { after, take },
                cancellationToken: cancellationToken
            )
        );
        return [.. rows.Select(row => row.ToListed())];
    }

    /// <returns>Null when no tenant has that slug.</returns>
    public async Task<ListedTenant?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<TenantRow?>(
            new CommandDefinition($"{Select} WHERE slug = @slug", new { slug }, cancellationToken: cancellationToken)
        );
        return row?.ToListed();
    }
}
