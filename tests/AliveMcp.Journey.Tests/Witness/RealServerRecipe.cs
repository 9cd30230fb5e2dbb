namespace AliveMcp.Journey.Tests.Witness;

/// <summary>How a real server is started.</summary>
/// <param name="Port">The port it would take by itself; it is given a free one instead.</param>
/// <param name="Path">Where it speaks MCP.</param>
/// <param name="Arguments">Its script and what follows.</param>
internal sealed record RealServerRecipe(int Port, string Path, params string[] Arguments)
{
    private const string Modules = "./node_modules/";

    private const string Everything = Modules + "@modelcontextprotocol/server-everything/dist/index.js";

    /// <summary>By name, so that a test's name says which.</summary>
    public static IReadOnlyDictionary<string, RealServerRecipe> All { get; } =
        new Dictionary<string, RealServerRecipe>(StringComparer.Ordinal)
        {
            ["everything"] = new(3001, "/mcp", Everything, "streamableHttp"),
            ["everything over SSE"] = new(3001, "/sse", Everything, "sse"),
            ["context7"] = new(3000, "/mcp", Modules + "@upstash/context7-mcp/dist/index.js", "--transport", "http"),
            ["chart"] = new(
                1122,
                "/mcp",
                Modules + "@antv/mcp-server-chart/build/index.js",
                "--transport",
                "streamable"
            ),
            ["proxied everything"] = new(
                8080,
                "/mcp",
                Modules + "mcp-proxy/dist/bin/mcp-proxy.mjs",
                "--",
                "node",
                Everything,
                "stdio"
            ),
        };
}
