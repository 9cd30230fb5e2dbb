using System.Globalization;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Rules;

/// <summary>
/// <c>rules</c> of the file. A rule is known by its name and names sinks by theirs. What leaves the file is switched off, and removed when it is pruned.
/// </summary>
internal sealed class RulesPart(AlertingDb db, SinksPart sinks, TenantScope scope, TimeProvider clock) : IFilePart
{
    private readonly List<FileItem> _items = [];
    private List<Rule> _known = [];
    private ApplyOptions _options = new();

    public string Key => "rules";

    public string Permission => Can.WriteAlerts;

    public void Read(IReadOnlyList<FileItem> items, List<Problem> problems)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var read = RuleReader.Read(item.Body, SinkNames.Any);
            problems.AddRange(read.Problems.Select(problem => item.At(problem)));
            if (!read.TryGet(out var wish))
            {
                continue;
            }

            _items.Add(item);
            if (!names.TryAdd(wish.Name, item.Place))
            {
                problems.Add(item.At(FileTwin(names[wish.Name])));
            }
        }

        sinks.Rules = names.Keys.ToHashSet(StringComparer.Ordinal);
    }

    public async Task<PartChange> TakeAsync(
        RoomDb within,
        ApplyOptions options,
        List<Problem> problems,
        CancellationToken cancellationToken
    )
    {
        await db.JoinAsync(within, cancellationToken);
        // In the order of the sinks' own part: no sink that a rule is about to name leaves meanwhile.
        await SinkSetup.LockAsync(db, scope.Tenant!.Value, cancellationToken);
        await RuleActs.LockAsync(db, cancellationToken);
        _options = options;
        _known = await db.Rules.Include(rule => rule.Ladder).ToListAsync(cancellationToken);
        await db.Sinks.LoadAsync(cancellationToken);

        var wishes = new List<RuleWish>();
        foreach (var item in _items)
        {
            var read = RuleReader.Read(item.Body, Names());
            problems.AddRange(read.Problems.Select(problem => item.At(problem)));
            if (read.TryGet(out var wish))
            {
                wishes.Add(wish);
            }
        }

        var change = Compare(wishes);
        if (_known.Count + change.Created.Count - change.Removed.Count > RuleProblems.Most)
        {
            problems.Add(RuleProblems.TooMany);
        }

        return change;
    }

    public async Task<IReadOnlyList<string>> SaveAsync(CancellationToken cancellationToken)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in _items)
        {
            // By now every sink has its number.
            if (!RuleReader.Read(item.Body, Names()).TryGet(out var wish))
            {
                throw new InvalidOperationException($"{item.Place} was read, and is not read any more.");
            }

            listed.Add(wish.Name);
            await SaveAsync(wish, cancellationToken);
        }

        foreach (var rule in Leaving(listed).ToList())
        {
            await LeaveAsync(rule, cancellationToken);
        }

        return IsSilent
            ?
            [
                "No rule is in force: nobody is told of anything. Switch a rule on, or remove all of them, and every verified sink hears everything.",
            ]
            : [];
    }

    public async Task<JsonArray> WriteAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        var names = await db
            .Sinks.AsNoTracking()
            .ToDictionaryAsync(sink => sink.SinkId, sink => sink.Name, cancellationToken);
        var rules = await db
            .Rules.AsNoTracking()
            .Include(rule => rule.Ladder)
            // One whose sinks were removed says nothing, and no file could say it.
            .Where(rule => rule.Ladder.Count > 0)
            .OrderBy(rule => rule.Name)
            .ToListAsync(cancellationToken);
        return [.. rules.Select(rule => FiledRule.Write(SeenRule.Of(rule), names))];
    }

    /// <summary>There is somebody to tell, and rules that all keep still. Without any rule every sink is told.</summary>
    private bool IsSilent =>
        db.Sinks.Local.Any()
        && db.Rules.Local.Any()
        && !db.Rules.Local.Any(rule => rule is { Enabled: true, Ladder.Count: > 0 });

    private SinkNames Names()
    {
        var there = db
            .Sinks.Local.Where(sink => !sinks.Going.Contains(sink.Name, StringComparer.Ordinal))
            .ToDictionary(sink => sink.Name, sink => sink.SinkId, StringComparer.Ordinal);
        foreach (var name in sinks.Coming)
        {
            there.TryAdd(name, 0);
        }

        return new SinkNames(there);
    }

    private PartChange Compare(List<RuleWish> wishes)
    {
        var byName = _known.ToDictionary(rule => rule.Name, StringComparer.Ordinal);
        var fields = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var wish in wishes.Where(wish => byName.ContainsKey(wish.Name)))
        {
            fields[wish.Name] = Differences(byName[wish.Name], wish);
        }

        var leaving = Leaving(wishes.Select(wish => wish.Name).ToHashSet(StringComparer.Ordinal)).ToList();
        return new PartChange
        {
            Created = Sorted(wishes.Select(wish => wish.Name).Where(name => !byName.ContainsKey(name))),
            Changed = [.. fields.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key)],
            Unchanged = [.. fields.Where(pair => pair.Value.Count == 0).Select(pair => pair.Key)],
            Fields = fields.Where(pair => pair.Value.Count > 0).ToDictionary(),
            Removed = _options.Prune ? Sorted(leaving.Select(rule => rule.Name)) : [],
            Paused = _options.Prune ? [] : Sorted(leaving.Where(rule => rule.Enabled).Select(rule => rule.Name)),
        };
    }

    private List<string> Differences(Rule rule, RuleWish wish)
    {
        var (now, then) = (SeenRule.Of(rule), SeenRule.Of(Rule.Of(wish, rule.TenantId, rule.CreatedAt)));
        List<string> fields = [];
        foreach (var (field, one, other) in FiledRule.Pairs(now, then))
        {
            if (one != other)
            {
                fields.Add(field);
            }
        }

        if (rule.ManagedBy != _options.ManagedBy)
        {
            fields.Add("managed_by");
        }

        return fields;
    }

    private async Task SaveAsync(RuleWish wish, CancellationToken cancellationToken)
    {
        var rule = _known.Find(rule => rule.Name == wish.Name);
        if (rule is null)
        {
            rule = Rule.Of(wish, scope.Tenant!.Value, clock.GetUtcNow());
            rule.ManagedBy = _options.ManagedBy;
            db.Rules.Add(rule);
            await db.SaveChangesAsync(cancellationToken);
            db.Audit(new AuditEntry("rule.created", "rule", Id(rule)) { After = SeenRule.Of(rule) });
        }
        else if (Differences(rule, wish).Count > 0)
        {
            var before = SeenRule.Of(rule);
            rule.Take(wish);
            rule.ManagedBy = _options.ManagedBy;
            await ChangedAsync(rule, before, cancellationToken);
        }
    }

    private async Task LeaveAsync(Rule rule, CancellationToken cancellationToken)
    {
        var before = SeenRule.Of(rule);
        if (_options.Prune)
        {
            db.Audit(new AuditEntry("rule.removed", "rule", Id(rule)) { Before = before });
            db.Rules.Remove(rule);
            await db.SaveChangesAsync(cancellationToken);
        }
        else if (rule.Enabled)
        {
            rule.Enabled = false;
            await ChangedAsync(rule, before, cancellationToken);
        }
    }

    private async Task ChangedAsync(Rule rule, SeenRule before, CancellationToken cancellationToken)
    {
        rule.Version++;
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(new AuditEntry("rule.changed", "rule", Id(rule)) { Before = before, After = SeenRule.Of(rule) });
    }

    private IEnumerable<Rule> Leaving(HashSet<string> listed) =>
        _known.Where(rule => rule.ManagedBy == _options.ManagedBy && !listed.Contains(rule.Name));

    private static Problem FileTwin(string first) =>
        new("name_taken", $"name is that of {first} already; every rule has its own.", "name");

    private static IReadOnlyList<string> Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static string Id(Rule rule) => rule.RuleId.ToString(CultureInfo.InvariantCulture);
}
