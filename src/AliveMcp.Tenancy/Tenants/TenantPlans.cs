using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Dapper;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>Which plan each tenant is on.</summary>
public sealed class TenantPlans(PostgresDoors doors, PlanTable plans)
{
    /// <summary>The plan of one tenant, read in its own name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tenant, or its plan is not in the table.</exception>
    public async Task<Plan> OfAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var session = await doors.OpenAsync(tenant, cancellationToken);
        var name = await session.Connection.ExecuteScalarAsync<string?>(
            new CommandDefinition(
                "SELECT plan FROM tenancy.tenant WHERE tenant_id = @tenant",
                new { tenant = tenant.Value },
                session.Transaction,
                cancellationToken: cancellationToken
            )
        );
        return name is null ? throw new KeyNotFoundException($"There is no tenant {tenant}.") : plans[name];
    }

    /// <summary>The plans of all tenants: for loops that serve every one of them.</summary>
    public async Task<IReadOnlyDictionary<TenantId, Plan>> OfAllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int Tenant, string Plan)>(
            new CommandDefinition("SELECT tenant_id, plan FROM tenancy.tenant", cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => new TenantId(row.Tenant), row => plans[row.Plan]);
    }
}
