using System.Globalization;
using System.Text.Json;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Rules;

/// <summary>Makes, changes and removes the rules of the scope's tenant, each with its row in the trail.</summary>
public sealed class RuleActs
{
    private readonly AlertingDb _db;
    private readonly TenantScope _scope;
    private readonly TimeProvider _clock;

    internal RuleActs(AlertingDb db, TenantScope scope, TimeProvider clock) =>
        (_db, _scope, _clock) = (db, scope, clock);

    /// <summary>Makes another one.</summary>
    /// <param name="body">What <c>POST /rules</c> takes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SeenRule>> CreateAsync(JsonElement body, CancellationToken cancellationToken)
    {
        var read = RuleReader.Read(body);
        if (!read.TryGet(out var wish))
        {
            return read.Problems.ToList();
        }

        await using var transaction = await _db.BeginAsync(cancellationToken);
        await LockAsync(_db, cancellationToken);
        if (await _db.Rules.CountAsync(cancellationToken) >= RuleProblems.Most)
        {
            return RuleProblems.TooMany;
        }

        if (await RefusalAsync(wish, besides: 0, cancellationToken) is { Count: > 0 } problems)
        {
            return problems;
        }

        var rule = Rule.Of(wish, _scope.Tenant!.Value, _clock.GetUtcNow());
        _db.Rules.Add(rule);
        await _db.SaveChangesAsync(cancellationToken);
        _db.Audit(new AuditEntry("rule.created", "rule", Id(rule.RuleId)) { After = SeenRule.Of(rule) });
        await transaction.CommitAsync(cancellationToken);
        return SeenRule.Of(rule);
    }

    /// <summary>Gives a rule everything anew.</summary>
    /// <param name="id">Which.</param>
    /// <param name="body">What <c>PUT /rules/{id}</c> takes.</param>
    /// <param name="precondition">The state that the caller knows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SeenRule>> ReplaceAsync(
        int id,
        JsonElement body,
        Precondition precondition,
        CancellationToken cancellationToken
    )
    {
        var read = RuleReader.Read(body);
        if (!read.TryGet(out var wish))
        {
            return read.Problems.ToList();
        }

        await using var transaction = await _db.BeginAsync(cancellationToken);
        await LockAsync(_db, cancellationToken);
        var found = await FindAsync(id, precondition, cancellationToken);
        if (!found.TryGet(out var rule))
        {
            return found.Problems.ToList();
        }

        if (await RefusalAsync(wish, besides: id, cancellationToken) is { Count: > 0 } problems)
        {
            return problems;
        }

        var before = SeenRule.Of(rule);
        rule.Take(wish);
        rule.Version++;
        await _db.SaveChangesAsync(cancellationToken);
        _db.Audit(new AuditEntry("rule.changed", "rule", Id(id)) { Before = before, After = SeenRule.Of(rule) });
        await transaction.CommitAsync(cancellationToken);
        return SeenRule.Of(rule);
    }

    /// <summary>Removes one; what it has sent stays in the log.</summary>
    public async Task<Problem?> RemoveAsync(int id, Precondition precondition, CancellationToken cancellationToken)
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        await LockAsync(_db, cancellationToken);
        var found = await FindAsync(id, precondition, cancellationToken);
        if (!found.TryGet(out var rule))
        {
            return found.Problems[0];
        }

        _db.Audit(new AuditEntry("rule.removed", "rule", Id(id)) { Before = SeenRule.Of(rule) });
        _db.Rules.Remove(rule);
        await _db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private async Task<Result<Rule>> FindAsync(int id, Precondition precondition, CancellationToken cancellationToken)
    {
        var rule = await _db
            .Rules.Include(row => row.Ladder)
            .SingleOrDefaultAsync(row => row.RuleId == id, cancellationToken);
        return rule is null ? RuleProblems.NotFound(id)
            : !precondition.IsGiven ? RuleProblems.Unconditional
            : !precondition.Holds(rule.Etag) ? RuleProblems.Stale(id)
            : rule;
    }

    /// <summary>One at a time in a tenant: names, numbers and counts are looked at before they are written.</summary>
    internal static Task LockAsync(AlertingDb db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(7141, storage.tenant())", cancellationToken);

    private async Task<List<Problem>> RefusalAsync(RuleWish wish, int besides, CancellationToken cancellationToken)
    {
        List<Problem> problems = [];
        if (await _db.Rules.AnyAsync(row => row.Name == wish.Name && row.RuleId != besides, cancellationToken))
        {
            problems.Add(RuleProblems.Taken(wish.Name));
        }

        var own = await _db
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
