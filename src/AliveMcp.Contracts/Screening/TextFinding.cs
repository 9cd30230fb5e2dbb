namespace AliveMcp.Contracts.Screening;

/// <summary>Something in a tool list's text that attacks whoever reads it: a model, or its user. Everything in it is safe to print.</summary>
public sealed record TextFinding
{
    /// <summary>Stable word, for example <c>hidden_unicode</c>; all of them are in <c>docs/contract.md</c>.</summary>
    public required string Code { get; init; }

    /// <summary><c>high</c>: an attack or a leak, look now; <c>medium</c>: rarely innocent; <c>low</c>: worth knowing.</summary>
    public required string Severity { get; init; }

    /// <summary>Name of the tool; null for the list itself, or a tool without a name.</summary>
    public string? Tool { get; init; }

    /// <summary>JSON Pointer inside the tool to the text; empty for the tool itself.</summary>
    public string Path { get; init; } = "";

    /// <summary>One sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>The text at fault with a little around it, shortened; what would act or be invisible stands there as <c>\u{202e}</c>, of a secret only the beginning.</summary>
    public required string Span { get; init; }
}
