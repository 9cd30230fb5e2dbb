using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Ops;

/// <summary>Makes tenants, tells how they stand and changes that, at a terminal of the install.</summary>
internal sealed class TenantOps(TenantMaker maker, TenantQueries tenants, StandingDesk desk)
{
    private const int Page = 1_000;

    /// <returns>What to print; or what stands against it.</returns>
    public Task<Result<string[]>> RunAsync(TenantWords asked, CancellationToken cancellationToken) =>
        asked.Verb switch
        {
            "list" => ListAsync(cancellationToken),
            "add" => AddAsync(asked, cancellationToken),
            "suspend" => ChangeAsync(asked, TenantStatus.Suspended, cancellationToken),
            "past-due" => ChangeAsync(asked, TenantStatus.PastDue, cancellationToken),
            _ => ChangeAsync(asked, TenantStatus.Active, cancellationToken),
        };

    private async Task<Result<string[]>> AddAsync(TenantWords asked, CancellationToken cancellationToken)
    {
        var made = await maker.MakeAsync(asked.Slug, asked.Name, asked.Plan, Actor.AtTerminal, cancellationToken);
        return made.TryGet(out var token)
            ? new[]
            {
                $"Tenant {asked.Slug} is made, on the plan {asked.Plan}. Its first key is told this once:",
                "",
                "  " + token,
            }
            : made.Problems.ToList();
    }

    private async Task<Result<string[]>> ChangeAsync(
        TenantWords asked,
        TenantStatus status,
        CancellationToken cancellationToken
    )
    {
        var changed = await desk.ChangeAsync(asked.Slug, status, asked.Reason, Actor.AtTerminal, cancellationToken);
        return changed.TryGet(out var now) ? new[] { Line(now) } : changed.Problems.ToList();
    }

    private async Task<Result<string[]>> ListAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        IReadOnlyList<ListedTenant> page;
        var after = 0;
        do
        {
            page = await tenants.PageAsync(after, Page, cancellationToken);
            lines.AddRange(page.Select(Line));
            after = page.Count > 0 ? page[^1].Tenant.Value : after;
        } while (page.Count == Page);

        return lines.ToArray();
    }

    private static string Line(ListedTenant tenant)
    {
        var standing = tenant.Standing.Status switch
        {
            TenantStatus.Suspended => "suspended",
            TenantStatus.PastDue => "past due",
            _ => "active",
        };
        var why = tenant.Standing.Reason is { } reason ? $": {SafeText.Of(reason)}" : "";
        return $"{tenant.Tenant}  {tenant.Slug}  {SafeText.Of(tenant.Name, 80)}  plan {tenant.Plan}"
            + $"  {standing} since {tenant.Standing.Since.UtcDateTime:yyyy-MM-dd HH:mm}Z{why}";
    }
}
