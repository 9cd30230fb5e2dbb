using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AliveMcp.Contracts.Tests;

public sealed class ContractHasherTests
{
    private const string Search = """
        {"name":"search","title":"Search","description":"Finds things.",
         "inputSchema":{"type":"object","title":"Arguments","properties":{
           "title":{"type":"string","description":"What to look for","examples":["x"]},
           "description":{"type":"string","$comment":"kept as a property"},
           "limit":{"type":"integer","default":10}},"required":["title"]},
         "annotations":{"title":"Search","readOnlyHint":true}}
        """;

    private const string Add =
        """{"name":"add","inputSchema":{"type":"object","properties":{"a":{"type":"number"}}},"outputSchema":{"type":"object"}}""";

    [Fact]
    public void The_full_form_is_the_canonical_list_sorted_by_name()
    {
        var document = Hash("""{"name":"b","inputSchema":{}}""", """{"inputSchema":{"type":"object"},"name":"a"}""");

        const string full =
            """{"tools":[{"inputSchema":{"type":"object"},"name":"a"},{"inputSchema":{},"name":"b"}]}""";
        Assert.Equal(full, Encoding.UTF8.GetString(document.Canonical.Span));
        Assert.Equal(2, document.ToolCount);
        Assert.Empty(document.Findings);
    }

    [Fact]
    public void The_hashes_of_a_known_list_never_change()
    {
        var document = Hash(Search, Add);

        Assert.Equal("sha256:93ce0eb579eeb49ca8e53a49057af618df46027ae619e9af832d9296fe160b1f", document.ContractHash);
        Assert.Equal("sha256:63da54d5df89c059b7667d42ec8bd286655b861baaf546cdbdb2f3e1ead17768", document.FullHash);
    }

    [Fact]
    public void Of_a_known_list_the_text_is_not_kept()
    {
        var document = Hash(Search, Add);

        var again = ContractHasher.Hash(Parsed.Tools(Search, Add), document.FullHash);

        Assert.Equal(document with { Canonical = default, Findings = again.Findings }, again);
    }

    [Fact]
    public void An_empty_list_has_its_hash_too()
    {
        var document = Hash();

        Assert.Equal("""{"tools":[]}""", Encoding.UTF8.GetString(document.Canonical.Span));
        Assert.Equal(document.FullHash, document.ContractHash);
    }

    [Theory]
    [InlineData("Finds things.", "Finds other things.")]
    [InlineData("What to look for", "Words to look for")]
    [InlineData("\"title\":\"Arguments\",", "")]
    [InlineData("\"examples\":[\"x\"]", "\"examples\":[]")]
    [InlineData("kept as a property", "kept")]
    [InlineData("\"annotations\":{\"title\":\"Search\",", "\"annotations\":{")]
    [InlineData("\"title\":\"Search\",\"description\"", "\"icons\":[],\"description\"")]
    public void Changed_text_changes_the_full_hash_alone(string before, string after)
    {
        var (old, changed) = Change(before, after);

        Assert.Equal(old.ContractHash, changed.ContractHash);
        Assert.NotEqual(old.FullHash, changed.FullHash);
    }

    [Theory]
    [InlineData("\"title\":{\"type\":\"string\"", "\"title\":{\"type\":\"number\"")]
    [InlineData("\"description\":{\"type\":\"string\",", "\"description\":{\"type\":\"null\",")]
    [InlineData("\"title\":{\"type\"", "\"titel\":{\"type\"")]
    [InlineData("\"required\":[\"title\"]", "\"required\":[]")]
    [InlineData("\"default\":10", "\"default\":11")]
    [InlineData("\"default\":10", "\"default\":10,\"x-mcp-header\":\"Limit\"")]
    [InlineData("\"readOnlyHint\":true", "\"readOnlyHint\":false")]
    [InlineData("\"name\":\"search\"", "\"name\":\"find\"")]
    public void A_changed_schema_name_or_annotation_changes_both_hashes(string before, string after)
    {
        var (old, changed) = Change(before, after);

        Assert.NotEqual(old.ContractHash, changed.ContractHash);
        Assert.NotEqual(old.FullHash, changed.FullHash);
    }

    [Theory]
    [InlineData("""{"properties":{"title":{"type":"string"}}}""", """{"properties":{}}""")]
    [InlineData("""{"$defs":{"description":{"type":"string"}}}""", """{"$defs":{}}""")]
    [InlineData("""{"dependentRequired":{"title":["a"]}}""", """{"dependentRequired":{}}""")]
    [InlineData("""{"enum":[{"title":"a"}]}""", """{"enum":[{"title":"b"}]}""")]
    [InlineData("""{"const":{"description":"a"}}""", """{"const":{"description":"b"}}""")]
    [InlineData("""{"default":{"title":"a"}}""", """{"default":{}}""")]
    [InlineData(
        """{"properties":{"properties":{"title":"x","properties":{"title":{}}}}}""",
        """{"properties":{"properties":{"title":"x","properties":{}}}}"""
    )]
    public void A_name_or_a_value_that_looks_like_a_text_keyword_counts(string one, string other)
    {
        Assert.NotEqual(HashOfSchema(one), HashOfSchema(other));
    }

