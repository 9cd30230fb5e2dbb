using AliveMcp.Contracts.Changes;

namespace AliveMcp.Contracts.Tests.Changes;

public sealed class ToolChangesTests
{
    private const string A = """{"name":"a","inputSchema":{"type":"object","properties":{"id":{"type":"string"}}}}""";
    private const string B = """{"name":"b","description":"Other.","inputSchema":{"type":"object"}}""";

    [Fact]
    public void Equal_lists_have_no_changes_whatever_their_order()
    {
        Assert.Empty(Diff.Of([A, B], [B, A]));
        Assert.Empty(Diff.Of([], []));
    }

    [Fact]
    public void Tools_come_and_go()
    {
        Assert.Equal(["Additive tool_added "], Diff.Of([A], [A, B]).Select(Diff.Short));
        Assert.Equal(["Breaking tool_removed "], Diff.Of([A, B], [B]).Select(Diff.Short));
    }

    [Fact]
    public void A_tool_under_a_new_name_is_renamed()
    {
        var change = Assert.Single(Diff.Of([A, B], [A.Replace("\"a\"", "\"c\""), B]));

        Assert.Equal((ChangeClass.Breaking, "tool_renamed", "c"), (change.Class, change.Code, change.Tool));
        Assert.Equal(("\"a\"", "\"c\""), (change.Before, change.After));
        Assert.Equal("The tool \"a\" is now called \"c\".", change.Detail);
    }

    [Fact]
    public void A_renamed_tool_with_another_text_is_told_as_both()
    {
        const string renamed =
            """{"name":"c","description":"New words.","inputSchema":{"type":"object","properties":{"id":{"type":"string"}}}}""";

        Assert.Equal(
            ["Breaking tool_renamed ", "Text description_changed /description"],
            Diff.Of([A], [renamed]).Select(Diff.Short)
        );
    }

    [Fact]
    public void A_nearly_equal_tool_is_renamed_when_no_other_is_near()
    {
        const string old =
            """{"name":"find","description":"Finds.","inputSchema":{"type":"object","properties":{"q":{"type":"string"},"n":{"type":"integer"},"lang":{"type":"string"}}}}""";
        var now = old.Replace("find", "search")
            .Replace("\"lang\":{\"type\":\"string\"}", "\"lang\":{\"type\":[\"string\",\"null\"]}");
        now = now.Replace("\"properties\":{", "\"properties\":{\"m\":{\"const\":1},");

        Assert.Equal(["tool_removed", "tool_added"], Diff.Of([old], [now]).Select(change => change.Code));

        now = old.Replace("find", "search").Replace("\"properties\":{", "\"properties\":{\"m\":{\"const\":1},");
        Assert.Equal(["tool_renamed", "parameter_added"], Diff.Of([old], [now]).Select(change => change.Code));
        Assert.Equal(
            ["tool_removed", "tool_added", "tool_added"],
            Diff.Of([old], [now, now.Replace("search", "look")]).Select(change => change.Code)
        );
    }

    [Fact]
    public void Of_several_alike_none_is_taken_for_the_renamed_one()
    {
        var tools = (string prefix) =>
            Enumerable.Range(0, 2).Select(at => A.Replace("\"a\"", $"\"{prefix}{at}\"")).ToArray();

        Assert.Equal(
            ["tool_removed", "tool_removed", "tool_added", "tool_added"],
            Diff.Of(tools("x"), tools("y")).Select(change => change.Code)
        );
    }

    [Fact]
    public void Tools_without_parameters_and_with_other_words_are_not_the_same_tool()
    {
        const string other = """{"name":"c","description":"Something else.","inputSchema":{"type":"object"}}""";

        Assert.Equal(["tool_removed", "tool_added"], Diff.Of([B], [other]).Select(change => change.Code));
    }

    [Theory]
    [InlineData("\"title\":\"x\"", "\"title\":\"y\"", "Text title_changed /title")]
    [InlineData("", "\"description\":\"y\"", "Text description_changed /description")]
    [InlineData("\"icons\":[]", "", "Text icons_changed /icons")]
    [InlineData("\"_meta\":{}", "\"_meta\":{\"a\":1}", "Text meta_changed /_meta")]
    [InlineData("", "\"vendor\":1", "Text member_changed /vendor")]
    [InlineData("", "\"outputSchema\":{}", "Additive output_schema_added /outputSchema")]
    [InlineData("\"outputSchema\":{}", "", "Breaking output_schema_removed /outputSchema")]
    [InlineData("", "\"inputSchema\":{}", "Breaking not_comparable /inputSchema")]
    [InlineData("\"inputSchema\":{}", "\"inputSchema\":7", "Breaking not_comparable /inputSchema")]
    [InlineData("", "\"execution\":{}", "Text execution_changed /execution")]
    [InlineData("", "\"execution\":{\"taskSupport\":\"optional\"}", "Additive execution_changed /execution")]
    [InlineData("", "\"execution\":{\"taskSupport\":\"required\"}", "Breaking execution_changed /execution")]
    [InlineData("", "\"annotations\":{\"title\":\"a\"}", "Text title_changed /annotations/title")]
    [InlineData("", "\"annotations\":{}", "Text annotation_restated /annotations")]
    [InlineData("", "\"annotations\":7", "Breaking not_comparable /annotations")]
    [InlineData("", "\"annotations\":{\"x\":true}", "Breaking not_comparable /annotations/x")]
    public void Each_member_of_a_tool_has_its_word(string before, string after, string change)
    {
        Assert.Equal([change], Diff.OfTool(With(before), With(after)).Select(Diff.Short));
    }

