using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Dapper;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>Which plan holds for each tenant: its own, or <c>public</c> when a payment has been missing for longer than the grace.</summary>
public sealed class TenantPlans(PostgresDoors doors, PlanTable plans, TimeProvider clock)
{
    private const string Columns =
        "tenant_id AS Tenant, plan AS Plan, status AS Status, status_since AS Since, status_reason AS Reason";

    /// <summary>The plan of one tenant, read in its own name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tenant, or its plan is not in the table.</exception>
    public async Task<Plan> OfAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var session = await doors.OpenAsync(tenant, cancellationToken);
        var row = await session.Connection.QuerySingleOrDefaultAsync<Row?>(
            session.Command(
                $"SELECT {Columns} FROM tenancy.tenant WHERE tenant_id = @tenant",
                new { tenant = tenant.Value },
                cancellationToken
            )
        );
        return row is null ? throw new KeyNotFoundException($"There is no tenant {tenant}.") : InForce(row);
    }

    /// <summary>The plans of all tenants: for loops that serve every one of them.</summary>
    public async Task<IReadOnlyDictionary<TenantId, Plan>> OfAllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition($"SELECT {Columns} FROM tenancy.tenant", cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => new TenantId(row.Tenant), InForce);
    }

    private Plan InForce(Row row)
    {
        var standing = new TenantStanding(
            TenantStanding.Of(row.Status),
            new DateTimeOffset(row.Since, TimeSpan.Zero),
            row.Reason
        );
        return plans[standing.HasLostItsPlan(clock.GetUtcNow()) ? "public" : row.Plan];
    }

    private sealed record Row(int Tenant, string Plan, string Status, DateTime Since, string? Reason);
}
