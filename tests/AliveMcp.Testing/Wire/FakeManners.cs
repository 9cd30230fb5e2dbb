using System.Text.Json;

namespace AliveMcp.Testing.Wire;

/// <summary>How a well-behaved MCP server answers, in either era and by either transport.</summary>
internal static class FakeManners
{
    private const string Modern = "2026-07-28";

    /// <summary>What every tool answers.</summary>
    private const string CallResult = """
        {"content":[{"type":"text","text":"Sunny, 21 degrees"}],"structuredContent":{"city":"Bern","degrees":21,"days":[{"sky":"sunny"},{"sky":"rain"}]}}
        """;

    public static Task AnswerAsync(FakeCall call) =>
        call.Seen.Method switch
        {
            "GET" => call.Server.Specimen.IsLegacySse ? StreamAsync(call) : call.StatusAsync(405),
            "DELETE" => DeleteAsync(call),
            "POST" => PostAsync(call),
            _ => call.StatusAsync(405),
        };

    private static Task PostAsync(FakeCall call)
    {
        var specimen = call.Server.Specimen;
        if (specimen.IsLegacySse && !call.Seen.Path.StartsWith("/messages", StringComparison.Ordinal))
        {
            return call.BodyAsync(404, "text/html", $"Cannot POST {specimen.Path}");
        }

        var modern = string.Equals(call.Seen.Header("MCP-Protocol-Version"), Modern, StringComparison.Ordinal);
        if (modern)
        {
            return specimen.SpeaksDiscover
                ? ModernAsync(call)
                : call.ErrorAsync(-32000, "Bad Request: Unsupported protocol version", 400);
        }

        return specimen.SpeaksInitialize
            ? InitializeEraAsync(call)
            : call.ErrorAsync(
                -32022,
                "Unsupported protocol version",
                400,
                $$"""{"supported":["{{Modern}}"],"requested":""}"""
            );
    }

    private static Task ModernAsync(FakeCall call)
    {
        if (!string.Equals(call.Seen.Header("Mcp-Method"), call.Seen.Rpc, StringComparison.Ordinal))
        {
            return call.ErrorAsync(-32020, "Header mismatch", 400);
        }

        if (
            !call.Seen.Body.Contains(
                $"\"io.modelcontextprotocol/protocolVersion\":\"{Modern}\"",
                StringComparison.Ordinal
            )
        )
        {
            return call.ErrorAsync(-32602, "missing _meta", 400);
        }

        return call.Seen.Rpc switch
        {
            "server/discover" => call.ResultAsync(
                $$$"""{"resultType":"complete","supportedVersions":["{{{Modern}}}"],"capabilities":{{{Capabilities(call)}}},"ttlMs":0,"cacheScope":"private","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"fake","version":"1.2.3"} }}"""
            ),
            "tools/list" => call.ResultAsync(
                $$"""{"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":[{{Tools(call)}}]}"""
            ),
            "tools/call" => ModernCallAsync(call),
            _ => call.ErrorAsync(-32601, "Method not found", 404),
        };
    }

    private static Task ModernCallAsync(FakeCall call)
    {
        var name = call.Message.GetProperty("params").GetProperty("name").GetString();
        return string.Equals(FakeCall.Decode(call.Seen.Header("Mcp-Name")), name, StringComparison.Ordinal)
            ? call.ResultAsync("{\"resultType\":\"complete\"," + CallResult[1..])
            : call.ErrorAsync(-32020, "Header mismatch: Mcp-Name", 400);
    }

    private static Task InitializeEraAsync(FakeCall call)
    {
        var specimen = call.Server.Specimen;
        if (specimen.IssuesSessions && call.Seen.Rpc != "initialize")
        {
            if (call.Seen.Header("Mcp-Session-Id") is not { } session)
            {
                return call.ErrorAsync(-32000, "Bad Request: Mcp-Session-Id header is required", 400);
            }

            if (!call.Server.Sessions.ContainsKey(session))
            {
                return call.ErrorAsync(-32001, "Session not found", 404);
            }
        }

        return call.Seen.Rpc switch
        {
            "initialize" => InitializeAsync(call),
            "notifications/initialized" => call.StatusAsync(202),
            "tools/list" => call.ResultAsync($$"""{"tools":[{{Tools(call)}}]}"""),
            "tools/call" => call.ResultAsync(CallResult),
            "ping" => call.ResultAsync("{}"),
            _ => call.ErrorAsync(-32601, "Method not found"),
        };
    }

    private static Task InitializeAsync(FakeCall call)
    {
        var specimen = call.Server.Specimen;
        if (specimen.IssuesSessions)
        {
            call.Http.Response.Headers["Mcp-Session-Id"] = call.Server.NewSession();
        }

        var asked = call.Message.GetProperty("params").GetProperty("protocolVersion").GetString();
        return call.ResultAsync(InitializeResult(call, specimen.ProtocolVersion ?? asked!));
    }

    /// <summary>What a healthy server answers to <c>initialize</c>.</summary>
    public static string InitializeResult(FakeCall call, string version) =>
        $$$"""{"protocolVersion":{{{JsonSerializer.Serialize(version)}}},"capabilities":{{{Capabilities(call)}}},"serverInfo":{"name":"fake","version":"1.2.3"}}""";

    private static Task DeleteAsync(FakeCall call) =>
        call.Seen.Header("Mcp-Session-Id") is { } session && call.Server.Sessions.TryRemove(session, out _)
            ? call.StatusAsync(200)
            : call.StatusAsync(404);

    private static async Task StreamAsync(FakeCall call)
    {
        var session = call.Server.NewSession();
        var stream = call.Server.OpenStream(session);
        await call.EventsAsync($"event: endpoint\ndata: /messages?sessionId={session}\n\n");
        await foreach (var message in stream.ReadAsync(call.Gone))
        {
            await call.EventsAsync($"event: message\r\ndata: {message}\r\n\r\n");
        }
    }

    private static string Capabilities(FakeCall call) =>
        call.Server.Specimen.OffersTools ? """{"tools":{"listChanged":true}}""" : """{"prompts":{}}""";

    private static string Tools(FakeCall call) => string.Join(',', call.Server.Specimen.Tools);
}