    [Theory]
    [InlineData("\"readOnlyHint\":true", "\"readOnlyHint\":false", "Security read_only_lost")]
    [InlineData("\"readOnlyHint\":true", "", "Security read_only_lost")]
    [InlineData("\"readOnlyHint\":true", "\"readOnlyHint\":\"yes\"", "Security read_only_lost")]
    [InlineData("\"readOnlyHint\":false", "", "Text annotation_restated")]
    [InlineData("", "\"readOnlyHint\":true", "Additive annotation_changed")]
    [InlineData("", "\"readOnlyHint\":1", "Breaking not_comparable")]
    [InlineData("\"destructiveHint\":false", "\"destructiveHint\":true", "Security destructive_raised")]
    [InlineData("\"destructiveHint\":false", "", "Security destructive_raised")]
    [InlineData("", "\"destructiveHint\":true", "Security destructive_raised")]
    [InlineData("\"destructiveHint\":true", "", "Text annotation_restated")]
    [InlineData("", "\"destructiveHint\":false", "Additive annotation_changed")]
    [InlineData("\"idempotentHint\":true", "", "Security idempotent_lost")]
    [InlineData("\"openWorldHint\":false", "\"openWorldHint\":true", "Security open_world_raised")]
    [InlineData("\"openWorldHint\":false", "", "Security open_world_raised")]
    [InlineData("", "\"openWorldHint\":true", "Text annotation_restated")]
    public void A_lost_promise_is_a_security_change(string before, string after, string change)
    {
        var found = Assert.Single(Diff.OfTool(Annotated(before), Annotated(after)));

        Assert.Equal(change, $"{found.Class} {found.Code}");
    }

    [Fact]
    public void The_gravest_comes_first_then_tool_and_path()
    {
        var changes = Diff.Of(
            [
                """{"name":"a","annotations":{"readOnlyHint":true},"inputSchema":{"properties":{"p":{}}}}""",
                """{"name":"b","title":"x","inputSchema":{"properties":{"p":{}}}}""",
            ],
            [
                """{"name":"a","inputSchema":{"properties":{"p":{},"q":{}}}}""",
                """{"name":"b","title":"y","inputSchema":{}}""",
            ]
        );

        Assert.Equal(
            [
                "a Security read_only_lost /annotations/readOnlyHint",
                "b Breaking parameter_removed /inputSchema/properties/p",
                "a Additive parameter_added /inputSchema/properties/q",
                "b Text title_changed /title",
            ],
            changes.Select(change => $"{change.Tool} {Diff.Short(change)}")
        );
    }

    [Fact]
    public void Everything_said_about_a_change_is_safe_to_print_and_short()
    {
        var hostile = "\\u202e\\u001b[31m" + new string('x', 10_000);
        var changes = Diff.OfTool(
            $$"""{"name":"{{hostile}}","inputSchema":{"properties":{"{{hostile}}":{"type":"string"} } } }""",
            $$"""{"name":"{{hostile}}","inputSchema":{"properties":{"{{hostile}}":{"const":"{{hostile}}"} } } }"""
        );

        Assert.NotEmpty(changes);
        foreach (
            var text in changes.SelectMany(change =>
                new[] { change.Tool, change.Path, change.Detail, change.Before, change.After }
            )
        )
        {
            Assert.InRange(text?.Length ?? 0, 0, 500);
            Assert.DoesNotContain(text ?? "", letter => char.IsControl(letter) || letter == '\u202e');
        }
    }

    [Fact]
    public void Malformed_entries_are_told_too()
    {
        Assert.Equal(["Breaking not_comparable "], Diff.Of([A], [A, "7"]).Select(Diff.Short));
        Assert.Equal(["Breaking not_comparable "], Diff.Of([A, """{"name":7}"""], [A]).Select(Diff.Short));
        Assert.Equal(["Additive tool_added "], Diff.Of([A], [A, A]).Select(Diff.Short));
        Assert.Single(Diff.OfTool("""{"name":"\ud800","x":1}""", """{"name":"\ud800","x":2}"""));
    }

    private static string With(string member) => $$"""{"name":"x"{{(member.Length == 0 ? "" : ",")}}{{member}}}""";

    private static string Annotated(string hint) =>
        $$$"""{"name":"x","annotations":{"idempotent":0{{{(hint.Length == 0 ? "" : ",")}}}{{{hint}}}}}""";
}
