using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Rules;

/// <summary>The rules of the scope's tenant.</summary>
public sealed class RuleQueries
{
    private readonly AlertingDb _db;

    internal RuleQueries(AlertingDb db) => _db = db;

    /// <summary>The next rules by number.</summary>
    public async Task<IReadOnlyList<SeenRule>> PageAsync(int after, int take, CancellationToken cancellationToken)
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        var rules = await _db
            .Rules.AsNoTracking()
            .Include(rule => rule.Ladder)
            .Where(rule => rule.RuleId > after)
            .OrderBy(rule => rule.RuleId)
            .Take(take)
            .ToListAsync(cancellationToken);
        return [.. rules.Select(SeenRule.Of)];
    }

    /// <summary>Null when the tenant has no such rule.</summary>
    public async Task<SeenRule?> FindAsync(int id, CancellationToken cancellationToken) =>
        (await PageAsync(id - 1, 1, cancellationToken)).FirstOrDefault(rule => rule.Id == id);
}
