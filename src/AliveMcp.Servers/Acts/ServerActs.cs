using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Acts;

/// <summary>
/// What an owner does to one server through the API. Every act becomes an entry as a servers file has it and goes the way of
/// <see cref="ServersFile"/>: one set of rules, one lock, one trail.
/// </summary>
internal sealed class ServerActs(OwnServers own, ServersFile file, TenantScope scope, ActorScope who)
{
    /// <summary>How often a change without a state of the caller's is made anew when somebody else was quicker.</summary>
    private const int Tries = 5;

    public async Task<Result<SettledServer>> CreateAsync(JsonElement body, CancellationToken cancellationToken)
    {
        var read = Read(body);
        return read.TryGet(out var entry)
            ? await ChangeAsync(entry, new ServerGuard(entry.Slug, Etag: null), cancellationToken)
            : read.Problems.ToList();
    }

    /// <summary>Gives a server all of its settings anew; what the body leaves out goes back to what it is without a word.</summary>
    public Task<Result<SettledServer>> ReplaceAsync(
        string slug,
        JsonElement body,
        Precondition precondition,
        CancellationToken cancellationToken
    ) => ChangeAsync(slug, _ => JsonNode.Parse(body.GetRawText()), precondition, cancellationToken);

    /// <summary>Changes what the patch names.</summary>
    public Task<Result<SettledServer>> PatchAsync(
        string slug,
        JsonNode? patch,
        Precondition precondition,
        CancellationToken cancellationToken
    ) => ChangeAsync(slug, settings => MergePatch.Apply(settings, patch), precondition, cancellationToken);

    /// <summary>Makes something else of a server's settings.</summary>
    public async Task<Result<SettledServer>> ChangeAsync(
        string slug,
        Func<JsonObject, JsonNode?> change,
        Precondition precondition,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await FindAsync(slug, precondition, cancellationToken);
            if (!found.TryGet(out var server))
            {
                return found.Problems.ToList();
            }

            var read = Read(slug, change(ToJson(server.Server.Settings!)));
            if (!read.TryGet(out var entry))
            {
                return read.Problems.ToList();
            }

            var changed = await ChangeAsync(entry, new ServerGuard(slug, server.Etag), cancellationToken);
            if (changed.TryGet(out _) || changed.Problems[0].Code != ServerProblems.StaleCode || attempt == Tries)
            {
                return changed;
            }
        }
    }

    /// <summary>Asks for a server to be erased. It is gone for every reader at once, and from every table soon after.</summary>
    public async Task<Problem?> EraseAsync(string slug, Precondition precondition, CancellationToken cancellationToken)
    {
        var found = await FindAsync(slug, precondition, cancellationToken);
        if (!found.TryGet(out var server))
        {
            return found.Problems[0];
        }

        var guard = precondition.IsAny ? null : new ServerGuard(slug, server.Etag);
        var options = Options with { Guard = guard, Erase = slug };
        var erased = await file.ChangeAsync(scope.Tenant!.Value, [], options, cancellationToken);
        return erased.TryGet(out _) ? null : erased.Problems[0];
    }

    private ApplyOptions Options =>
        new()
        {
            Alone = true,
            ManagedBy = ManagedLists.Api,
            By = who.Actor,
        };

    private async Task<Result<SettledServer>> FindAsync(
        string slug,
        Precondition precondition,
        CancellationToken cancellationToken
    )
    {
        if (await own.FindAsync(slug, cancellationToken) is not { } server)
        {
            return ServerProblems.NotFound(slug);
        }

        return !precondition.IsGiven ? ServerProblems.Unconditional
            : !precondition.Holds(server.Etag) ? ServerProblems.Stale(slug)
            : server;
    }

    private async Task<Result<SettledServer>> ChangeAsync(
        FileEntry entry,
        ServerGuard guard,
        CancellationToken cancellationToken
    )
    {
        var options = Options with { Guard = guard };
        var changed = await file.ChangeAsync(scope.Tenant!.Value, [entry], options, cancellationToken);
        return changed.TryGet(out var outcome) ? outcome.Settled! : changed.Problems.ToList();
    }

    private static JsonObject ToJson(ServerSettings settings) =>
        (JsonObject)JsonSerializer.SerializeToNode(settings, ServerJson.Default.ServerSettings)!;

    /// <summary>The slug is the address's: a body may leave it out, and may not name another.</summary>
    private static Result<FileEntry> Read(string slug, JsonNode? settings)
    {
        if (settings is JsonObject entry)
        {
            if (
                entry["slug"] is { } named
                && !(named is JsonValue text && text.TryGetValue(out string? own) && own == slug)
            )
            {
                return ServerProblems.OtherSlug(slug);
            }

            entry["slug"] = slug;
        }

        return Read(JsonSerializer.SerializeToElement(settings, ServerJson.Default.JsonNode));
    }

    private static Result<FileEntry> Read(JsonElement body)
    {
        var problems = new List<Problem>();
        var entry = EntryReader.ReadBody(JsonComposer.Compose(body), problems);
        return entry is null ? problems : entry;
    }
}
