using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Import;

/// <summary>What importing a file did, or would do.</summary>
/// <param name="Format">What the file was: <c>mcp.json</c>, <c>server.json</c>, <c>uptime-kuma</c> or <c>gatus</c>.</param>
/// <param name="Applied">The diff.</param>
/// <param name="Skipped">What was left out, and why.</param>
/// <param name="Notes">What is left to do by hand.</param>
internal sealed record ImportAnswer(
    string Format,
    ApplyAnswer Applied,
    IReadOnlyList<SkippedServer> Skipped,
    IReadOnlyList<string> Notes
);

/// <summary>A server of the file that is not watched.</summary>
internal sealed record SkippedServer(string Name, string Why);

/// <summary>The ways in which this slice says no.</summary>
internal static class ImportProblems
{
    public static Problem Unknown { get; } =
        new(
            "import_format_invalid",
            "This is no mcp.json (mcpServers), server.json (remotes), Uptime Kuma backup (monitorList) or Gatus configuration (endpoints)."
        );

    public static Problem Visibility(string text) =>
        new("visibility_invalid", $"visibility is '{SafeText.Of(text, 40)}'; write private or public.", "visibility");
}
