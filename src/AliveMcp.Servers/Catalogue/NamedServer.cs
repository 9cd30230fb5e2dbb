using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Catalogue;

/// <summary>A server that a request may know of, by its names.</summary>
/// <param name="Key">Whose it is, and its number.</param>
/// <param name="Slug">The owner's slug; for strangers the public one.</param>
/// <param name="Name">The owner's words: escape them where they are shown.</param>
public sealed record NamedServer(ServerKey Key, string Slug, string Name);
