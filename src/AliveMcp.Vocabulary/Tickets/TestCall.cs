namespace AliveMcp.Vocabulary.Tickets;

/// <summary>One call of one tool that proves more than a list: fixed arguments, and what the answer must hold.</summary>
public sealed record TestCall
{
    /// <summary>Name of the tool. It must be annotated read-only by the server, or <see cref="AllowListed"/> by the owner.</summary>
    public required string Tool { get; init; }

    /// <summary>The arguments as a JSON object; <c>{}</c> by default.</summary>
    public string Arguments
    {
        get;
        init => field = value ?? field;
    } = "{}";

    /// <summary>The owner vouches that calling this tool with these arguments every minute does no harm. Default false.</summary>
    public bool AllowListed { get; init; }

    /// <summary>Text that must stand in one of the answer's text contents; null asks for none.</summary>
    public string? Contains { get; init; }

    /// <summary>A JSONPath that must select something in the answer's result; null asks for none.</summary>
    public string? JsonPath { get; init; }

    /// <summary>What the selected value must equal, as JSON; null: anything that is there will do.</summary>
    public string? JsonPathEquals { get; init; }

    /// <summary>A JSON Schema that the answer's <c>structuredContent</c> (or, without one, its only JSON text) must fit; null asks for none.</summary>
    public string? Schema { get; init; }

    /// <summary>The longest that the call may take; null sets no limit of its own.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Whether its failure makes the server down instead of degraded. Default false.</summary>
    public bool FailureIsDown { get; init; }
}
