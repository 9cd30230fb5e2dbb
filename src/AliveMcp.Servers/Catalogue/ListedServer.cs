using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Catalogue;

/// <summary>What everybody may know of a public server.</summary>
public sealed record ListedServer
{
    public required ServerKey Key { get; init; }

    /// <summary>Unique in the whole install; the only name in public URLs.</summary>
    public required string PublicSlug { get; init; }

    /// <summary>The owner's words: escape them where they are shown.</summary>
    public required string Name { get; init; }

    /// <summary>Scheme, host and port. Path and query are left out: some servers carry a secret there.</summary>
    public required string DisplayUrl { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Not watched at the moment, by the owner's will.</summary>
    public required bool Paused { get; init; }

    /// <summary>Not watched at the moment: nobody has claimed it, and its origin asks us not to (<c>/.well-known/alivemcp.json</c>).</summary>
    public bool Declined { get; init; }
}
