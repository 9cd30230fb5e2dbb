using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Operators;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Ops;

/// <summary>Lists, adds and revokes operators and auditors, at a terminal of the install.</summary>
internal sealed class OperatorOps(OperatorDesk desk, TenantSlugs tenants)
{
    /// <returns>What to print; or what stands against it.</returns>
    public Task<Result<string[]>> RunAsync(OperatorWords asked, CancellationToken cancellationToken) =>
        asked.Verb switch
        {
            "list" => ListAsync(cancellationToken),
            "add" => AddAsync(asked, cancellationToken),
            _ => RevokeAsync(new OperatorId(asked.Number), cancellationToken),
        };

    private async Task<Result<string[]>> AddAsync(OperatorWords asked, CancellationToken cancellationToken)
    {
        if (!PermissionWords.Layers.TryGetValue(asked.Layer, out var layer))
        {
            return new Problem(
                "layer_invalid",
                $"'{SafeText.Of(asked.Layer, 40)}' is no layer: write tenant_operator, root_operator or auditor.",
                "layer"
            );
        }

        TenantId? tenant = null;
        if (asked.Tenant is { } slug)
        {
            tenant = await tenants.FindAsync(slug, cancellationToken);
            if (tenant is null)
            {
                return new Problem("tenant_not_found", $"There is no tenant '{SafeText.Of(slug, 63)}'.", "tenant");
            }
        }

        var life = TimeSpan.FromDays(asked.Number);
        var added = await desk.AddAsync(asked.Name, layer, tenant, life, Actor.AtTerminal, cancellationToken);
        return added.TryGet(out var token)
            ? new[]
            {
                $"{SafeText.Of(asked.Name, 120)} is {asked.Layer} of {asked.Tenant ?? "every tenant"} for {asked.Number} days. The token is told this once:",
                "",
                "  " + token,
            }
            : added.Problems.ToList();
    }

    private async Task<Result<string[]>> RevokeAsync(OperatorId one, CancellationToken cancellationToken) =>
        await desk.RevokeAsync(one, Actor.AtTerminal, cancellationToken)
            ? new[] { $"Operator {one} is revoked." }
            : new Problem("operator_not_found", $"There is no operator {one} whose token is good.", "operator");

    private async Task<Result<string[]>> ListAsync(CancellationToken cancellationToken)
    {
        var names = await tenants.AllAsync(cancellationToken);
        var lines = (await desk.ListAsync(cancellationToken)).Select(one =>
            $"{one.Operator}  {SafeText.Of(one.Name, 120)}  {PermissionWords.Word(one.Layer)}"
            + $"  {(one.Tenant is { } tenant ? names.GetValueOrDefault(tenant, "?") : "every tenant")}"
            + $"  until {Day(one.ExpiresAt)}  last here {(one.LastUsedAt is { } used ? Day(used) : "never")}"
            + (one.RevokedAt is { } ended ? $"  revoked {Day(ended)}" : "")
        );
        string[] told = [.. lines];
        return told.Length > 0 ? told : ["Nobody."];
    }

    private static string Day(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd HH:mm}Z";
}
