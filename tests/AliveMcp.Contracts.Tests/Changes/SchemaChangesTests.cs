namespace AliveMcp.Contracts.Tests.Changes;

public sealed class SchemaChangesTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", """{"type":"integer"}""", "Breaking type_changed /type")]
    [InlineData("""{"type":"integer"}""", """{"type":"number"}""", "Additive type_widened /type")]
    [InlineData("""{"type":"number"}""", """{"type":"integer"}""", "Breaking type_narrowed /type")]
    [InlineData("""{"type":"string"}""", """{"type":["string","null"]}""", "Additive type_widened /type")]
    [InlineData("""{"type":"string"}""", "{}", "Additive type_widened /type")]
    [InlineData("""{"type":["a"]}""", """{"type":["string"]}""", "Breaking not_comparable /type")]
    [InlineData("""{"type":["string","null"]}""", """{"type":["null","string"]}""", "Text order_changed /type")]
    [InlineData("""{"type":"string"}""", """{"type":["string"]}""", "Text respelled /type")]
    [InlineData("""{"type":"string","enum":["a"]}""", """{"enum":["a"]}""", "Text respelled /type")]
    [InlineData("""{"enum":["a","b"]}""", """{"enum":["a"]}""", "Breaking enum_narrowed /enum")]
    [InlineData("""{"enum":["a"]}""", """{"enum":["a","b"]}""", "Additive enum_widened /enum")]
    [InlineData("""{"enum":["a"]}""", """{"enum":["b"]}""", "Breaking enum_changed /enum")]
    [InlineData("""{"enum":["a","b"]}""", """{"enum":["b","a"]}""", "Text order_changed /enum")]
    [InlineData("""{"enum":["a","a"]}""", """{"enum":["a"]}""", "Text respelled /enum")]
    [InlineData("""{"const":"a"}""", """{"const":"b"}""", "Breaking enum_changed /const")]
    [InlineData("""{"const":"a"}""", """{"enum":["a","b"]}""", "Additive enum_widened /enum")]
    [InlineData("""{"const":"a"}""", """{"enum":["a"]}""", "Text respelled /enum")]
    [InlineData("""{"enum":["a"]}""", """{"enum":"a"}""", "Breaking not_comparable /enum")]
    public void Kinds_and_values_are_compared_as_sets(string before, string after, string change)
    {
        Assert.Equal([At("/inputSchema", change)], Diff.OfInput(before, after).Select(Diff.Short));
    }

    [Theory]
    [InlineData("""{"minimum":1}""", """{"minimum":2}""", "Breaking constraint_narrowed /minimum")]
    [InlineData("""{"minimum":2}""", """{"minimum":1}""", "Additive constraint_widened /minimum")]
    [InlineData("""{"maximum":2}""", """{"maximum":1}""", "Breaking constraint_narrowed /maximum")]
    [InlineData("""{"minimum":1}""", "{}", "Additive constraint_widened /minimum")]
    [InlineData("{}", """{"maximum":1}""", "Breaking constraint_narrowed /maximum")]
    [InlineData("""{"minimum":1}""", """{"exclusiveMinimum":1}""", "Breaking constraint_narrowed /minimum")]
    [InlineData("""{"minimum":1}""", """{"exclusiveMinimum":0.5}""", "Additive constraint_widened /minimum")]
    [InlineData(
        """{"type":"integer","minimum":1}""",
        """{"type":"integer","exclusiveMinimum":0}""",
        "Text respelled /minimum"
    )]
    [InlineData("""{"minimum":1}""", """{"minimum":1,"exclusiveMinimum":0}""", "Text respelled /exclusiveMinimum")]
    [InlineData(
        """{"minimum":1}""",
        """{"minimum":1,"exclusiveMinimum":true}""",
        "Breaking constraint_narrowed /exclusiveMinimum"
    )]
    [InlineData(
        """{"maximum":9007199254740993}""",
        """{"maximum":9007199254740992}""",
        "Breaking constraint_narrowed /maximum"
    )]
    [InlineData("""{"maximum":1e999}""", """{"maximum":1}""", "Breaking not_comparable /maximum")]
    [InlineData("""{"minimum":"1"}""", """{"minimum":1}""", "Breaking not_comparable /minimum")]
    [InlineData("""{"minLength":1}""", """{"minLength":2}""", "Breaking constraint_narrowed /minLength")]
    [InlineData("""{"minLength":0}""", "{}", "Text respelled /minLength")]
    [InlineData("""{"maxItems":1}""", """{"maxItems":2}""", "Additive constraint_widened /maxItems")]
    [InlineData("""{"maxProperties":2}""", "{}", "Additive constraint_widened /maxProperties")]
    [InlineData("""{"multipleOf":2}""", """{"multipleOf":4}""", "Breaking constraint_narrowed /multipleOf")]
    [InlineData("""{"multipleOf":0.1}""", """{"multipleOf":0.05}""", "Additive constraint_widened /multipleOf")]
    [InlineData("""{"multipleOf":2}""", """{"multipleOf":3}""", "Breaking constraint_changed /multipleOf")]
    [InlineData("""{"uniqueItems":true}""", """{"uniqueItems":false}""", "Additive constraint_widened /uniqueItems")]
    [InlineData("""{"uniqueItems":false}""", "{}", "Text respelled /uniqueItems")]
    public void Bounds_are_compared_by_what_they_let_pass(string before, string after, string change)
    {
        Assert.Equal([At("/inputSchema", change)], Diff.OfInput(before, after).Select(Diff.Short));
    }

    [Theory]
    [InlineData("{}", """{"properties":{"a":{}}}""", "Additive parameter_added /properties/a")]
    [InlineData(
        "{}",
        """{"properties":{"a":{}},"required":["a"]}""",
        "Breaking parameter_added_required /properties/a"
    )]
    [InlineData("""{"properties":{"a":{}}}""", "{}", "Breaking parameter_removed /properties/a")]
    [InlineData(
        """{"properties":{"a":{"type":"string"}},"required":["a"]}""",
        """{"properties":{"b":{"type":"string"}},"required":["b"]}""",
        "Breaking parameter_renamed /properties/b"
    )]
    [InlineData(
        """{"properties":{"a":{}}}""",
        """{"properties":{"a":{}},"required":["a"]}""",
        "Breaking parameter_now_required /properties/a"
    )]
    [InlineData(
        """{"properties":{"a":{}},"required":["a"]}""",
        """{"properties":{"a":{}}}""",
        "Additive parameter_now_optional /properties/a"
    )]
    [InlineData("""{"required":["a","b"]}""", """{"required":["b","a"]}""", "Text order_changed /required")]
    [InlineData("""{"required":[]}""", "{}", "Text respelled /required")]
    [InlineData("{}", """{"required":["zz"]}""", "Breaking parameter_now_required /required")]
    [InlineData("{}", """{"properties":{}}""", "Text respelled /properties")]
    [InlineData("{}", """{"properties":[]}""", "Breaking not_comparable /properties")]
    [InlineData("{}", """{"required":"a"}""", "Breaking not_comparable /required")]
    [InlineData("{}", """{"additionalProperties":false}""", "Breaking constraint_narrowed /additionalProperties")]
    [InlineData(
        """{"additionalProperties":false}""",
        """{"additionalProperties":true}""",
        "Additive constraint_widened /additionalProperties"
    )]
    [InlineData("{}", """{"additionalProperties":{}}""", "Text respelled /additionalProperties")]
    [InlineData(
        """{"properties":{"a/b":{"properties":{"~":{"type":"string"}}}}}""",
        """{"properties":{"a/b":{"properties":{"~":{"type":"null"}}}}}""",
        "Breaking type_changed /properties/a~1b/properties/~0/type"
    )]
    [InlineData(
        """{"properties":{"title":{"type":"string"}}}""",
        """{"properties":{"title":{"type":"null"}}}""",
        "Breaking type_changed /properties/title/type"
    )]
    public void Parameters_come_go_and_are_renamed(string before, string after, string change)
    {
        Assert.Equal([At("/inputSchema", change)], Diff.OfInput(before, after).Select(Diff.Short));
    }

    [Theory]
    [InlineData("""{"items":{"type":"string"}}""", """{"items":{}}""", "Additive type_widened /items/type")]
    [InlineData("{}", """{"items":{}}""", "Text respelled /items")]
    [InlineData("{}", """{"items":false}""", "Breaking constraint_narrowed /items")]
    [InlineData(
        """{"prefixItems":[{"type":"string"}]}""",
        """{"prefixItems":[{"type":"null"}]}""",
        "Breaking type_changed /prefixItems/0/type"
    )]
    [InlineData(
        """{"items":[{"type":"string"}]}""",
        """{"prefixItems":[{"type":"string"}]}""",
        "Text respelled /items Text respelled /prefixItems"
    )]
    [InlineData("""{"contains":{}}""", """{"contains":{"type":"null"}}""", "Breaking type_narrowed /contains/type")]
    [InlineData(
        """{"contains":{},"maxContains":1}""",
        """{"contains":{"type":"null"},"maxContains":1}""",
        "Breaking not_comparable /contains"
    )]
    public void Items_are_gone_into(string before, string after, string changes)
    {
        var found = Diff.OfInput(before, after).Select(Diff.Short);

        Assert.Equal(changes, string.Join(' ', found).Replace("/inputSchema", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        """{"anyOf":[{"type":"null"}]}""",
        """{"anyOf":[{"type":"null"},true]}""",
        "Additive constraint_widened /anyOf/1"
    )]
    [InlineData(
        """{"anyOf":[{"type":"null"},true]}""",
        """{"anyOf":[true]}""",
        "Breaking constraint_narrowed /anyOf/0"
    )]
    [InlineData(
        """{"anyOf":[{"type":"null"},true]}""",
        """{"anyOf":[true,{"type":"null"}]}""",
        "Text order_changed /anyOf"
    )]
    [InlineData(
        """{"anyOf":[{"type":"null"},{"type":"integer"}]}""",
        """{"anyOf":[{"type":"number"},{"type":"null"}]}""",
        "Additive type_widened /anyOf/0/type"
    )]
    [InlineData(
        """{"allOf":[{"type":"null"}]}""",
        """{"allOf":[{"type":"null"},true]}""",
        "Breaking constraint_narrowed /allOf/1"
    )]
    [InlineData(
        """{"oneOf":[{"type":"integer"}]}""",
        """{"oneOf":[{"type":"number"}]}""",
        "Breaking not_comparable /oneOf/0"
    )]
    [InlineData(
        """{"oneOf":[{"type":"null","title":"a"}]}""",
        """{"oneOf":[{"type":"null","title":"b"}]}""",
        "Text title_changed /oneOf/0/title"
    )]
    [InlineData("""{"not":{"type":"null"}}""", """{"not":{"type":"string"}}""", "Breaking not_comparable /not")]
    [InlineData("""{"not":{"type":"null"}}""", "{}", "Additive constraint_widened /not")]
    [InlineData("""{"if":{}}""", """{"if":{},"then":false}""", "Breaking not_comparable /then")]
    [InlineData(
        """{"dependentRequired":{"a":["b"]}}""",
        """{"dependentRequired":{"a":["b","c"]}}""",
        "Breaking constraint_narrowed /dependentRequired/a"
    )]
    [InlineData("""{"patternProperties":{"^a":true}}""", "{}", "Additive constraint_widened /patternProperties/^a")]
    [InlineData(
        """{"patternProperties":{"^a":true},"additionalProperties":false}""",
        """{"additionalProperties":false}""",
        "Breaking not_comparable /patternProperties/^a"
    )]
    public void Branches_are_gone_into(string before, string after, string changes)
    {
        var found = Diff.OfInput(before, after).Select(Diff.Short);

        Assert.Equal(changes, string.Join(' ', found).Replace("/inputSchema", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"pattern":"a"}""", """{"pattern":"b"}""", "Breaking not_comparable /pattern")]
    [InlineData("{}", """{"pattern":"a"}""", "Breaking constraint_narrowed /pattern")]
    [InlineData("""{"format":"uri"}""", "{}", "Additive constraint_widened /format")]
    [InlineData("""{"default":1}""", """{"default":2}""", "Breaking default_changed /default")]
    [InlineData("{}", """{"default":2}""", "Additive default_changed /default")]
    [InlineData("{}", """{"title":"a"}""", "Text title_changed /title")]
    [InlineData("""{"description":"a"}""", """{"description":"b"}""", "Text description_changed /description")]
    [InlineData("{}", """{"examples":[1]}""", "Text examples_changed /examples")]
    [InlineData("{}", """{"$comment":"a"}""", "Text comment_changed /$comment")]
    [InlineData("{}", """{"deprecated":true}""", "Text deprecated_changed /deprecated")]
    [InlineData("{}", """{"x-mcp-header":"Region"}""", "Breaking header_changed /x-mcp-header")]
    [InlineData("{}", """{"x-other":1}""", "Breaking not_comparable /x-other")]
    [InlineData("{}", """{"$schema":"http://json-schema.org/draft-07/schema#"}""", "Text dialect_changed /$schema")]
    [InlineData("""{"$id":"a"}""", """{"$id":"b"}""", "Text identifier_changed /$id")]
    [InlineData(
        """{"prefixItems":[]}""",
        """{"prefixItems":[],"$schema":"http://json-schema.org/draft-07/schema#"}""",
        "Breaking not_comparable /$schema"
    )]
    [InlineData("""{"items":[],"not":7}""", """{"items":[],"not":8}""", "Breaking not_comparable /not")]
    public void Every_other_keyword_has_its_word(string before, string after, string change)
    {
        Assert.Equal([At("/inputSchema", change)], Diff.OfInput(before, after).Select(Diff.Short));
    }

    [Theory]
    [InlineData("""{"type":"integer"}""", """{"type":"number"}""", "Breaking type_widened /type")]
    [InlineData("""{"enum":["a","b"]}""", """{"enum":["a"]}""", "Additive enum_narrowed /enum")]
    [InlineData("{}", """{"properties":{"a":{}}}""", "Additive output_field_added /properties/a")]
    [InlineData(
        """{"additionalProperties":false}""",
        """{"additionalProperties":false,"properties":{"a":{}}}""",
        "Breaking output_field_added /properties/a"
    )]
    [InlineData("""{"properties":{"a":{}}}""", "{}", "Breaking output_field_removed /properties/a")]
    [InlineData(
        """{"properties":{"a":{}}}""",
        """{"properties":{"a":{}},"required":["a"]}""",
        "Additive output_field_now_required /properties/a"
    )]
    [InlineData(
        """{"properties":{"a":{}},"required":["a"]}""",
        """{"properties":{"a":{}}}""",
        "Breaking output_field_now_optional /properties/a"
    )]
    [InlineData("""{"default":1}""", """{"default":2}""", "Text default_changed /default")]
    [InlineData("""{"maximum":1}""", """{"maximum":2}""", "Breaking constraint_widened /maximum")]
    [InlineData("""{"pattern":"a"}""", """{"pattern":"b"}""", "Breaking not_comparable /pattern")]
    public void What_a_tool_returns_is_judged_the_other_way_round(string before, string after, string change)
    {
        Assert.Equal([At("/outputSchema", change)], Diff.OfOutput(before, after).Select(Diff.Short));
    }

    [Fact]
    public void What_cannot_be_compared_hides_nothing_that_can()
    {
        var changes = Diff.OfInput(
            """{"pattern":"a","properties":{"p":{"type":"string","x":1},"q":{"maximum":5}}}""",
            """{"pattern":"b","properties":{"p":{"type":"null","x":2},"q":{"maximum":6}}}"""
        );

        Assert.Equal(
            [
                "Breaking not_comparable /inputSchema/pattern",
                "Breaking type_changed /inputSchema/properties/p/type",
                "Breaking not_comparable /inputSchema/properties/p/x",
                "Additive constraint_widened /inputSchema/properties/q/maximum",
            ],
            changes.Select(Diff.Short)
        );
    }

    private static string At(string prefix, string change) =>
        string.Join(' ', change.Split(' ').Select((word, at) => at == 2 ? prefix + word : word));
}
