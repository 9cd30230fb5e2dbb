using System.Text.Json;
using AliveMcp.Contracts.Queries;
using AliveMcp.Contracts.Schemas;

namespace AliveMcp.Contracts.Tests.Schemas;

/// <summary>Whatever a stranger's answer holds, a schema and a path have an answer to it.</summary>
public sealed class HostileValueTests
{
    private static readonly string[] Schemas =
    [
        """{"properties":{"a":{"type":"integer"}},"additionalProperties":false}""",
        """{"additionalProperties":{"type":"string"}}""",
        """{"patternProperties":{"^a":false}}""",
        """{"propertyNames":{"pattern":"^a"}}""",
        """{"propertyNames":{"maxLength":3}}""",
        """{"required":["a"]}""",
        """{"maxProperties":1}""",
        """{"dependentRequired":{"a":["b"]},"dependentSchemas":{"a":false}}""",
        """{"const":{"a":1}}""",
        """{"enum":[{"a":1}]}""",
        """{"items":{"required":["a"]},"uniqueItems":true,"contains":{"const":{"a":1}}}""",
        """{"not":{"properties":{"a":true}}}""",
    ];

    private static readonly string[] Values =
    [
        """{"\ud800":1}""",
        """{"\ud800":1,"a":1}""",
        """{"a\udc00":"\ud800"}""",
        """[{"\ud800":1},{"\ud800":1}]""",
        """{"\ud800":{"\udfff":[]}}""",
        """{"a":{"\ud800":0}}""",
    ];

    [Fact]
    public void Half_characters_in_names_are_judged_and_never_throw()
    {
        foreach (var schema in Schemas)
        {
            Assert.True(JsonSchema.Read(schema).TryGet(out var read));
            foreach (var value in Values)
            {
                _ = read.Check(JsonElement.Parse(value))?.ToString();
            }
        }
    }

    [Fact]
    public void A_name_that_is_no_text_is_none_that_a_schema_names()
    {
        Assert.True(JsonSchema.Read(Schemas[0]).TryGet(out var closed));

        Assert.NotNull(closed.Check(JsonElement.Parse(Values[0])));
    }

    [Theory]
    [InlineData("$..a")]
    [InlineData("$.*")]
    [InlineData("$..*")]
    [InlineData("$[?(@.a == 1)]")]
    [InlineData("$..[?(@.a > 'x')]")]
    [InlineData("$[0:2]")]
    [InlineData("$['a']")]
    public void Half_characters_are_searched_and_never_throw(string path)
    {
        Assert.True(JsonPathQuery.Read(path).TryGet(out var query));
        foreach (var value in Values)
        {
            _ = query.Select(JsonElement.Parse(value));
        }
    }
}
