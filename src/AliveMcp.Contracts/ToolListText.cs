using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AliveMcp.Contracts;

/// <summary>A tool list as the one text that is hashed, in both its forms: <c>{"tools":[…]}</c> sorted by name.</summary>
internal static class ToolListText
{
    /// <summary>One tool in the full form: its name and where its text stands.</summary>
    public readonly record struct Entry(string? Name, int Start, int End);

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

    /// <summary>Writes the full form; <paramref name="begin"/> hears each tool's name before its text is written.</summary>
    /// <returns>The tools in the order in which they were written.</returns>
    public static Entry[] WriteFull(
        CanonicalWriter writer,
        IReadOnlyList<JsonElement> tools,
        string?[] names,
        Action<string?> begin
    )
    {
        var order = Sort(tools, names);
        var entries = new Entry[order.Length];
        writer.WriteRaw("{\"tools\":["u8);
        for (var at = 0; at < order.Length; at++)
        {
            if (at > 0)
            {
                writer.WriteRaw(","u8);
            }

            var name = names[order[at]];
            begin(name);
            var start = writer.Written.Length;
            writer.Write(JsonMarshal.GetRawUtf8Value(tools[order[at]]));
            entries[at] = new Entry(name, start, writer.Written.Length);
        }

        writer.WriteRaw("]}"u8);
        return entries;
    }

    /// <summary>Writes the form that calls depend on, out of the full one.</summary>
    public static void WriteContract(ReadOnlySpan<byte> full, ReadOnlySpan<Entry> entries, PooledBuffer<byte> output)
    {
        output.Append("{\"tools\":["u8);
        for (int start = 0, end; start < entries.Length; start = end)
        {
            end = EndOfNamesakes(entries, start);
            if (end - start == 1)
            {
                CanonicalSieve.Copy(full[entries[start].Start..entries[start].End], Scope.Tool, output);
                output.Append((byte)',');
            }
            else
            {
                WriteNamesakes(full, entries[start..end], output);
            }
        }

        output.Length -= entries.IsEmpty ? 0 : 1;
        output.Append("]}"u8);
    }

    private static string? NameOf(JsonElement tool)
    {
        if (!JsonMembers.TryFind(tool, "name", out var name) || name.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var raw = JsonMarshal.GetRawUtf8Value(name)[1..^1];
        if (Ascii.IsValid(raw) && !raw.Contains((byte)'\\'))
        {
            return Encoding.ASCII.GetString(raw);
        }

        using var text = new PooledBuffer<char>(64);
        JsonText.Decode(raw, raw.Contains((byte)'\\'), text);
        return text.Span.ToString();
    }

    private static int[] Sort(IReadOnlyList<JsonElement> tools, string?[] names)
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
                SortNamesakes(tools, order.AsSpan(start, end - start));
            }
        }

        return order;
    }

    /// <summary>Tools of one name are told apart by their text, so that their order in the list does not count either.</summary>
    private static void SortNamesakes(IReadOnlyList<JsonElement> tools, Span<int> order)
    {
        var texts = new byte[order.Length][];
        for (var at = 0; at < texts.Length; at++)
        {
            using var writer = new CanonicalWriter { ExactIntegers = true };
            writer.Write(JsonMarshal.GetRawUtf8Value(tools[order[at]]));
            texts[at] = writer.Written.ToArray();
        }

        texts.AsSpan().Sort(order, (left, right) => left.AsSpan().SequenceCompareTo(right));
    }

    private static int EndOfNamesakes(ReadOnlySpan<Entry> entries, int start)
    {
        var end = start + 1;
        while (end < entries.Length && string.Equals(entries[start].Name, entries[end].Name, StringComparison.Ordinal))
        {
            end++;
        }

        return end;
    }

    /// <summary>Without their texts for readers, tools of one name may have another order than with them.</summary>
    private static void WriteNamesakes(
        ReadOnlySpan<byte> full,
        ReadOnlySpan<Entry> namesakes,
        PooledBuffer<byte> output
    )
    {
        var texts = new byte[namesakes.Length][];
        for (var at = 0; at < texts.Length; at++)
        {
            using var text = new PooledBuffer<byte>(1024);
            CanonicalSieve.Copy(full[namesakes[at].Start..namesakes[at].End], Scope.Tool, text);
            texts[at] = text.Span.ToArray();
        }

        Array.Sort(texts, (left, right) => left.AsSpan().SequenceCompareTo(right));
        foreach (var text in texts)
        {
            output.Append(text);
            output.Append((byte)',');
        }
    }
}
