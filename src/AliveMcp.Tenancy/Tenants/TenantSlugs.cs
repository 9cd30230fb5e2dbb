using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>Tenants by their slugs: for operators, who name tenants as people do.</summary>
public sealed class TenantSlugs(PostgresDoors doors)
{
    /// <returns>Null when there is no such tenant.</returns>
    public async Task<TenantId?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var found = await connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(
                "SELECT tenant_id FROM tenancy.tenant WHERE slug = @slug",
                new { slug },
                cancellationToken: cancellationToken
            )
        );
        return found is { } tenant ? new TenantId(tenant) : null;
    }

    /// <summary>The slug of every tenant.</summary>
    public async Task<IReadOnlyDictionary<TenantId, string>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int Tenant, string Slug)>(
            new CommandDefinition("SELECT tenant_id, slug FROM tenancy.tenant", cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => new TenantId(row.Tenant), row => row.Slug);
    }
}
