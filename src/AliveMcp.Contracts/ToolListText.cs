using System.Runtime.InteropServices;
using System.Text.Json;

namespace AliveMcp.Contracts;

/// <summary>A tool list as the one text that is hashed: <c>{"tools":[…]}</c> sorted by name.</summary>
internal static class ToolListText
{
    /// <summary>The name of each tool; null where it has none.</summary>
    public static string?[] NamesOf(IReadOnlyList<JsonElement> tools)
    {
        var names = new string?[tools.Count];
        for (var at = 0; at < names.Length; at++)
        {
            names[at] = NameOf(tools[at]);
        }

        return names;
    }

    /// <summary>Writes the list; <paramref name="begin"/> hears each tool's name before its text is written.</summary>
    public static void Write(
        CanonicalWriter writer,
        IReadOnlyList<JsonElement> tools,
        string?[] names,
        Scope scope,
        Action<string?> begin
    )
    {
        writer.WriteRaw("{\"tools\":["u8);
        var first = true;
        foreach (var at in Sort(tools, names, scope))
        {
            if (!first)
            {
                writer.WriteRaw(","u8);
            }

            first = false;
            begin(names[at]);
            writer.Write(JsonMarshal.GetRawUtf8Value(tools[at]), scope);
        }

        writer.WriteRaw("]}"u8);
    }

    private static string? NameOf(JsonElement tool)
    {
        if (
            tool.ValueKind != JsonValueKind.Object
            || !tool.TryGetProperty("name", out var name)
            || name.ValueKind != JsonValueKind.String
        )
        {
            return null;
        }

        using var text = new PooledBuffer<char>(64);
        var raw = JsonMarshal.GetRawUtf8Value(name)[1..^1];
        JsonText.Decode(raw, raw.Contains((byte)'\\'), text);
        return text.Span.ToString();
    }

    private static int[] Sort(IReadOnlyList<JsonElement> tools, string?[] names, Scope scope)
    {
        var keys = (string?[])names.Clone();
        var order = new int[keys.Length];
        for (var at = 0; at < order.Length; at++)
        {
            order[at] = at;
        }

        Array.Sort(keys, order, StringComparer.Ordinal);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            end = start + 1;
            while (end < keys.Length && string.Equals(keys[start], keys[end], StringComparison.Ordinal))
            {
                end++;
            }

            if (end - start > 1)
            {
                SortNamesakes(tools, order.AsSpan(start, end - start), scope);
            }
        }

        return order;
    }

    /// <summary>Tools of one name are told apart by their text in the form at hand, so that their order in the list does not count either.</summary>
    private static void SortNamesakes(IReadOnlyList<JsonElement> tools, Span<int> order, Scope scope)
    {
        var texts = new byte[order.Length][];
        for (var at = 0; at < texts.Length; at++)
        {
            using var writer = new CanonicalWriter { ExactIntegers = true };
            writer.Write(JsonMarshal.GetRawUtf8Value(tools[order[at]]), scope);
            texts[at] = writer.Written.ToArray();
        }

        texts.AsSpan().Sort(order, (left, right) => left.AsSpan().SequenceCompareTo(right));
    }
}
