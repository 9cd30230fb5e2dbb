using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AliveMcp.Contracts.Tests;

/// <summary>JSON values by chance, and prints of one value that differ in everything that does not count.</summary>
internal static class RandomJson
{
    private static readonly string[] Keys =
    [
        "a",
        "b",
        "title",
        "description",
        "properties",
        "type",
        "é",
        "€",
        "😀",
        "\ufb33",
        "tab\t",
        "q\"",
        "\u0001",
        "",
    ];

    public static JsonNode? Value(Random random, int depth) =>
        random.Next(depth > 0 ? 7 : 5) switch
        {
            0 => null,
            1 => JsonValue.Create(random.Next(2) == 0),
            2 => JsonValue.Create(random.Next(-1000, 1000) / 8.0),
            3 => JsonValue.Create((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30))),
            4 => JsonValue.Create(Keys[random.Next(Keys.Length)] + Keys[random.Next(Keys.Length)]),
            5 => new JsonArray([.. Some(random, depth)]),
            _ => new JsonObject(
                Keys.Where(_ => random.Next(3) == 0).Select(key => KeyValuePair.Create(key, Value(random, depth - 1)))
            ),
        };

    /// <summary>The same value with other white space, other escapes and another order of keys.</summary>
    public static string Print(JsonNode? node, Random random)
    {
        var text = new StringBuilder();
        Print(node, random, text);
        return text.ToString();
    }

    private static IEnumerable<JsonNode?> Some(Random random, int depth) =>
        Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1));

    private static void Print(JsonNode? node, Random random, StringBuilder text)
    {
        text.Append(' ', random.Next(2));
        switch (node)
        {
            case JsonObject members:
                var shuffled = members.ToArray();
                random.Shuffle(shuffled);
                PrintAll(shuffled, '{', '}', text, member => PrintMember(member, random, text));
                break;
            case JsonArray items:
                PrintAll([.. items], '[', ']', text, item => Print(item, random, text));
                break;
            default:
                text.Append(
                    node?.GetValueKind() switch
                    {
                        null => "null",
                        JsonValueKind.String => Quote(node.GetValue<string>(), random),
                        JsonValueKind.Number => Number(node.GetValue<double>(), random),
                        _ => node.ToJsonString(),
                    }
                );
                break;
        }

        text.Append(random.Next(2) == 0 ? "" : "\n");
    }

    private static void PrintMember(KeyValuePair<string, JsonNode?> member, Random random, StringBuilder text)
    {
        text.Append(Quote(member.Key, random)).Append(':');
        Print(member.Value, random, text);
    }

    private static void PrintAll<T>(T[] items, char open, char close, StringBuilder text, Action<T> print)
    {
        text.Append(open);
        for (var at = 0; at < items.Length; at++)
        {
            text.Append(at == 0 ? "" : ",");
            print(items[at]);
        }

        text.Append(close);
    }

    private static string Number(double value, Random random) =>
        value.ToString(random.Next(2) == 0 ? "R" : "E16", CultureInfo.InvariantCulture);

    private static string Quote(string value, Random random) =>
        "\""
        + string.Concat(
            value.Select(unit =>
                unit < 0x20 || unit is '"' or '\\' || (unit < 0x80 && random.Next(4) == 0)
                    ? $"\\u{(int)unit:X4}"
                    : unit.ToString()
            )
        )
        + "\"";
}
