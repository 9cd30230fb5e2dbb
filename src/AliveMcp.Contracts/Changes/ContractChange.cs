namespace AliveMcp.Contracts.Changes;

/// <summary>One difference between two tool lists. Everything textual in it is safe to print.</summary>
public sealed record ContractChange
{
    /// <summary>What it means to callers.</summary>
    public required ChangeClass Class { get; init; }

    /// <summary>Stable word, for example <c>parameter_removed</c>; all of them are in <c>docs/contract.md</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Name of the tool, of a renamed one the new name; null when it has none, or for the list itself.</summary>
    public string? Tool { get; init; }

    /// <summary>JSON Pointer inside the tool to what changed; empty for the tool itself.</summary>
    public string Path { get; init; } = "";

    /// <summary>One sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>What was there, shortened; null when nothing was.</summary>
    public string? Before { get; init; }

    /// <summary>What is there now, shortened; null when nothing is.</summary>
    public string? After { get; init; }
}
