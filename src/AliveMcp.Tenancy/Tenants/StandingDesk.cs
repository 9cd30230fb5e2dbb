using AliveMcp.Storage.Audit;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>Where operators suspend tenants, call them past due, and lift either; at a terminal and over the API.</summary>
public sealed class StandingDesk(TenantQueries tenants, TenantStandings standings)
{
    private const int LongestReason = 300;

    /// <summary>Changes how a tenant stands; the tenant reads the reason, and the row of its audit trail keeps it.</summary>
    /// <param name="slug">Whose.</param>
    /// <param name="status">How it stands from now on.</param>
    /// <param name="reason">Why: 1 to 300 visible characters, whichever way it goes.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The tenant as it stands now; or what is against it.</returns>
    public async Task<Result<ListedTenant>> ChangeAsync(
        string slug,
        TenantStatus status,
        string? reason,
        Actor by,
        CancellationToken cancellationToken
    )
    {
        var why = reason?.Trim() ?? "";
        if (why.Length is 0 or > LongestReason || why.EnumerateRunes().Any(SafeText.IsUnsafe))
        {
            return TenantProblems.ReasonInvalid(LongestReason);
        }

        if (await tenants.FindAsync(slug, cancellationToken) is not { } found)
        {
            return TenantProblems.NotFound(slug);
        }

        // What stands there is nobody's to be held back: public listings are paused one by one.
        if (found.Tenant == TenantId.Public)
        {
            return TenantProblems.OfTheInstall;
        }

        await standings.ChangeAsync(found.Tenant, status, why, by, cancellationToken);
        return (await tenants.FindAsync(slug, cancellationToken))!;
    }
}
