using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Members;

/// <summary>Where the owners of a tenant read what concerns it: for loops that tell them of trouble.</summary>
public sealed class OwnerAddresses(PostgresDoors doors)
{
    private const int Most = 10;

    /// <summary>A proven address of each owner; empty for a tenant without one, as that of the install.</summary>
    public async Task<IReadOnlyList<EmailAddress>> OfAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT DISTINCT ON (m.person_id) e.email FROM tenancy.membership AS m JOIN tenancy.person_email AS e USING (person_id)
            WHERE m.tenant_id = @tenant AND m.role = 'owner' AND e.verified_at IS NOT NULL
            ORDER BY m.person_id, e.verified_at LIMIT @most
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var found = await connection.QueryAsync<string>(
            new CommandDefinition(sql, new { tenant = tenant.Value, most = Most }, cancellationToken: cancellationToken)
        );
        return [.. found.Select(text => EmailAddress.TryParse(text, out var address) ? address : default)];
    }
}
