using AliveMcp.Storage.Postgres;
using Dapper;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>Writes the group bindings of the settings into the database, from where alone memberships are given: requests cannot add to them.</summary>
internal sealed class GroupBindings(PostgresDoors doors, IOptions<SignInOptions> options)
{
    /// <summary>Replaces what stands there by what the settings say. A tenant that does not exist gets nothing.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var grants = options
            .Value.Oidc.Values.SelectMany(oidc =>
                oidc.Groups.SelectMany(group =>
                    (GroupGrant.Read(group.Value) ?? []).Select(grant => (oidc.Issuer, Group: group.Key, grant))
                )
            )
            .ToList();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two processes start at once: one after the other.
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                LOCK TABLE tenancy.group_binding IN SHARE ROW EXCLUSIVE MODE;
                DELETE FROM tenancy.group_binding;
                INSERT INTO tenancy.group_binding (tenant_id, issuer, group_name, role)
                SELECT t.tenant_id, given.issuer, given.group_name, given.role
                FROM unnest(@issuers, @groups, @slugs, @roles) AS given (issuer, group_name, slug, role)
                    JOIN tenancy.tenant AS t ON t.slug = given.slug
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    issuers = grants.Select(grant => grant.Issuer).ToArray(),
                    groups = grants.Select(grant => grant.Group).ToArray(),
                    slugs = grants.Select(grant => grant.grant.TenantSlug).ToArray(),
                    roles = grants.Select(grant => grant.grant.Role).ToArray(),
                },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        await transaction.CommitAsync(cancellationToken);
    }
}
