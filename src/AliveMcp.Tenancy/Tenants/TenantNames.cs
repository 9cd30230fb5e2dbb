using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>How tenants are called, for papers that bear their name.</summary>
public sealed class TenantNames(PostgresDoors doors)
{
    /// <summary>The name of one tenant, read in its own name; empty when there is no such tenant.</summary>
    public async Task<string> OfAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var session = await doors.OpenAsync(tenant, cancellationToken);
        var name = await session.Connection.ExecuteScalarAsync<string?>(
            session.Command(
                "SELECT name FROM tenancy.tenant WHERE tenant_id = @tenant",
                new { tenant = tenant.Value },
                cancellationToken
            )
        );
        return name ?? "";
    }
}
