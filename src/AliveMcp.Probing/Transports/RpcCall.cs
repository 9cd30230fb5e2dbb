using System.Text.Json;
using AliveMcp.Probing.Eras;

namespace AliveMcp.Probing.Transports;

/// <summary>One JSON-RPC message of ours, ready to be sent.</summary>
/// <param name="Method">Repeated in a header by the discover era.</param>
/// <param name="Id">0 for a notification.</param>
internal readonly record struct RpcCall(string Method, int Id, ReadOnlyMemory<byte> Body)
{
    // Behind all pages of a list, however many are allowed.
    private const int FirstToolsCall = 100_000;

    private const string Client = $$"""{"name":"{{Revisions.ClientName}}","version":"{{Revisions.ClientVersion}}"}""";

    private static readonly RpcCall InitializeCall = new(
        "initialize",
        2,
        Utf8(
            $$$"""{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"{{{Revisions.NewestInitialize}}}","capabilities":{},"clientInfo":{{{Client}}}}}"""
        )
    );

    private static readonly RpcCall InitializedCall = new(
        "notifications/initialized",
        0,
        Utf8("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")
    );

    private static readonly RpcCall FirstPage = new(
        "tools/list",
        3,
        Utf8("""{"jsonrpc":"2.0","id":3,"method":"tools/list","params":{}}""")
    );

    /// <summary>Headers in which the discover era repeats parts of the body; null: none but the method.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Mirrored { get; init; }

    public static RpcCall Initialize => InitializeCall;

    public static RpcCall Initialized => InitializedCall;

    public static RpcCall Discover(string version) =>
        new(
            "server/discover",
            1,
            Utf8($$$"""{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{{{{Meta(version)}}}}}""")
        );

    /// <summary>One page of the tool list.</summary>
    /// <param name="page">From 0.</param>
    /// <param name="modernVersion">The revision of the discover era; null in the initialize era.</param>
    public static RpcCall ToolsList(int page, string? cursor, string? modernVersion)
    {
        if (page == 0 && modernVersion is null)
        {
            return FirstPage;
        }

        var id = 3 + page;
        var meta = modernVersion is null ? "" : Meta(modernVersion);
        var next = cursor is null ? "" : $"\"cursor\":{JsonSerializer.Serialize(cursor, RpcJson.Default.String)}";
        var comma = meta.Length > 0 && next.Length > 0 ? "," : "";
        return new RpcCall(
            "tools/list",
            id,
            Utf8(
                $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/list","params":{{{{meta}}}{{{comma}}}{{{next}}}}}"""
            )
        );
    }

    /// <summary>One call of a tool.</summary>
    /// <param name="number">From 0, for every call of a conversation another one.</param>
    /// <param name="arguments">A JSON object as text.</param>
    /// <param name="modernVersion">The revision of the discover era; null in the initialize era.</param>
    public static RpcCall ToolsCall(int number, string tool, string arguments, string? modernVersion)
    {
        var id = FirstToolsCall + number;
        var name = JsonSerializer.Serialize(tool, RpcJson.Default.String);
        var meta = modernVersion is null ? "" : "," + Meta(modernVersion);
        return new RpcCall(
            "tools/call",
            id,
            Utf8(
                $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":{{{name}}},"arguments":{{{arguments}}}{{{meta}}}}}"""
            )
        );
    }

    private static string Meta(string version) =>
        $$$"""
            "_meta":{"io.modelcontextprotocol/protocolVersion":"{{{version}}}","io.modelcontextprotocol/clientInfo":{{{Client}}},"io.modelcontextprotocol/clientCapabilities":{}}
            """;

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
