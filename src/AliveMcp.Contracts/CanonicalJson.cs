using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AliveMcp.Contracts;

/// <summary>
/// Canonical JSON by RFC 8785 (JCS): keys in UTF-16 order, numbers as ECMAScript prints them, the shortest string escapes, no white space.
/// Where the RFC asks for an error, the result stays total and deterministic instead, because it must exist for any list a stranger sends:
/// a lone surrogate is written as its escape, a number beyond the range of a double as it stood, of duplicate keys the last one counts.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 128;

    /// <summary>The canonical form of one JSON text.</summary>
    /// <param name="utf8Json">One JSON value, white space around it allowed.</param>
    /// <exception cref="JsonException">Not JSON, more than one value, or nested deeper than <see cref="MaxDepth"/>.</exception>
    public static byte[] Canonicalize(ReadOnlyMemory<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            // Only what a parser accepts can be written.
        }

        using var writer = new CanonicalWriter();
        writer.Write(utf8Json.Span);
        return writer.Written.ToArray();
    }

    /// <summary>Writes the canonical form of one element, from its raw text.</summary>
    /// <exception cref="JsonException">Nested deeper than <see cref="MaxDepth"/>.</exception>
    public static void Write(JsonElement element, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var writer = new CanonicalWriter();
        writer.Write(JsonMarshal.GetRawUtf8Value(element));
        output.Write(writer.Written);
    }
}
