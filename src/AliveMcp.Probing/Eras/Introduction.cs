using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Eras;

/// <summary>
/// The words with which a server introduces itself, kept as they came for whoever screens texts: a model reads <c>instructions</c> before any tool.
/// </summary>
internal static class Introduction
{
    /// <summary>A JSON object of what was said; empty when nothing was.</summary>
    /// <param name="result">The answer to <c>initialize</c> or <c>server/discover</c>.</param>
    /// <param name="server">What the server says about itself; null when it says nothing.</param>
    public static ReadOnlyMemory<byte> Of(JsonElement result, JsonElement? server)
    {
        var instructions = Json.Member(result, "instructions", JsonValueKind.String);
        if (instructions is null && server is null)
        {
            return default;
        }

        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        Write(json, "instructions", instructions);
        Write(json, "serverInfo", server);
        json.WriteEndObject();
        json.Flush();
        return text.WrittenMemory;
    }

    /// <summary>The canonical list with the introduction before it.</summary>
    public static ReadOnlyMemory<byte> Before(ReadOnlyMemory<byte> introduction, ReadOnlyMemory<byte> canonical)
    {
        if (introduction.IsEmpty)
        {
            return canonical;
        }

        var both = new byte[introduction.Length + canonical.Length - 1];
        introduction.Span.CopyTo(both);
        both[introduction.Length - 1] = (byte)',';
        canonical.Span[1..].CopyTo(both.AsSpan(introduction.Length));
        return both;
    }

    // As it was written: text with half a character in it has no other form.
    private static void Write(Utf8JsonWriter json, string name, JsonElement? value)
    {
        if (value is { } said)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(said), skipInputValidation: true);
        }
    }
}
