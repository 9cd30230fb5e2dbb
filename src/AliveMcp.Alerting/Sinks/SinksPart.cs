using System.Globalization;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Rules;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Sinks;

/// <summary>
/// <c>sinks</c> of the file. A sink is known by its name; a new one is made unproven. What leaves the file stays, and is removed when it is pruned:
/// other rules may name it.
/// </summary>
internal sealed class SinksPart(AlertingDb db, TenantScope scope, SinkSetup setup, SinkWriter writer) : IFilePart
{
    private readonly List<FiledSink> _filed = [];
    private readonly List<SinkTurn> _turns = [];
    private List<Sink> _going = [];
    private ApplyOptions _options = new();

    public string Key => "sinks";

    public string Permission => Can.WriteAlerts;

    /// <summary>Names of the rules of the file; null: it leaves rules as they are.</summary>
    public IReadOnlySet<string>? Rules { get; set; }

    /// <summary>Names that the file makes.</summary>
    public IEnumerable<string> Coming => _turns.Where(turn => turn.Sink is null).Select(turn => turn.Filed.Name);

    /// <summary>Names that are no more when it is done.</summary>
    public IEnumerable<string> Going => _going.Select(sink => sink.Name);

    public void Read(IReadOnlyList<FileItem> items, List<Problem> problems)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (new FiledSinkReader(item, problems).Read(setup) is not { } filed)
            {
                continue;
            }

            _filed.Add(filed);
            if (!places.TryAdd(filed.Name, item.Place))
            {
                problems.Add(item.At(FiledSinkProblems.Twin(places[filed.Name])));
            }
        }
    }

    public async Task<PartChange> TakeAsync(
        RoomDb within,
        ApplyOptions options,
        List<Problem> problems,
        CancellationToken cancellationToken
    )
    {
        await db.JoinAsync(within, cancellationToken);
        await SinkSetup.LockAsync(db, scope.Tenant!.Value, cancellationToken);
        _options = options;
        var known = await db.Sinks.ToListAsync(cancellationToken);
        var listed = _filed.Select(filed => filed.Name).ToHashSet(StringComparer.Ordinal);
        var leaving = known.Where(sink => sink.ManagedBy == options.ManagedBy && !listed.Contains(sink.Name)).ToList();
        _going = options.Prune ? leaving : [];
        problems.AddRange(await InUseAsync(cancellationToken));

        var count = known.Count - _going.Count;
        foreach (var filed in _filed)
        {
            var turn = SinkTurn.Of(filed, known.Find(sink => sink.Name == filed.Name), setup, options, problems);
            _turns.Add(turn);
            if (
                turn.Sink is null
                && await setup.FullAsync(scope.Tenant.Value, count++, filed.Kind, cancellationToken) is { } full
            )
            {
                problems.Add(filed.Item.At(full));
            }
        }

        return new PartChange
        {
            Created = Sorted(Coming),
            Changed = Sorted(_turns.Where(turn => turn is { Sink: not null, Fields.Count: > 0 }).Select(Name)),
            Unchanged = Sorted(_turns.Where(turn => turn is { Sink: not null, Fields.Count: 0 }).Select(Name)),
            Removed = Sorted(Going),
            Kept = options.Prune ? [] : Sorted(leaving.Select(sink => sink.Name)),
            Fields = _turns
                .Where(turn => turn is { Sink: not null, Fields.Count: > 0 })
                .ToDictionary(Name, turn => turn.Fields, StringComparer.Ordinal),
            Secrets = [.. _turns.SelectMany(turn => turn.Wanted)],
        };
    }

    public async Task<IReadOnlyList<string>> SaveAsync(CancellationToken cancellationToken)
    {
        var going = _going.Select(sink => sink.SinkId).ToArray();
        // The ladders first: what the database takes along by itself, the context would look for again.
        db.RemoveRange(
            await db.Set<RuleSink>().Where(rung => going.Contains(rung.SinkId)).ToListAsync(cancellationToken)
        );
        foreach (var sink in _going)
        {
            await writer.RemoveAsync(sink, cancellationToken);
        }

        List<string> todo = [];
        foreach (var turn in _turns.Where(turn => turn.Sink is null || turn.Fields.Count > 0))
        {
            var seen = turn.Sink is null
                ? await writer.AddAsync(
                    turn.Filed.Kind,
                    turn.Filed.Name,
                    turn.Wish!,
                    _options.ManagedBy,
                    cancellationToken
                )
                : await writer.ChangeAsync(
                    turn.Sink,
                    turn.Wish,
                    sink => sink.ManagedBy = _options.ManagedBy,
                    cancellationToken
                );
            todo.AddRange(TodoOf(seen));
        }

        return todo;
    }

    public async Task<JsonArray> WriteAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        var sinks = await db.Sinks.AsNoTracking().OrderBy(sink => sink.Name).ToListAsync(cancellationToken);
        var variables = new HashSet<string>(StringComparer.Ordinal);
        return [.. sinks.Select(sink => FiledSink.Write(sink, setup.Settings(sink.Kind), variables))];
    }

    /// <summary>A rule that loses its sinks is silent, and nobody would be told: whoever prunes a sink writes the rules that name it anew.</summary>
    private async Task<IReadOnlyList<Problem>> InUseAsync(CancellationToken cancellationToken)
    {
        if (_going.Count == 0)
        {
            return [];
        }

        await RuleActs.LockAsync(db, cancellationToken);
        var names = _going.ToDictionary(sink => sink.SinkId, sink => sink.Name);
        var rules = await db.Rules.AsNoTracking().Include(rule => rule.Ladder).ToListAsync(cancellationToken);
        return
        [
            .. rules
                .Where(rule => Rules is null || (!Rules.Contains(rule.Name) && rule.ManagedBy != _options.ManagedBy))
                .SelectMany(rule =>
                    rule.Ladder.Select(rung => rung.SinkId)
                        .Distinct()
                        .Where(names.ContainsKey)
                        .Select(sink => FiledSinkProblems.InUse(names[sink], rule.Name))
                ),
        ];
    }

    /// <summary>What proves it.</summary>
    private static IEnumerable<string> TodoOf(SeenSink sink)
    {
        if (sink.Proof is not { Instructions: { } instructions } proof)
        {
            yield break;
        }

        var who = string.Create(CultureInfo.InvariantCulture, $"sink {sink.Id} \"{SafeText.Of(sink.Name, 80)}\"");
        yield return $"{who}: {instructions}";
        if (proof.DnsName is not null)
        {
            yield return $"{who}: TXT record {proof.DnsName} with the text {proof.DnsValue}, or {proof.FileUrl} holding {proof.FileBody}";
        }

        if (sink.Secret is not null)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{who}: 'alivemcp sinks rotate {sink.Id}' tells what its messages are signed with"
            );
        }
    }

    private static string Name(SinkTurn turn) => turn.Filed.Name;

    private static IReadOnlyList<string> Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
}
