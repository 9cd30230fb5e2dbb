using System.Text;

namespace AliveMcp.Drills.Town;

/// <summary>The tool list that every server of the town shows: twelve tools, 8 KB.</summary>
internal static class TownList
{
    public static byte[] Answer { get; } =
        Encoding.UTF8.GetBytes($$"""{"tools":[{{string.Join(',', Enumerable.Range(1, 12).Select(Tool))}}]}""");

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