    [Theory]
    [InlineData("""{"items":{"title":"a"}}""", """{"items":{}}""")]
    [InlineData("""{"anyOf":[{"description":"a"}]}""", """{"anyOf":[{}]}""")]
    [InlineData("""{"properties":{"title":{"title":"a"}}}""", """{"properties":{"title":{}}}""")]
    [InlineData("""{"$defs":{"x":{"not":{"$comment":"a"}}}}""", """{"$defs":{"x":{"not":{}}}}""")]
    [InlineData("""{"additionalProperties":{"examples":[1]}}""", """{"additionalProperties":{}}""")]
    [InlineData("""{"maximum":1.0}""", """{"maximum":1}""")]
    [InlineData("""{"maximum":1e3}""", """{"maximum":1000}""")]
    public void Text_keywords_at_any_depth_and_spellings_of_numbers_do_not_count(string one, string other)
    {
        Assert.Equal(HashOfSchema(one), HashOfSchema(other));
    }

    [Fact]
    public void Neither_the_order_of_tools_nor_of_keys_nor_the_spelling_counts()
    {
        var random = new Random(12);
        for (var round = 0; round < 200; round++)
        {
            var tools = Enumerable
                .Range(0, random.Next(6))
                .Select(_ => RandomTool(random, name: $"tool{random.Next(3)}"))
                .ToArray();
            var document = Hash([.. tools.Select(tool => RandomJson.Print(tool, random))]);

            random.Shuffle(tools);
            var again = Hash([.. tools.Select(tool => RandomJson.Print(tool, random))]);

            Assert.Equal(document.ContractHash, again.ContractHash);
            Assert.Equal(document.FullHash, again.FullHash);
            Assert.Equal(document.Canonical.ToArray(), again.Canonical.ToArray());
        }
    }

    [Fact]
    public void Any_changed_description_leaves_the_contract_and_any_changed_type_does_not()
    {
        var random = new Random(13);
        for (var round = 0; round < 200; round++)
        {
            var tool = RandomTool(random, "x");
            var old = Hash(tool.ToJsonString());

            tool["description"] = $"round {round}";
            var reworded = Hash(tool.ToJsonString());
            tool["inputSchema"]!["type"] = $"t{round}";
            var retyped = Hash(tool.ToJsonString());

            Assert.Equal(old.ContractHash, reworded.ContractHash);
            Assert.NotEqual(old.FullHash, reworded.FullHash);
            Assert.NotEqual(old.ContractHash, retyped.ContractHash);
        }
    }

    [Fact]
    public void Integers_that_share_a_double_are_told_apart_and_named()
    {
        var one = Hash(Tool("""{"maximum":9007199254740992}"""));
        var other = Hash(Tool("""{"maximum":9007199254740993}"""));

        Assert.NotEqual(one.ContractHash, other.ContractHash);
        var finding = Assert.Single(other.Findings);
        Assert.Equal(("integer_beyond_2_53", "x"), (finding.Code, finding.Tool));
        Assert.Contains("9007199254740993", finding.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"const":"\ud800"}""", "lone_surrogate")]
    [InlineData("""{"maximum":1e999}""", "number_out_of_range")]
    [InlineData("""{"type":"object","type":"array"}""", "duplicate_key")]
    public void What_clients_read_differently_is_found(string schema, string code)
    {
        Assert.Equal(code, Assert.Single(Hash(Tool(schema)).Findings).Code);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_found()
    {
        byte[] json = [.. "[{\"name\":\"x\",\"description\":\""u8, 0xC3, 0x28, .. "\"}]"u8];
        using var document = JsonDocument.Parse(json);

        var hashed = ContractHasher.Hash([.. document.RootElement.EnumerateArray()]);

        Assert.Equal("invalid_utf8", Assert.Single(hashed.Findings).Code);
    }

    [Fact]
    public void One_finding_of_a_code_is_enough_for_a_tool()
    {
        var document = Hash(Tool("""{"enum":[1e999,1e999,"\ud800"]}"""), Tool("""{"enum":[1e999]}"""));

        Assert.Equal(3, document.Findings.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1,{\"b\":1,\"a\":2}]")]
    [InlineData("{\"name\":7}")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    public void A_malformed_entry_is_hashed_as_it_is(string entry)
    {
        var document = Hash(entry, Add);

        Assert.Equal(2, document.ToolCount);
        Assert.NotEqual(Hash(Add).ContractHash, document.ContractHash);
        Assert.Equal(document.ContractHash, Hash(Add, entry).ContractHash);
    }

    private static (ContractDocument Old, ContractDocument Changed) Change(string before, string after)
    {
        Assert.Contains(before, Search, StringComparison.Ordinal);
        return (Hash(Search, Add), Hash(Search.Replace(before, after, StringComparison.Ordinal), Add));
    }

    private static string HashOfSchema(string schema) => Hash(Tool(schema)).ContractHash;

    private static string Tool(string schema) => $$"""{"name":"x","inputSchema":{{schema}}}""";

    private static JsonObject RandomTool(Random random, string name) =>
        new()
        {
            ["name"] = name,
            ["description"] = RandomJson.Value(random, 0),
            ["inputSchema"] = new JsonObject { ["type"] = "object", ["properties"] = RandomJson.Value(random, 4) },
            ["annotations"] = RandomJson.Value(random, 2),
        };

    private static ContractDocument Hash(params string[] tools) => ContractHasher.Hash(Parsed.Tools(tools));
}
