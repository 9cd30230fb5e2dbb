namespace AliveMcp.Contracts.Tests;

public sealed class ToolListCheckTests
{
    private const string Good = """{"name":"good","inputSchema":{"type":"object"}}""";

    [Fact]
    public void A_well_formed_list_has_no_faults()
    {
        Assert.Empty(ToolListCheck.Check(Parsed.Tools(Good, Good.Replace("good", "other"))));
        Assert.Empty(ToolListCheck.Check([]));
    }

    [Theory]
    [InlineData("7", null, "tool_not_object")]
    [InlineData("""["good"]""", null, "tool_not_object")]
    [InlineData("""{"inputSchema":{"type":"object"}}""", null, "name_missing")]
    [InlineData("""{"name":"","inputSchema":{"type":"object"}}""", null, "name_missing")]
    [InlineData("""{"name":3,"inputSchema":{"type":"object"}}""", null, "name_missing")]
    [InlineData("""{"name":"x"}""", "x", "input_schema_missing")]
    [InlineData("""{"name":"x","inputSchema":null}""", "x", "input_schema_not_object")]
    [InlineData("""{"name":"x","inputSchema":true}""", "x", "input_schema_not_object")]
    [InlineData("""{"name":"x","inputSchema":{}}""", "x", "input_schema_type")]
    [InlineData("""{"name":"x","inputSchema":{"type":"string"}}""", "x", "input_schema_type")]
    [InlineData("""{"name":"x","inputSchema":{"type":["object"]}}""", "x", "input_schema_type")]
    [InlineData("""{"name":"good","inputSchema":{"type":"object"}}""", "good", "name_duplicate")]
    [InlineData("""{"name":"go\u006fd","inputSchema":{"type":"object"}}""", "good", "name_duplicate")]
    public void Each_fault_is_named_with_its_tool(string tool, string? name, string code)
    {
        var fault = Assert.Single(ToolListCheck.Check(Parsed.Tools(Good, tool)));

        Assert.Equal((name, code), (fault.Tool, fault.Code));
    }

    [Fact]
    public void A_detail_says_what_was_expected_and_what_came()
    {
        var faults = ToolListCheck.Check(Parsed.Tools("""{"name":"bad\u202e","inputSchema":{"type":"string"}}"""));

        Assert.Equal(
            "bad\\u{202e}: expected \"type\":\"object\" in \"inputSchema\", got \"string\"",
            Assert.Single(faults).Detail
        );
    }

    [Fact]
    public void One_entry_can_have_several_faults()
    {
        var faults = ToolListCheck.Check(Parsed.Tools("{}", Good, """{"name":"good"}"""));

        Assert.Equal(
            ["name_missing", "input_schema_missing", "name_duplicate", "input_schema_missing"],
            faults.Select(fault => fault.Code)
        );
    }
}
