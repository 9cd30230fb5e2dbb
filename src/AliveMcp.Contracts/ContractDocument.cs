namespace AliveMcp.Contracts;

/// <summary>What a tool list says, boiled down to what can be compared.</summary>
public sealed record ContractDocument
{
    /// <summary><c>sha256:</c> and 64 lower-case hex digits, over what an agent's calls depend on: names, schemas and annotations without their texts.</summary>
    public required string ContractHash { get; init; }

    /// <summary><c>sha256:</c> and 64 lower-case hex digits, over everything: <see cref="Canonical"/>.</summary>
    public required string FullHash { get; init; }

    /// <summary>Canonical JSON of <c>{"tools":[…]}</c>, sorted by name, with everything that the server sent. Empty for a list that was known.</summary>
    public required ReadOnlyMemory<byte> Canonical { get; init; }

    /// <summary>Entries of the list, malformed ones included.</summary>
    public required int ToolCount { get; init; }

    /// <summary>What clients may read differently from one another; at most one of a code for a tool.</summary>
    public required IReadOnlyList<ContractFinding> Findings { get; init; }
}
