using System.Text.Json;
using AliveMcp.Contracts;

namespace AliveMcp.Probing.Transports;

/// <summary>Reads strangers' JSON without trusting a kind or a string: wrong kinds are absent, lone surrogates never throw.</summary>
internal static class Json
{
    /// <summary>The string member of that name; null when it is absent, no string, or not well-formed text.</summary>
    public static string? Text(JsonElement element, string name) =>
        JsonMembers.TryFind(element, name, out var member) ? Text(member) : null;

    public static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is JSON, but not text.
            return null;
        }
    }

    /// <summary>As <see cref="Text(JsonElement, string)"/>, cut to so many characters.</summary>
    public static string? Text(JsonElement element, string name, int most)
    {
        var text = Text(element, name);
        return text?.Length > most ? text[..most] : text;
    }

    /// <summary>The strings of the array member of that name; empty when there is none.</summary>
    public static IReadOnlyList<string> Texts(JsonElement element, string name)
    {
        if (Member(element, name, JsonValueKind.Array) is not { } array)
        {
            return [];
        }

        return [.. array.EnumerateArray().Select(Text).OfType<string>()];
    }

    /// <summary>The member of that name if it has that kind.</summary>
    public static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        JsonMembers.TryFind(element, name, out var member) && member.ValueKind == kind ? member : null;

    /// <summary>The JSON as it was written, cut to 40 characters.</summary>
    public static string Raw(JsonElement element)
    {
        try
        {
            var raw = element.GetRawText();
            return raw.Length <= 40 ? raw : raw[..40] + "…";
        }
        catch (InvalidOperationException)
        {
            return "text that is not UTF-8";
        }
    }

    /// <summary>Whether text that did not parse fails for its depth alone, up to the place where it breaks otherwise.</summary>
    public static bool IsDeeperThan(ReadOnlySpan<byte> text, int depth)
    {
        // The reader is iterative: its depth costs bits, not stack.
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = int.MaxValue - 1 });
        try
        {
            while (reader.Read())
            {
                if (
                    reader.CurrentDepth >= depth
                    && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject
                )
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }
}
