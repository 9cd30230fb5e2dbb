using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>What people do with their own accounts is no tenant's: it stands in the chain of the install, by the person's number.</summary>
internal static class PersonTrail
{
    /// <summary>Writes one row, there when and only if the session's transaction commits.</summary>
    public static Task TellAsync(
        this TenantSession work,
        PersonId person,
        string action,
        Visitor? visitor,
        CancellationToken cancellationToken
    ) =>
        AuditWriter.WriteActAsync(
            work.Transaction,
            AuditWriter.OperatorChain,
            new Actor
            {
                Layer = PermissionWords.Word(Layer.Customer),
                Person = person,
                Address = visitor?.Address,
                UserAgent = visitor?.Agent,
            },
            new AuditEntry(action, "person", person.ToString()),
            cancellationToken
        );

    /// <summary>Of what a group of the identity provider did to a membership: it stands in the tenant's chain.</summary>
    public static async Task TellOfTenantAsync(
        this TenantSession work,
        TenantId tenant,
        PersonId person,
        string action,
        CancellationToken cancellationToken
    )
    {
        await work.Connection.ExecuteAsync(
            work.Command(
                "SELECT set_config('app.tenant_id', @tenant, true)",
                new { tenant = tenant.ToString() },
                cancellationToken
            )
        );
        await AuditWriter.WriteActAsync(
            work.Transaction,
            tenant,
            new Actor { Layer = PermissionWords.Word(Layer.Customer), Person = person },
            new AuditEntry(action, "person", person.ToString()) { Why = "a group of the identity provider" },
            cancellationToken
        );
    }
}
