namespace AliveMcp.Servers.Files;

/// <summary>What applying a servers file did, or would do: slugs, in alphabetical order. A server that is changed and resumed stands in both lists.</summary>
public sealed record ApplyAnswer
{
    /// <summary>True when nothing was done.</summary>
    public required bool DryRun { get; init; }

    public required IReadOnlyList<string> Created { get; init; }

    public required IReadOnlyList<string> Changed { get; init; }

    public required IReadOnlyList<string> Paused { get; init; }

    public required IReadOnlyList<string> Resumed { get; init; }

    public required IReadOnlyList<string> Erased { get; init; }

    public required IReadOnlyList<string> Unchanged { get; init; }

    /// <summary>For each changed server the names of the fields that differ.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; }

    /// <summary>What became of the other lists of the file, by their keys: <c>sinks</c>, <c>rules</c>. Those that it does not have are left out.</summary>
    public IReadOnlyDictionary<string, PartChange>? Parts { get; init; }
}
