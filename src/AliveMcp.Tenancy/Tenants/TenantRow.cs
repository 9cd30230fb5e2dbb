using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>A row of <c>tenancy.tenant</c> as Dapper reads it.</summary>
internal sealed record TenantRow(
    int Tenant,
    string Slug,
    string Name,
    string Plan,
    string Status,
    DateTime Since,
    string? Reason
)
{
    public ListedTenant ToListed() =>
        new(
            new TenantId(Tenant),
            Slug,
            Name,
            Plan,
            new TenantStanding(TenantStanding.Of(Status), new DateTimeOffset(Since, TimeSpan.Zero), Reason)
        );
}
