using AliveMcp.Archive;
using AliveMcp.Archive.Retention;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Ops;

/// <summary>Tells an operator what retention would drop and why, and does it when asked to.</summary>
internal sealed class RetentionOps(HistoryRetention retention, TenantSlugs tenants, ClockAgreement clocks)
{
    /// <returns>What to print; or whose promise stands against it.</returns>
    public async Task<Result<string[]>> RunAsync(RetentionWords asked, CancellationToken cancellationToken)
    {
        if (asked.Release is { } slug)
        {
            return await ReleaseAsync(slug, cancellationToken);
        }

        if (asked.Apply && !await clocks.HoldsAsync())
        {
            return new Problem(
                "clocks_apart",
                "This machine's clock and that of Redis are more than 5 s apart, or Redis does not answer: what is over cannot be told, and nothing is dropped until they agree.",
                "--apply"
            );
        }

        var found = await retention.LookAsync(cancellationToken);
        if (found.Broken.Count > 0)
        {
            return found.Broken.ToList();
        }

        var lines = found.Lines();
        if (lines.Count == 0)
        {
            return new[] { "Nothing is over." };
        }

        if (!asked.Apply)
        {
            return lines.Append("Nothing was changed: --apply does it.").ToArray();
        }

        await retention.NoteAskedAsync(Actor.AtTerminal, cancellationToken);
        var done = await retention.ApplyAsync(found, cancellationToken);
        return lines
            .Append($"Dropped {done.Dropped.Count} partitions, deleted {done.Deleted.Sum(table => table.Value)} rows.")
            .Concat(done.Held.Select(held => $"archive.{held} is being read; it stays for the next round."))
            .Concat(done.IsUnfinished ? ["There may be more: run it again."] : [])
            .ToArray();
    }

    private async Task<Result<string[]>> ReleaseAsync(string slug, CancellationToken cancellationToken)
    {
        var tenant = await tenants.FindAsync(slug, cancellationToken);
        if (tenant is not { } known)
        {
            return new Problem("tenant_not_found", $"There is no tenant '{SafeText.Of(slug, 63)}'.", "tenant");
        }

        return await retention.ReleaseAsync(known, Actor.AtTerminal, cancellationToken)
            ? new[] { $"{slug} is promised what its plan says today; what it was promised before is given up." }
            : new Problem("plan_missing", $"The plan of {slug} is not in plans.yaml.", "tenant");
    }
}
