using System.Text.Json;

namespace AliveMcp.Contracts.Tests;

/// <summary>Tools as a probe hands them over.</summary>
internal static class Parsed
{
    public static IReadOnlyList<JsonElement> Tools(params IEnumerable<string> tools) =>
        [.. JsonElement.Parse($"[{string.Join(',', tools)}]").EnumerateArray()];
}
