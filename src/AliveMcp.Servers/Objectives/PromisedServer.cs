using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Objectives;

/// <summary>An own server with what is promised of it.</summary>
public sealed record PromisedServer
{
    /// <summary>Whose it is and its number.</summary>
    public required ServerKey Key { get; init; }

    /// <summary>The owner's slug.</summary>
    public required string Slug { get; init; }

    /// <summary>For people, as its owner wrote it.</summary>
    public required string Name { get; init; }

    /// <summary>What its owner chose, else <see cref="Objective.Default"/>.</summary>
    public required Objective Objective { get; init; }

    /// <summary>Its owner chose it.</summary>
    public required bool IsChosen { get; init; }

    /// <summary>Minutes between two looks.</summary>
    public required int Cadence { get; init; }

    /// <summary>It is not looked at now.</summary>
    public required bool IsPaused { get; init; }
}
