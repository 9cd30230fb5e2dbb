namespace AliveMcp.Vocabulary.Tickets;

/// <summary>What the owner says must hold.</summary>
public sealed record Expectations
{
    /// <summary>What is expected at the door.</summary>
    public ProtectionExpectation Protection { get; init; } = ProtectionExpectation.Auto;

    /// <summary>Names that must be in the tool list; a missing one is down with <c>tool_missing</c>.</summary>
    public IReadOnlyList<string> Tools
    {
        get;
        init => field = value ?? field;
    } = [];

    /// <summary>Calls to make when the list stands, in this order.</summary>
    public IReadOnlyList<TestCall> TestCalls
    {
        get;
        init => field = value ?? field;
    } = [];
}
