using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Rules;

/// <summary>The rules of the scope's tenant.</summary>
internal sealed class RuleQueries(AlertingDb db)
{
    /// <summary>The next rules by number.</summary>
    public async Task<IReadOnlyList<Rule>> PageAsync(int after, int take, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        return await db
            .Rules.AsNoTracking()
            .Include(rule => rule.Ladder)
            .Where(rule => rule.RuleId > after)
            .OrderBy(rule => rule.RuleId)
            .Take(take)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null when the tenant has no such rule.</summary>
    public async Task<Rule?> FindAsync(int id, CancellationToken cancellationToken) =>
        (await PageAsync(id - 1, 1, cancellationToken)).FirstOrDefault(rule => rule.RuleId == id);
}
