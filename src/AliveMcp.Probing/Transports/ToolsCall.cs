using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AliveMcp.Probing.Transports;

/// <summary>Writes a <c>tools/call</c> in either era, headers included.</summary>
internal static class ToolsCall
{
    // As deep as anything we read.
    private const int MaxDepth = 64;

    /// <param name="number">From 0, for every call of a conversation another one.</param>
    /// <param name="tool">The tool as the server lists it: its name and its input schema.</param>
    /// <param name="arguments">A JSON object as text.</param>
    /// <param name="modernVersion">The revision of the discover era; null in the initialize era.</param>
    /// <param name="fault">Why no client can make this call.</param>
    /// <param name="isServers">The fault is in the tool as it is listed, not in the arguments.</param>
    public static bool TryWrite(
        int number,
        JsonElement tool,
        string arguments,
        string? modernVersion,
        out RpcCall call,
        [NotNullWhen(false)] out string? fault,
        out bool isServers
    )
    {
        call = default;
        isServers = false;
        var name = Json.Text(tool, "name") ?? "";
        try
        {
            using var document = JsonDocument.Parse(arguments, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                fault = "expected arguments that are a JSON object, got another kind";
                return false;
            }

            IReadOnlyList<KeyValuePair<string, string>>? mirrored = null;
            fault = null;
            if (modernVersion is not null)
            {
                var schema = Json.Member(tool, "inputSchema", JsonValueKind.Object) ?? default;
                mirrored = MirroredHeaders.Of(name, schema, document.RootElement, out fault);
                isServers = fault is not null;
            }

            call = RpcCall.ToolsCall(number, name, arguments, modernVersion) with { Mirrored = mirrored };
            return fault is null;
        }
        catch (JsonException)
        {
            fault = "expected arguments that are a JSON object, got no JSON";
            return false;
        }
    }
}
