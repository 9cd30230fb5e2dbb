using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AliveMcp.Contracts.Tests;

public sealed class CanonicalWriterTests
{
    // Heads that many share, ends before, at and behind the fourth character, and every way to spell one.
    private static readonly string[] Pieces =
    [
        "",
        "a",
        "ab",
        "desc",
        "\\u0064esc",
        "description",
        "descend",
        "é",
        "\\u00e9",
        "\\u0000",
        "\\ud83d\\ude00",
        "😀",
        "\ufb33",
        "\\ud800",
        "\\n",
        "\\\"",
        "\u007f",
        "filter_1",
        "filter_12",
    ];

    [Fact]
    public void It_writes_what_a_slow_reading_of_the_RFC_writes()
    {
        var random = new Random(8785);
        for (var round = 0; round < 4000; round++)
        {
            var json = Value(random, depth: 4);
            using var document = JsonDocument.Parse(json);

            Assert.Equal(
                Slow(document.RootElement),
                Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)))
            );
        }
    }

    private static string Value(Random random, int depth) =>
        random.Next(depth == 0 ? 3 : 6) switch
        {
            0 => random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
            1 => Text(random),
            2 => "null",
            3 => $"[{Space(random)}{string.Join(',', Many(random, () => Value(random, depth - 1)))}{Space(random)}]",
            _ =>
                $"{{{Space(random)}{string.Join($"{Space(random)},", Many(random, () => $"{Text(random)}{Space(random)}:{Space(random)}{Value(random, depth - 1)}"))}}}",
        };

    private static IEnumerable<string> Many(Random random, Func<string> make)
    {
        // Now and then more than are sorted by insertion.
        var count = random.Next(20) == 0 ? 40 : random.Next(6);
        return Enumerable.Range(0, count).Select(_ => make());
    }

    private static string Text(Random random) =>
        $"\"{Pieces[random.Next(Pieces.Length)]}{Pieces[random.Next(Pieces.Length)]}\"";

    private static string Space(Random random) => random.Next(4) == 0 ? " \n" : "";

    private static string Slow(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => $"{{{string.Join(',', Members(value))}}}",
            JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Slow))}]",
            JsonValueKind.String => Quoted(Characters(value.GetRawText()[1..^1])),
            _ => value.GetRawText(),
        };

    private static IEnumerable<string> Members(JsonElement value)
    {
        var last = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            last[JsonMembers.NameOf(member)] = member.Value;
        }

        return last.Select(member => $"{Quoted(member.Key)}:{Slow(member.Value)}");
    }

    private static string Characters(string inside)
    {
        var text = new StringBuilder();
        for (var at = 0; at < inside.Length; at++)
        {
            if (inside[at] != '\\')
            {
                text.Append(inside[at]);
            }
            else if (inside[++at] == 'u')
            {
                text.Append((char)Convert.ToInt32(inside.Substring(at + 1, 4), 16));
                at += 4;
            }
            else
            {
                text.Append(inside[at] == 'n' ? '\n' : inside[at]);
            }
        }

        return text.ToString();
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        for (var at = 0; at < text.Length; at++)
        {
            var isPair =
                char.IsSurrogate(text[at]) && at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
            _ =
                isPair ? quoted.Append(text, at++, 2)
                : text[at] == '\n' ? quoted.Append("\\n")
                : text[at] == '"' ? quoted.Append("\\\"")
                : text[at] < ' ' || char.IsSurrogate(text[at])
                    ? quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}")
                : quoted.Append(text[at]);
        }

        return quoted.Append('"').ToString();
    }
}
