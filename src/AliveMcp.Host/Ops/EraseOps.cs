using AliveMcp.Servers.Erasure;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Ops;

/// <summary>Erases servers and tenants for an operator: tells first what would go, and does it with <c>--yes</c>. Prints receipts and stones.</summary>
internal sealed class EraseOps(
    TenantSlugs tenants,
    ServerEraser servers,
    TenantEraser eraser,
    ErasureTraces traces,
    EraseRecords records
)
{
    /// <returns>What to print; or what stands against it.</returns>
    public Task<Result<string[]>> RunAsync(EraseWords asked, CancellationToken cancellationToken) =>
        asked.Verb switch
        {
            "server" => ServerAsync(asked, cancellationToken),
            "tenant" => TenantAsync(asked, cancellationToken),
            "receipts" => records.ReceiptsAsync(new TenantId(asked.Number), cancellationToken),
            "tombstones" => records.TombstonesAsync(cancellationToken),
            _ => records.ReplayAsync(asked.Name, cancellationToken),
        };

    private async Task<Result<string[]>> ServerAsync(EraseWords asked, CancellationToken cancellationToken)
    {
        var (slug, name) = (asked.Name.Split('/')[0], asked.Name.Split('/')[1]);
        if (await tenants.FindAsync(slug, cancellationToken) is not { } tenant)
        {
            return NoTenant(slug);
        }

        if (await servers.FindAsync(tenant, name, cancellationToken) is not { } server)
        {
            return new Problem(
                "server_not_found",
                $"Tenant '{slug}' has no server '{SafeText.Of(name, 63)}'.",
                "server"
            );
        }

        var plan = await traces.OfServerAsync(server, cancellationToken);
        if (!asked.Yes)
        {
            return Told(plan, $"server {asked.Name} (number {server.Server})");
        }

        await servers.AskAsync(server, Actor.AtTerminal, cancellationToken);
        await servers.RunAsync(cancellationToken);
        return await records.ReceiptAsync(server, cancellationToken);
    }

    private async Task<Result<string[]>> TenantAsync(EraseWords asked, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(asked.Name, cancellationToken) is not { } tenant)
        {
            return NoTenant(asked.Name);
        }

        if (tenant == TenantId.Public || tenant == TenantId.Local)
        {
            return new Problem(
                "tenant_built_in",
                $"Tenant '{asked.Name}' belongs to the install: erase its servers instead.",
                "tenant"
            );
        }

        if (!asked.Yes)
        {
            return Told(
                await traces.OfTenantAsync(tenant, cancellationToken),
                $"tenant {asked.Name} (number {tenant})"
            );
        }

        await eraser.EraseAsync(tenant, Actor.AtTerminal, cancellationToken);
        return await records.ReceiptsAsync(tenant, cancellationToken);
    }

    private static string[] Told(IReadOnlyList<SurfaceRows> plan, string what) =>
        [
            $"Would erase {what} for ever:",
            .. plan.Select(surface => $"  {surface.Relation}  {surface.Rows} rows"),
            "Nothing was changed: --yes does it.",
        ];

    private static Problem NoTenant(string slug) =>
        new("tenant_not_found", $"There is no tenant '{SafeText.Of(slug, 63)}'.", "tenant");
}
