using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Catalogue;

/// <summary>What a ticket is made from. Good for as long as <see cref="SettingsVersion"/> is the server's newest.</summary>
public sealed record WatchSettings
{
    public required ServerKey Key { get; init; }

    public required int SettingsVersion { get; init; }

    /// <summary>Absolute http or https URL, as the owner wrote it.</summary>
    public required Uri Url { get; init; }

    /// <summary>The owner's choice; <see cref="McpTransport.Auto"/> leaves it to what was remembered.</summary>
    public required McpTransport Transport { get; init; }

    public required Expectations Expectations { get; init; }

    public required ProbeLimits Limits { get; init; }

    /// <summary>A probe of it shows a credential, which the desk opens for its ticket.</summary>
    public bool HasCredential { get; init; }

    /// <summary>The owner's health URL; null when there is none.</summary>
    public HealthSetting? Health { get; init; }
}
