using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Journey.Tests.Witness;

/// <summary>How a real server is started.</summary>
/// <param name="Port">The port it would take by itself; it is given a free one instead.</param>
/// <param name="Path">Where it speaks MCP.</param>
/// <param name="Arguments">Its script and what follows. <c>{node}</c> stands for the Node that runs it.</param>
internal sealed record RealServerRecipe(int Port, string Path, params string[] Arguments)
{
    private const string Modules = "./node_modules/";
    private const string Official = Modules + "@modelcontextprotocol/";
    private const string Everything = Official + "server-everything/dist/index.js";
    private const string Memory = "{node} " + Official + "server-memory/dist/index.js";
    private const string Gateway = Modules + "supergateway/dist/index.js";
    private const string Proxy = Modules + "mcp-proxy/dist/bin/mcp-proxy.mjs";

    /// <summary>Variables that it needs besides.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What opens its door; null when it is open.</summary>
    public ProbeCredential? Credential { get; init; }

    /// <summary>By name, so that a test's name says which.</summary>
    public static IReadOnlyDictionary<string, RealServerRecipe> All { get; } =
        new Dictionary<string, RealServerRecipe>(StringComparer.Ordinal)
        {
            ["everything"] = new(3001, "/mcp", Everything, "streamableHttp"),
            ["everything over SSE"] = new(3001, "/sse", Everything, "sse"),
            ["everything behind a proxy"] = new(8080, "/mcp", Proxy, "--", "{node}", Everything, "stdio"),
            ["context7"] = new(3000, "/mcp", Modules + "@upstash/context7-mcp/dist/index.js", "--transport", "http"),
            ["chart"] = new(
                1122,
                "/mcp",
                Modules + "@antv/mcp-server-chart/build/index.js",
                "--transport",
                "streamable"
            ),
            ["memory behind a stateless gateway"] = ByGateway(4104, "--outputTransport", "streamableHttp"),
            ["memory behind a stateful gateway"] = ByGateway(4105, "--outputTransport", "streamableHttp", "--stateful"),
            ["memory over SSE"] = ByGateway(4103) with { Path = "/sse" },
            ["files behind a proxy"] = Files,
            ["thinking behind a locked proxy"] = Thinking,
            ["notion"] = Notion,
            ["playwright"] = Playwright,
            ["map"] = new(4114, "/mcp", Official + "server-map/dist/index.js")
            {
                Environment = Variables(("PORT", "4114")),
            },
            ["figma"] = new(
                4116,
                "/mcp",
                Modules + "figma-developer-mcp/dist/bin.js",
                "--figma-api-key=dummy",
                "--port",
                "4116"
            ),
            ["firecrawl"] = Firecrawl,
        };

    private static RealServerRecipe Files =>
        new(4106, "/mcp", Proxy, "--port", "4106", "--", "{node}", Official + "server-filesystem/dist/index.js", ".");

    private static RealServerRecipe Thinking =>
        new(
            4107,
            "/mcp",
            Proxy,
            "--port",
            "4107",
            "--no-modern",
            "--apiKey",
            "k123",
            "--",
            "{node}",
            Official + "server-sequential-thinking/dist/index.js"
        )
        {
            Credential = Key(CredentialKind.Header, "k123") with { HeaderName = "X-API-Key" },
        };

    private static RealServerRecipe Notion =>
        new(
            4110,
            "/mcp",
            Modules + "@notionhq/notion-mcp-server/bin/cli.mjs",
            "--transport",
            "http",
            "--port",
            "4110",
            "--auth-token",
            "s3cret"
        )
        {
            Environment = Variables(("NOTION_TOKEN", "ntn_dummy")),
            Credential = Key(CredentialKind.Bearer, "s3cret"),
        };

    private static RealServerRecipe Playwright =>
        new(4108, "/mcp", Modules + "@playwright/mcp/cli.js", "--port", "4108", "--headless", "--allowed-hosts", "*");

    private static RealServerRecipe Firecrawl =>
        new(4117, "/mcp", Modules + "firecrawl-mcp/dist/index.js")
        {
            Environment = Variables(
                ("HTTP_STREAMABLE_SERVER", "true"),
                ("FIRECRAWL_API_KEY", "fc-dummy"),
                ("PORT", "4117")
            ),
        };

    private static RealServerRecipe ByGateway(int port, params string[] more) =>
        new(port, "/mcp", [Gateway, "--stdio", Memory, "--port", $"{port}", .. more]);

    private static ProbeCredential Key(CredentialKind kind, string secret) =>
        new()
        {
            Kind = kind,
            Identity = "test",
            Secret = secret,
        };

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
