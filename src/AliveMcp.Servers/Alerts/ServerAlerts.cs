using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Servers.Acts;
using AliveMcp.Servers.Files;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Alerts;

/// <summary>What the owner of a server wants to hear of it: read, and changed as the setting <c>alerts</c> of the server.</summary>
public sealed class ServerAlerts
{
    private readonly OwnServers _own;
    private readonly ServerActs _acts;

    internal ServerAlerts(OwnServers own, ServerActs acts) => (_own, _acts) = (own, acts);

    /// <summary>Of one own server; null when there is none of this slug.</summary>
    public async Task<OwnAlerts?> FindAsync(string slug, CancellationToken cancellationToken) =>
        await _own.FindAsync(slug, cancellationToken) is { } server ? Of(server) : null;

    /// <summary>Gives a server other alerts.</summary>
    /// <param name="slug">Which.</param>
    /// <param name="alerts">The mapping <c>alerts</c> of the servers file; null: all is as usual.</param>
    /// <param name="precondition">The state that the caller knows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<OwnAlerts>> ChangeAsync(
        string slug,
        JsonElement? alerts,
        Precondition precondition,
        CancellationToken cancellationToken
    )
    {
        var changed = await _acts.ChangeAsync(slug, With, precondition, cancellationToken);
        return changed.TryGet(out var server) ? Of(server) : changed.Problems.ToList();

        JsonObject With(JsonObject settings)
        {
            settings.Remove("alerts");
            if (alerts is { } wanted)
            {
                settings["alerts"] = JsonNode.Parse(wanted.GetRawText());
            }

            return settings;
        }
    }

    private static OwnAlerts Of(SettledServer settled)
    {
        var (server, choices) = (settled.Server, settled.Server.Settings!.Alerts);
        return new OwnAlerts
        {
            Slug = server.Slug,
            PublicSlug = server.PublicSlug,
            Name = server.Name,
            Url = server.Url,
            Tags = server.Tags,
            Confirm = choices?.Confirm,
            Recover = choices?.Recover,
            Severity = choices?.Severity ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Off = choices?.Off ?? [],
            On = choices?.On ?? [],
            Hears = server.Hears ?? "",
            ETag = settled.Etag,
        };
    }
}

/// <summary>A server, and what its owner wants to hear of it.</summary>
public sealed record OwnAlerts
{
    /// <summary>The owner's.</summary>
    public required string Slug { get; init; }

    /// <summary>In public addresses; null: the server is private.</summary>
    public required string? PublicSlug { get; init; }

    /// <summary>The owner's words: data, never markup.</summary>
    public required string Name { get; init; }

    /// <summary>Whole.</summary>
    public required string Url { get; init; }

    /// <summary>The owner's words.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>For example <c>2 of 3</c>; null: as usual.</summary>
    public required string? Confirm { get; init; }

    /// <summary>Minutes that end an outage; null: 2.</summary>
    public required int? Recover { get; init; }

    /// <summary>By the word of a kind, <c>P1</c> to <c>P4</c>; what is not there is as usual.</summary>
    public required IReadOnlyDictionary<string, string> Severity { get; init; }

    /// <summary>Words of kinds that are not wanted.</summary>
    public required IReadOnlyList<string> Off { get; init; }

    /// <summary>Words of kinds that are off unless told, and are wanted.</summary>
    public required IReadOnlyList<string> On { get; init; }

    /// <summary>What it means, in words.</summary>
    public required string Hears { get; init; }

    /// <summary>Names the server's state.</summary>
    public required string ETag { get; init; }
}
