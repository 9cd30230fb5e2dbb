using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Alerts;

/// <summary>A server as whoever tells of it must know it.</summary>
public sealed record AlertedServer
{
    /// <summary>Whose it is and its number.</summary>
    public required ServerKey Key { get; init; }

    /// <summary>The owner's slug.</summary>
    public required string Slug { get; init; }

    /// <summary>In public URLs; null while the server is private.</summary>
    public required string? PublicSlug { get; init; }

    /// <summary>As its owner wrote it: data.</summary>
    public required string Name { get; init; }

    /// <summary>Without user, query and fragment.</summary>
    public required string Url { get; init; }

    /// <summary>Its owner's tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Minutes between two looks.</summary>
    public required int Cadence { get; init; }

    /// <summary>Nobody looks at it now.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>What is promised of its uptime; null: nothing.</summary>
    public Objective? Promised { get; init; }

    /// <summary>What its owner chose.</summary>
    public required AlertSettings Alerts { get; init; }
}
