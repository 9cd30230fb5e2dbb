using System.Text;

namespace AliveMcp.Drills.Town;

/// <summary>The tool list that every server of the town shows, twelve tools of 8 KB, and the one that eats the memory of whoever reads it.</summary>
internal static class TownList
{
    public static byte[] Answer { get; } =
        Encoding.UTF8.GetBytes($$"""{"tools":[{{string.Join(',', Enumerable.Range(1, 12).Select(Tool))}}]}""");

    /// <summary>Close under what a list may weigh, of the smallest values there are: each costs its reader far more than its two bytes.</summary>
    public static byte[] Heavy { get; } =
        Encoding.UTF8.GetBytes(
            """{"tools":[{"name":"grow","inputSchema":{"type":"object","enum":["""
                + string.Join(',', Enumerable.Repeat("{}", 1_300_000))
                + "]}}]}"
        );

    private static string Tool(int number)
    {
        var properties = string.Join(
            ',',
            Enumerable
                .Range(1, 6)
                .Select(place =>
                    $$"""
                        "field_{{place}}":{"type":"string","description":"The value that field number {{place}} of the record must have."}
                        """
                )
        );
        return $$$"""
            {"name":"find_records_{{{number}}}","description":"Finds records of shelf {{{number}}} by the values of their fields.","inputSchema":{"type":"object","properties":{{{{properties}}}},"required":["field_1"]}}
            """;
    }
}
