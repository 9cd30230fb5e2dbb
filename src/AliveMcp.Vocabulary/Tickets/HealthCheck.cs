namespace AliveMcp.Vocabulary.Tickets;

/// <summary>A health URL of the owner's, looked at beside the MCP endpoint. It can degrade a server, never bring it down.</summary>
public sealed record HealthCheck
{
    /// <summary>Absolute http or https URL, answered to a plain GET without the server's credential unless it lies in its origin.</summary>
    public required Uri Url { get; init; }

    /// <summary>The status that says well; null: any 2xx.</summary>
    public int? Status { get; init; }

    /// <summary>Text that must stand in the body; null asks for none.</summary>
    public string? Contains { get; init; }
}
