using System.Text.Json.Serialization;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Catalogue;

/// <summary>A server as the API shows it. What only its owner may know is left out for everybody else.</summary>
internal sealed record SeenServer
{
    /// <summary>Whose it is and its number; not shown, and not required because the serializer refuses to leave out what is.</summary>
    [JsonIgnore]
    public ServerKey Key { get; init; }

    /// <summary>The owner's slug; for strangers the public one.</summary>
    public required string Slug { get; init; }

    /// <summary>The name in public URLs; null while the server is private.</summary>
    public string? PublicSlug { get; init; }

    public required string Name { get; init; }

    /// <summary>Whole for its owner, scheme and host for strangers.</summary>
    public required string Url { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary><c>public</c> or <c>private</c>.</summary>
    public required string Visibility { get; init; }

    public required bool Paused { get; init; }

    /// <summary>The server asked us to look less often, and why nothing new is seen until then; of one server alone, not in lists.</summary>
    public SeenPause? Backoff { get; init; }

    /// <summary>For its owner only.</summary>
    public string? Transport { get; init; }

    /// <summary>For its owner only.</summary>
    public string? Expects { get; init; }

    /// <summary>For its owner only.</summary>
    public IReadOnlyList<string>? ExpectedTools { get; init; }

    /// <summary>For its owner only.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>All that its owner set, as <c>PUT</c> takes it; for its owner only, of one server alone, not in lists.</summary>
    public ServerSettings? Settings { get; init; }

    /// <summary>What its alert settings mean, in words; beside <see cref="Settings"/>.</summary>
    public string? Hears { get; init; }

    public static SeenServer Of(Server server) =>
        new()
        {
            Key = new ServerKey(server.TenantId, server.ServerId),
            Slug = server.Slug,
            PublicSlug = server.Visibility == Vocabulary.Visibility.Public ? server.PublicSlug : null,
            Name = server.Name,
            Url = server.Url,
            Tags = server.Tags,
            Visibility = FileWords.Word(FileWords.Visibilities, server.Visibility),
            Paused = server.PausedAt is not null,
            Transport = FileWords.Word(FileWords.Transports, server.Transport),
            Expects = FileWords.Word(FileWords.Expectations, server.Expects),
            ExpectedTools = server.ExpectedTools,
            CreatedAt = server.CreatedAt,
        };

    public static SeenServer Of(ListedServer server) =>
        new()
        {
            Key = server.Key,
            Slug = server.PublicSlug,
            PublicSlug = server.PublicSlug,
            Name = server.Name,
            Url = server.DisplayUrl,
            Tags = server.Tags,
            Visibility = FileWords.Word(FileWords.Visibilities, Vocabulary.Visibility.Public),
            Paused = server.Paused,
        };
}
