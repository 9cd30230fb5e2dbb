using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Sinks;

/// <summary>Setting sinks up. Another tenant's sink is not found. What is secret goes into the vault in the same transaction and comes out for the worker alone.</summary>
public sealed class SinkActs
{
    private const int LongestName = 120;

    private readonly AlertingDb _db;
    private readonly TenantScope _scope;
    private readonly SinkSetup _setup;
    private readonly SinkWriter _writer;

    internal SinkActs(AlertingDb db, TenantScope scope, SinkSetup setup, SinkWriter writer) =>
        (_db, _scope, _setup, _writer) = (db, scope, setup, writer);

    /// <summary>Makes a sink and asks for its proof.</summary>
    public async Task<Result<SeenSink>> CreateAsync(JsonElement body, CancellationToken cancellationToken)
    {
        var word =
            body.ValueKind == JsonValueKind.Object && body.TryGetProperty("kind", out var given) ? given : default;
        if (!_setup.TryKind(word, out var kind))
        {
            var unread = new BodyFields(
                body,
                "kind",
                "name",
                "url",
                "routing_key",
                "region",
                "email",
                "bot_token",
                "chat_id"
            );
            unread.Refuse("kind", "kind_invalid", $"is none of {string.Join(", ", _setup.Words)}");
            return unread.Problems;
        }

        var fields = new BodyFields(body, ["kind", "name", .. _setup.Settings(kind).Fields]);
        var name = NameOf(fields, isNeeded: true);
        var wish = _setup.Settings(kind).Read(fields);
        if (fields.Problems.Count > 0 || name is null || wish is null)
        {
            return fields.Problems;
        }

        if (_setup.Refusal(wish) is { } refusal)
        {
            return refusal;
        }

        await using var transaction = await _db.BeginAsync(cancellationToken);
        await LockAsync(cancellationToken);
        var tenant = _scope.Tenant!.Value;
        var count = await _db.Sinks.CountAsync(cancellationToken);
        if (await _setup.FullAsync(tenant, count, kind, cancellationToken) is { } full)
        {
            return full;
        }

        if (await _db.Sinks.AnyAsync(sink => sink.Name == name, cancellationToken))
        {
            return SinkProblems.NameTaken;
        }

        var made = await _writer.AddAsync(kind, name, wish, "api", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return made;
    }

    /// <summary>Changes name or address. Another address is proven anew, and the proof of the old one is good no more.</summary>
    public async Task<Result<SeenSink>> ChangeAsync(
        int id,
        JsonElement body,
        Precondition precondition,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        var found = await FindAsync(id, precondition, cancellationToken);
        if (!found.TryGet(out var sink))
        {
            return found.Problems.ToList();
        }

        var kind = _setup.Settings(sink.Kind);
        var fields = new BodyFields(Whole(body, kind, sink), ["name", .. kind.Fields]);
        var name = NameOf(fields, isNeeded: false);
        // What is no object has no fields to look for: that is said already.
        var isMoved = fields.Problems.Count == 0 && kind.Fields.Any(field => body.TryGetProperty(field, out _));
        var wish = isMoved ? kind.Read(fields) : null;
        if (fields.Problems.Count > 0)
        {
            return fields.Problems;
        }

        if (wish is not null && _setup.Refusal(wish) is { } refusal)
        {
            return refusal;
        }

        if (
            name is not null
            && await _db.Sinks.AnyAsync(one => one.Name == name && one.SinkId != id, cancellationToken)
        )
        {
            return SinkProblems.NameTaken;
        }

        var changed = await _writer.ChangeAsync(sink, wish, row => row.Name = name ?? row.Name, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }

    /// <summary>The body with what it does not say of fields that are no secret: they stay as they are.</summary>
    private static JsonElement Whole(JsonElement body, ISinkSettings kind, Sink sink)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return body;
        }

        var absent = kind.OpenFields.Where(field => !body.TryGetProperty(field.Key, out _)).ToList();
        if (absent.Count == 0)
        {
            return body;
        }

        var whole = JsonObject.Create(body)!;
        var stored = JsonNode.Parse(sink.Settings)!;
        foreach (var (field, place) in absent)
        {
            whole[field] = stored[place]?.DeepClone();
        }

        return JsonSerializer.SerializeToElement(whole);
    }

    /// <summary>Removes a sink with its secret, its log and what waits for it.</summary>
    public async Task<Problem?> RemoveAsync(int id, Precondition precondition, CancellationToken cancellationToken)
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        var found = await FindAsync(id, precondition, cancellationToken);
        if (!found.TryGet(out var sink))
        {
            return found.Problems[0];
        }

        await _writer.RemoveAsync(sink, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>A sink of the tenant, in the state that the caller knows.</summary>
    internal async Task<Result<Sink>> FindAsync(int id, Precondition precondition, CancellationToken cancellationToken)
    {
        await LockAsync(cancellationToken);
        if (await _db.Sinks.SingleOrDefaultAsync(sink => sink.SinkId == id, cancellationToken) is not { } sink)
        {
            return SinkProblems.NotFound(id);
        }

        if (!precondition.IsGiven)
        {
            return SinkProblems.Unconditional;
        }

        return precondition.Holds(SeenSink.EtagOf(sink)) ? sink : SinkProblems.Stale;
    }

    private Task LockAsync(CancellationToken cancellationToken) =>
        SinkSetup.LockAsync(_db, _scope.Tenant!.Value, cancellationToken);

    private static string? NameOf(BodyFields fields, bool isNeeded)
    {
        var name = fields.Text("name", LongestName)?.Trim();
        if (name is null && isNeeded)
        {
            SinkProblems.Missing(fields, "name", "what people call the sink");
        }

        return name;
    }
}
