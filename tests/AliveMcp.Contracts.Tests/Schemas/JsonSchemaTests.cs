using System.Text.Json;
using AliveMcp.Contracts.Schemas;

namespace AliveMcp.Contracts.Tests.Schemas;

/// <summary>Values that fit and values that do not, keyword by keyword, as draft 2020-12 has it.</summary>
public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""true""", "1 null", "")]
    [InlineData("""false""", "", "1 null {}")]
    [InlineData("""{}""", "1 null [] {}", "")]
    [InlineData("""{"type":"integer"}""", "1 1.0 -0 1e3 10000000000000000000000", "1.5 \"1\" null 1e-1")]
    [InlineData("""{"type":"number"}""", "1 1.5", "\"1\" true")]
    [InlineData("""{"type":["string","null"]}""", "\"a\" null", "1 []")]
    [InlineData("""{"type":"boolean"}""", "true false", "0 \"true\"")]
    [InlineData("""{"type":"object"}""", "{}", "[]")]
    [InlineData("""{"type":"array"}""", "[]", "{}")]
    [InlineData("""{"const":1}""", "1 1.0 1e0", "2 true \"1\"")]
    [InlineData("""{"const":{"a":1,"b":[2]}}""", """{"b":[2.0],"a":1}""", """{"a":1} {"a":1,"b":[2,2]}""")]
    [InlineData("""{"const":9007199254740993}""", "9007199254740993", "9007199254740992")]
    [InlineData("""{"enum":[1,"a",null]}""", "1 \"a\" null", "2 \"b\" false 0")]
    [InlineData("""{"minimum":1.1}""", "1.1 2 \"0\"", "1 1.0999999999999999999999999")]
    [InlineData("""{"maximum":3}""", "3 3.0 -1e300", "3.0000000000000000000001 4")]
    [InlineData("""{"exclusiveMinimum":0}""", "0.1 1e-300", "0 -0 -1")]
    [InlineData("""{"exclusiveMaximum":10}""", "9.99", "10 1e1 1e5000")]
    [InlineData("""{"multipleOf":0.01}""", "0 4.02 1e308 19.99", "0.0075")]
    [InlineData("""{"multipleOf":3}""", "9 -9 3e2 \"1\"", "10 1.5")]
    [InlineData("""{"minLength":2}""", "\"ab\" \"😀😀\" 1", "\"a\" \"😀\"")]
    [InlineData("""{"maxLength":2}""", "\"ab\" \"😀😀\"", "\"abc\"")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aa\" 1", "\"b\" \"ab\" \"\"")]
    [InlineData("""{"pattern":"a"}""", "\"xax\"", "\"xx\"")]
    public void A_value_by_itself_fits_or_it_does_not(string schema, string fitting, string unfitting) =>
        Judge(schema, fitting, unfitting);

    [Theory]
    [InlineData("""{"required":["a"]}""", """{"a":null} []""", "{}")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{} {"a":"x"} {"b":1} 3""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":false}}""", "{}", """{"a":1}""")]
    [InlineData(
        """{"properties":{"a":true},"patternProperties":{"^x":{"type":"integer"}},"additionalProperties":false}""",
        """{"a":1,"x1":2} {}""",
        """{"b":1} {"x1":"s"}"""
    )]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"a":1}""", """{"a":"x"}""")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"ab":1}""", """{"abc":1}""")]
    [InlineData(
        """{"minProperties":1,"maxProperties":2}""",
        """{"a":1} {"a":1,"b":2} []""",
        """{} {"a":1,"b":2,"c":3}"""
    )]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{} {"b":1} {"a":1,"b":2}""", """{"a":1}""")]
    [InlineData("""{"dependentSchemas":{"a":{"maxProperties":1}}}""", """{"a":1} {"b":1,"c":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"items":{"type":"integer"}}""", "[] [1] {}", "[1,\"a\"]")]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":false}""", "[] [1]", "[\"a\"] [1,2]")]
    [InlineData("""{"contains":{"const":1}}""", "[1,2]", "[] [2]")]
    [InlineData("""{"contains":{"const":1},"minContains":0}""", "[] [2]", "")]
    [InlineData("""{"contains":{"const":1},"minContains":2,"maxContains":2}""", "[1,1]", "[1] [1,1,1]")]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[1] [1,2] {}", "[] [1,2,3]")]
    [InlineData(
        """{"uniqueItems":true}""",
        """[] [1,2] [{"a":1},{"a":2}] [1,true] [0,false]""",
        """[1,1.0] [{"a":1,"b":2},{"b":2,"a":1}]"""
    )]
    [InlineData("""{"uniqueItems":false}""", "[1,1]", "")]
    public void What_holds_others_fits_or_it_does_not(string schema, string fitting, string unfitting) =>
        Judge(schema, fitting, unfitting);

    [Theory]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "1 2", "0 3")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":5}]}""", "\"a\" 5", "4")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":5}]}""", "1 5.5", "5 1.5")]
    [InlineData("""{"not":{"type":"integer"}}""", "\"a\"", "1")]
    [InlineData("""{"if":{"minimum":0},"then":{"multipleOf":2},"else":{"maximum":-5}}""", "0 2 -5", "1 -4")]
    [InlineData("""{"then":false,"else":false}""", "1", "")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"integer"}}}""", "1", "\"a\"")]
    [InlineData("""{"$ref":"#/$defs/a","minimum":3,"$defs":{"a":{"type":"integer"}}}""", "3", "2 3.5")]
    [InlineData("""{"$ref":"#spot","$defs":{"a":{"$anchor":"spot","type":"integer"}}}""", "1", "\"a\"")]
    [InlineData("""{"$ref":"#/$defs/a~1b%25c","$defs":{"a/b%c":{"type":"integer"}}}""", "1", "\"a\"")]
    [InlineData(
        """{"type":"object","properties":{"child":{"$ref":"#"},"n":{"type":"integer"}},"required":["n"]}""",
        """{"n":1} {"n":1,"child":{"n":2,"child":{"n":3}}}""",
        """{"n":1,"child":{}} {"n":1,"child":{"n":2,"child":{"n":"x"}}}"""
    )]
    [InlineData("""{"format":"email","contentEncoding":"base64","title":"t","x-mine":1}""", "\"no mail\" 1", "")]
    [InlineData("""{"type":"string","minLength":0}""", "\"\"", "\"\\ud800\"")]
    public void What_schemas_are_made_of_fits_or_it_does_not(string schema, string fitting, string unfitting) =>
        Judge(schema, fitting, unfitting);

    [Theory]
    [InlineData(
        """{"properties":{"days":{"items":{"required":["sky"]}}}}""",
        """{"days":[{"sky":1},{"rain":2}]}""",
        "expected a member \"sky\" at /days/1, got {\"rain\":2}"
    )]
    [InlineData(
        """{"properties":{"a/b":{"type":"integer"}}}""",
        """{"a/b":"x"}""",
        "expected the type integer at /a~1b, got \"x\""
    )]
    [InlineData("""{"type":["string","null"]}""", "7", "expected the type [string,null], got 7")]
    [InlineData("""{"additionalProperties":false}""", """{"z":1}""", "expected nothing at /z, got 1")]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", "expected one of [\"a\",\"b\"], got \"c\"")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "expected at most 1 items, got 2")]
    public void A_fault_says_where_and_puts_expected_beside_actual(string schema, string value, string sentence)
    {
        Assert.True(JsonSchema.Read(schema).TryGet(out var read));

        Assert.Equal(sentence, read.Check(JsonElement.Parse(value))!.ToString());
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("7", "is no schema")]
    [InlineData("""{"requried":["a"]}""", "/requried is no keyword")]
    [InlineData("""{"unevaluatedProperties":false}""", "/unevaluatedProperties is not supported")]
    [InlineData("""{"allOf":[{"unevaluatedItems":false}]}""", "/allOf/0/unevaluatedItems is not supported")]
    [InlineData("""{"$dynamicRef":"#a"}""", "is not supported")]
    [InlineData("""{"$ref":"https://example.com/schema"}""", "no schema of this document")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "no schema of this document")]
    [InlineData("""{"$ref":"#/examples/0","examples":[{"type":"integer"}]}""", "no schema of this document")]
    [InlineData("""{"properties":{"a":{"$id":"b"}}}""", "at its root only")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#"}""", "another dialect")]
    [InlineData("""{"items":[{}]}""", "write prefixItems")]
    [InlineData("""{"type":"float"}""", "/type is none of")]
    [InlineData("""{"type":[]}""", "/type is none of")]
    [InlineData("""{"minLength":-1}""", "no whole number")]
    [InlineData("""{"minLength":1.5}""", "no whole number")]
    [InlineData("""{"maximum":"3"}""", "is no number")]
    [InlineData("""{"multipleOf":0}""", "above 0")]
    [InlineData("""{"pattern":"("}""", "no regular expression")]
    [InlineData("""{"pattern":"(?=a)"}""", "no regular expression")]
    [InlineData("""{"pattern":"(a)\\1"}""", "no regular expression")]
    [InlineData("""{"patternProperties":{"(":{}}}""", "no regular expression")]
    [InlineData("""{"required":"a"}""", "no list of names")]
    [InlineData("""{"properties":[]}""", "no object of schemas")]
    [InlineData("""{"anyOf":[]}""", "no list of schemas")]
    [InlineData("""{"properties":{"a":3}}""", "/properties/a is no schema")]
    [InlineData("""{"uniqueItems":"yes"}""", "neither true nor false")]
    [InlineData("""{"title":"\ud800","const":"\ud800","pattern":"\ud800"}""", "not JSON")]
    public void What_could_not_be_checked_as_it_is_meant_is_refused(string schema, string why)
    {
        var read = JsonSchema.Read(schema);

        Assert.False(read.TryGet(out _));
        Assert.Contains(read.Problems, problem => problem.Message.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void A_schema_that_leads_back_to_itself_ends()
    {
        foreach (
            var schema in new[]
            {
                """{"$ref":"#"}""",
                """{"not":{"$ref":"#"}}""",
                """{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}""",
            }
        )
        {
            Assert.True(JsonSchema.Read(schema).TryGet(out var read));

            Assert.Contains(
                "reasonable work",
                read.Check(JsonElement.Parse("1"))!.ToString(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void A_list_that_is_too_long_to_compare_with_itself_does_not_fit()
    {
        Assert.True(JsonSchema.Read("""{"uniqueItems":true}""").TryGet(out var read));

        Assert.Null(read.Check(JsonElement.Parse($"[{string.Join(',', Enumerable.Range(0, 500))}]")));
        Assert.NotNull(read.Check(JsonElement.Parse($"[{string.Join(',', Enumerable.Range(0, 5_000))}]")));
    }

    [Fact]
    public void Numbers_with_thousands_of_digits_are_not_weighed()
    {
        Assert.True(JsonSchema.Read("""{"minimum":0}""").TryGet(out var read));

        Assert.NotNull(read.Check(JsonElement.Parse(new string('9', 100_000))));
        Assert.NotNull(read.Check(JsonElement.Parse("1e999999999")));
    }

    private static void Judge(string schema, string fitting, string unfitting)
    {
        Assert.True(JsonSchema.Read(schema).TryGet(out var read));

        foreach (var value in Values(fitting))
        {
            Assert.Null(read.Check(value));
        }

        foreach (var value in Values(unfitting))
        {
            Assert.NotNull(read.Check(value));
        }
    }

    private static IEnumerable<JsonElement> Values(string texts) =>
        texts.Length == 0 ? [] : JsonElement.Parse($"[{string.Join(',', Split(texts))}]").EnumerateArray();

    // Values stand beside each other with one space between them, and hold none that is not in a text.
    private static IEnumerable<string> Split(string texts) =>
        texts.Replace("no mail", "no_mail", StringComparison.Ordinal).Split(' ');
}
