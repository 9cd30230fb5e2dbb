using System.Text.Json;

namespace AliveMcp.Contracts.Screening;

/// <summary>
/// Looks through every text of a tool list for what attacks the reading model: hidden characters, instructions, requests for secrets,
/// look-alike names. By fixed rules in linear time, without a model; what it finds never changes a verdict.
/// </summary>
public static class TextScreen
{
    /// <summary>Screens a list, in the order of its tools; at most 200 findings, one of a code for a text.</summary>
    /// <param name="canonical">The list as <see cref="ContractDocument.Canonical"/> holds it; <c>instructions</c> and <c>serverInfo</c> beside the tools are screened too.</param>
    /// <param name="foreignTools">Names of other servers' tools that must not be spoken of here; null when none are known.</param>
    /// <exception cref="JsonException">The text is not JSON, or nested deeper than any list that a probe accepts.</exception>
    public static IReadOnlyList<TextFinding> Screen(
        ReadOnlyMemory<byte> canonical,
        IReadOnlySet<string>? foreignTools = null
    )
    {
        var list = JsonPiece.Parse(canonical);
        var tools = list["tools"]?.Items ?? [];
        var own = tools.Select(tool => tool.TextOf("name")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var reading = new ToolReading(own, foreignTools);
        foreach (var tool in tools)
        {
            reading.Read(tool);
        }

        foreach (var (key, value) in list.Members)
        {
            if (key != "tools")
            {
                reading.ReadRest(key, value);
            }
        }

        return reading.Findings;
    }
}
