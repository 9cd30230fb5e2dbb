using System.Globalization;

namespace AliveMcp.Host.Ops;

/// <summary>What <c>ops operator …</c> was asked.</summary>
/// <param name="Verb"><c>list</c>, <c>add</c> or <c>revoke</c>.</param>
/// <param name="Name">Who, for <c>add</c>.</param>
/// <param name="Layer">The word of a layer, for <c>add</c>.</param>
/// <param name="Tenant">A tenant's slug, for <c>add</c>; null: all.</param>
/// <param name="Number">Days that the token lives, for <c>add</c>; the operator's number, for <c>revoke</c>.</param>
internal sealed record OperatorWords(string Verb, string Name, string Layer, string? Tenant, int Number)
{
    /// <returns>Null when the words make no sense.</returns>
    public static OperatorWords? Read(IReadOnlyList<string> words) =>
        words switch
        {
            ["operator", "list"] => new OperatorWords("list", "", "", null, 0),
            ["operator", "revoke", var number] when IsNumber(number, out var one) => new OperatorWords(
                "revoke",
                "",
                "",
                null,
                one
            ),
            ["operator", "add", var name, ..] when !name.StartsWith('-') => Add(name, [.. words.Skip(3)]),
            _ => null,
        };

    private static OperatorWords? Add(string name, string[] flags)
    {
        if (flags.Length % 2 != 0)
        {
            return null;
        }

        var asked = new OperatorWords("add", name, "", null, 1);
        foreach (var pair in flags.Chunk(2))
        {
            switch (pair)
            {
                case ["--layer", var layer] when asked.Layer.Length == 0:
                    asked = asked with { Layer = layer };
                    break;
                case ["--tenant", var tenant] when asked.Tenant is null:
                    asked = asked with { Tenant = tenant };
                    break;
                case ["--days", var days] when IsNumber(days, out var count):
                    asked = asked with { Number = count };
                    break;
                default:
                    return null;
            }
        }

        return asked.Layer.Length > 0 ? asked : null;
    }

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
