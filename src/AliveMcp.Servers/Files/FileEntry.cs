using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>One good entry of the servers file, defaults filled in.</summary>
internal sealed record FileEntry
{
    /// <summary>Where it stands, for example <c>servers[3]</c>.</summary>
    public required string Place { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required ServerUrl Url { get; init; }

    public string[] Tags { get; init; } = [];

    public McpTransport Transport { get; init; }

    public ProtectionExpectation Expects { get; init; }

    public string[] ExpectedTools { get; init; } = [];

    public Visibility Visibility { get; init; } = Visibility.Public;
}
