using System.Globalization;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Rules;

/// <summary>Makes, changes and removes the rules of the scope's tenant, each with its row in the trail.</summary>
internal sealed class RuleActs(AlertingDb db, TenantScope scope, TimeProvider clock)
{
    public async Task<Result<Rule>> CreateAsync(RuleWish wish, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        await LockAsync(db, cancellationToken);
        if (await db.Rules.CountAsync(cancellationToken) >= RuleProblems.Most)
        {
            return RuleProblems.TooMany;
        }

        if (await RefusalAsync(wish, besides: 0, cancellationToken) is { Count: > 0 } problems)
        {
            return problems;
        }

        var rule = Rule.Of(wish, scope.Tenant!.Value, clock.GetUtcNow());
        db.Rules.Add(rule);
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(new AuditEntry("rule.created", "rule", Id(rule.RuleId)) { After = SeenRule.Of(rule) });
        await transaction.CommitAsync(cancellationToken);
        return rule;
    }

    /// <summary>Gives a rule everything anew.</summary>
    public async Task<Result<Rule>> ReplaceAsync(
        int id,
        RuleWish wish,
        Precondition precondition,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        await LockAsync(db, cancellationToken);
        var found = await FindAsync(id, precondition, cancellationToken);
        if (!found.TryGet(out var rule))
        {
            return found;
        }

        if (await RefusalAsync(wish, besides: id, cancellationToken) is { Count: > 0 } problems)
        {
            return problems;
        }

        var before = SeenRule.Of(rule);
        rule.Take(wish);
        rule.Version++;
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(new AuditEntry("rule.changed", "rule", Id(id)) { Before = before, After = SeenRule.Of(rule) });
        await transaction.CommitAsync(cancellationToken);
        return rule;
    }

    public async Task<Problem?> RemoveAsync(int id, Precondition precondition, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        await LockAsync(db, cancellationToken);
        var found = await FindAsync(id, precondition, cancellationToken);
        if (!found.TryGet(out var rule))
        {
            return found.Problems[0];
        }

        db.Audit(new AuditEntry("rule.removed", "rule", Id(id)) { Before = SeenRule.Of(rule) });
        db.Rules.Remove(rule);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private async Task<Result<Rule>> FindAsync(int id, Precondition precondition, CancellationToken cancellationToken)
    {
        var rule = await db
            .Rules.Include(row => row.Ladder)
            .SingleOrDefaultAsync(row => row.RuleId == id, cancellationToken);
        return rule is null ? RuleProblems.NotFound(id)
            : !precondition.IsGiven ? RuleProblems.Unconditional
            : !precondition.Holds(rule.Etag) ? RuleProblems.Stale(id)
            : rule;
    }

    /// <summary>One at a time in a tenant: names, numbers and counts are looked at before they are written.</summary>
    public static Task LockAsync(AlertingDb db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(7141, storage.tenant())", cancellationToken);

    private async Task<List<Problem>> RefusalAsync(RuleWish wish, int besides, CancellationToken cancellationToken)
    {
        List<Problem> problems = [];
        if (await db.Rules.AnyAsync(row => row.Name == wish.Name && row.RuleId != besides, cancellationToken))
        {
            problems.Add(RuleProblems.Taken(wish.Name));
        }

        var own = await db
            .Database.SqlQuery<int>(
                $"SELECT sink_id AS \"Value\" FROM alerting.sink WHERE tenant_id = storage.tenant()"
            )
            .ToListAsync(cancellationToken);
        foreach (var (step, index) in wish.Steps.Select((step, index) => (step, index)))
        {
            problems.AddRange(
                step.Sinks.Select((sink, place) => (sink, place))
                    .Where(named => !own.Contains(named.sink))
                    .Select(named => RuleProblems.NoSink(named.sink, $"steps[{index}].sinks[{named.place}]"))
            );
        }

        return problems;
    }

    private static string Id(int id) => id.ToString(CultureInfo.InvariantCulture);
}
