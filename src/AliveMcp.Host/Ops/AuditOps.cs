using System.Globalization;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Ops;

/// <summary>Checks the audit trail for an operator: <c>verify-audit [--tenant SLUG|NUMBER|operator]</c>.</summary>
internal sealed class AuditOps(AuditVerifier verifier, TenantSlugs tenants)
{
    /// <returns>Which chain was asked for (an empty text: all); null when the words make no sense.</returns>
    public static string? Read(IReadOnlyList<string> words) =>
        words switch
        {
            ["verify-audit"] => "",
            ["verify-audit", "--tenant", var tenant] when tenant.Length > 0 && !tenant.StartsWith('-') => tenant,
            _ => null,
        };

    /// <returns>A line a chain; or every chain that is not as it was written.</returns>
    public async Task<Result<string[]>> RunAsync(string asked, CancellationToken cancellationToken)
    {
        TenantId? chain = null;
        if (asked.Length > 0)
        {
            chain = await ChainAsync(asked, cancellationToken);
            if (chain is null)
            {
                return new Problem("tenant_not_found", $"There is no tenant '{SafeText.Of(asked, 63)}'.", "--tenant");
            }
        }

        var standings = await verifier.VerifyAsync(chain, cancellationToken);
        var broken = standings
            .Where(standing => standing.Fault is not null)
            .Select(standing => new Problem("audit_broken", standing.ToString(), "verify-audit"))
            .ToList();
        return broken.Count > 0 ? broken : standings.Select(standing => standing.ToString()).ToArray();
    }

    private async Task<TenantId?> ChainAsync(string asked, CancellationToken cancellationToken) =>
        asked == "operator" ? AuditWriter.OperatorChain
        : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new TenantId(number)
        : await tenants.FindAsync(asked, cancellationToken);
}
