namespace AliveMcp.Testing.Wire;

/// <summary>Tools for fake servers, as raw JSON.</summary>
public static class FakeTools
{
    /// <summary>Twelve tools of ordinary size: <c>tool_01</c> to <c>tool_12</c>.</summary>
    public static IReadOnlyList<string> Twelve { get; } = [.. Enumerable.Range(1, 12).Select(Numbered)];

    public static string Numbered(int number) => Named($"tool_{number:00}");

    public static string Named(string name) =>
        $$$"""
            {"name":"{{{name}}}","title":"The tool {{{name}}}","description":"Does what {{{name}}} says, for a query and with a limit.","inputSchema":{"type":"object","properties":{"query":{"type":"string","description":"What to look for"},"limit":{"type":"integer","minimum":1,"maximum":100,"default":10},"tags":{"type":"array","items":{"type":"string"} } },"required":["query"]},"annotations":{"readOnlyHint":true,"openWorldHint":false}}
            """;
}
