using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>What the caller's tenant is, and what its people call it. Its slug stands in addresses and stays.</summary>
public sealed class OwnTenantDesk(PostgresDoors doors, Caller caller, Trail trail)
{
    private const int LongestName = 80;

    private const string Select = """
        SELECT tenant_id AS Tenant, slug AS Slug, name AS Name, plan AS Plan, status AS Status, status_since AS Since,
            status_reason AS Reason
        FROM tenancy.tenant WHERE tenant_id = storage.tenant()
        """;

    /// <summary>As it stands now.</summary>
    public async Task<ListedTenant> OfAsync(CancellationToken cancellationToken)
    {
        await using var work = await OpenAsync(cancellationToken);
        return await ReadAsync(work, cancellationToken);
    }

    /// <summary>Calls it something else.</summary>
    /// <param name="name">1 to 80 characters that can be read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The tenant as it is now; or what is wrong with the name.</returns>
    public async Task<Result<ListedTenant>> RenameAsync(string? name, CancellationToken cancellationToken)
    {
        var wanted = name?.Trim() ?? "";
        if (wanted.Length is 0 or > LongestName || SafeText.Of(wanted, LongestName) != wanted)
        {
            return TenantProblems.NameInvalid;
        }

        await using var work = await OpenAsync(cancellationToken);
        await work.Connection.ExecuteAsync(
            work.Command(
                "SELECT FROM tenancy.tenant WHERE tenant_id = storage.tenant() FOR NO KEY UPDATE",
                null,
                cancellationToken
            )
        );
        var before = await ReadAsync(work, cancellationToken);
        if (before.Name == wanted)
        {
            return before;
        }

        await work.Connection.ExecuteAsync(
            work.Command(
                "UPDATE tenancy.tenant SET name = @wanted WHERE tenant_id = storage.tenant()",
                new { wanted },
                cancellationToken
            )
        );
        await trail.TellAsync(
            work,
            before.Tenant,
            new AuditEntry("tenant.renamed", "tenant", before.Tenant.ToString())
            {
                Before = new { name = before.Name },
                After = new { name = wanted },
            },
            cancellationToken
        );
        await work.CommitAsync(cancellationToken);
        return before with { Name = wanted };
    }

    private static async Task<ListedTenant> ReadAsync(TenantSession work, CancellationToken cancellationToken)
    {
        var row = await work.Connection.QuerySingleAsync<TenantRow>(work.Command(Select, null, cancellationToken));
        return row.ToListed();
    }

    private Task<TenantSession> OpenAsync(CancellationToken cancellationToken) =>
        doors.OpenAsync(
            person: null,
            caller.Tenant ?? throw new InvalidOperationException("Nobody acts for a tenant here."),
            cancellationToken
        );
}
