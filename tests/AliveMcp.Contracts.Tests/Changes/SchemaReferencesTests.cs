using AliveMcp.Contracts.Changes;

namespace AliveMcp.Contracts.Tests.Changes;

public sealed class SchemaReferencesTests
{
    [Theory]
    [InlineData(
        """{"$ref":"#/$defs/A","$defs":{"A":{"type":"integer"}}}""",
        """{"$ref":"#/$defs/A","$defs":{"A":{"type":"number"}}}""",
        "Additive type_widened /$defs/A/type"
    )]
    [InlineData(
        """{"properties":{"p":{"$ref":"#/$defs/A"},"q":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"integer"}}}""",
        """{"properties":{"p":{"$ref":"#/$defs/A"},"q":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"null"}}}""",
        "Breaking type_changed /$defs/A/type"
    )]
    [InlineData(
        """{"items":{"$ref":"#/$defs/A"},"$defs":{"A":{"type":"null"}}}""",
        """{"items":{"$ref":"#/$defs/B"},"$defs":{"B":{"type":"null"}}}""",
        "Text respelled /items/$ref"
    )]
    [InlineData(
        """{"items":{"$ref":"#/$defs/A"},"$defs":{"A":{"type":"null"}}}""",
        """{"items":{"type":"string"}}""",
        "Breaking type_changed /items/type"
    )]
    [InlineData(
        """{"items":{"$ref":"#/$defs/A","description":"a"},"$defs":{"A":{"type":"null","description":"own"}}}""",
        """{"items":{"type":"null","description":"b"}}""",
        "Text description_changed /items/description"
    )]
    [InlineData(
        """{"items":{"$ref":"#/$defs/A","minLength":1},"$defs":{"A":{"type":"null"}}}""",
        """{"items":{"type":"null","minLength":1}}""",
        "Breaking not_comparable /items/$ref"
    )]
    [InlineData(
        """{"items":{"$ref":"https://example.org/a"}}""",
        """{"items":{"$ref":"https://example.org/b"}}""",
        "Breaking not_comparable /items/$ref"
    )]
    [InlineData(
        """{"items":{"$ref":"#/$defs/A"},"$defs":{"A":{}}}""",
        """{"items":{"$ref":"#/$defs/A"}}""",
        "Breaking not_comparable /items/$ref"
    )]
    public void Local_references_are_followed_on_both_sides(string before, string after, string changes)
    {
        var found = Diff.OfInput(before, after).Select(Diff.Short);

        Assert.Equal(changes, string.Join(' ', found).Replace("/inputSchema", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"$defs":{"A":{}}}""", """{"$defs":{"A":{"type":"null"}}}""", "Text definition_changed /$defs/A")]
    [InlineData(
        """{"items":{"$ref":"#a"},"$defs":{"A":{"$anchor":"a"}}}""",
        """{"items":{"$ref":"#a"},"$defs":{"A":{"$anchor":"a","type":"null"}}}""",
        "Breaking not_comparable /$defs/A"
    )]
    [InlineData(
        """{"items":{"$ref":"#/definitions/a~1b%20c"},"definitions":{"a/b c":{"minLength":1}}}""",
        """{"items":{"$ref":"#/definitions/a~1b%20c"},"definitions":{"a/b c":{"minLength":2}}}""",
        "Breaking constraint_narrowed /definitions/a~1b c/minLength"
    )]
    [InlineData(
        """{"oneOf":[{"$ref":"#/$defs/A"}],"$defs":{"A":{"type":"integer"}}}""",
        """{"oneOf":[{"$ref":"#/$defs/A"}],"$defs":{"A":{"type":"number"}}}""",
        "Breaking not_comparable /oneOf/0"
    )]
    [InlineData(
        """{"$ref":"#/$defs/A","$defs":{"A":{"properties":{"next":{"$ref":"#/$defs/A"},"v":{"maximum":1}}}}}""",
        """{"$ref":"#/$defs/B","$defs":{"B":{"properties":{"next":{"$ref":"#/$defs/B"},"v":{"maximum":2}}}}}""",
        "Additive constraint_widened /properties/next/properties/v/maximum"
    )]
    [InlineData(
        """{"properties":{"self":{"$ref":"#"},"v":{"maximum":1}}}""",
        """{"properties":{"self":{"$ref":"#"},"v":{"maximum":2}}}""",
        "Additive constraint_widened /properties/v/maximum"
    )]
    [InlineData("""{"$ref":"#"}""", """{"$ref":"#","title":"a"}""", "Text title_changed /title")]
    public void Definitions_and_roots_are_followed_too(string before, string after, string changes)
    {
        var found = Diff.OfInput(before, after).Select(Diff.Short);

        Assert.Equal(changes, string.Join(' ', found).Replace("/inputSchema", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chain_of_any_length_ends_and_its_end_is_compared()
    {
        const int links = 5_000;

        var changes = Diff.OfInput(Chain(links, "integer"), Chain(links, "string"));

        var change = Assert.Single(changes, change => change.Class == ChangeClass.Breaking);
        Assert.Equal($"/inputSchema/$defs/d{links - 1}/type", change.Path);
    }

    [Fact]
    public void References_that_only_point_at_one_another_end()
    {
        var changes = Diff.OfInput(
            """{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""",
            """{"$ref":"#/$defs/b","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"""
        );

        Assert.Equal(["Breaking not_comparable /inputSchema/$ref"], changes.Select(Diff.Short));
    }

    [Fact]
    public void A_web_of_references_is_worked_through_within_bounds()
    {
        var changes = Diff.OfInput(Web(300, "a"), Web(300, "b"));

        Assert.NotEmpty(changes);
    }

    private static string Chain(int links, string end)
    {
        var rest = Enumerable
            .Range(0, links)
            .Select(at =>
                at + 1 < links
                    ? $"\"d{at}\":{{\"items\":{{\"$ref\":\"#/$defs/d{at + 1}\"}}}}"
                    : $"\"d{at}\":{{\"type\":\"{end}\"}}"
            );
        return $"{{\"$ref\":\"#/$defs/d0\",\"$defs\":{{{string.Join(',', rest)}}}}}";
    }

    /// <summary>Every definition refers to every other under a name that the other list does not have.</summary>
    private static string Web(int count, string prefix)
    {
        var all = string.Join(',', Enumerable.Range(0, count).Select(at => $"{{\"$ref\":\"#/$defs/{prefix}{at}\"}}"));
        var definitions = Enumerable.Range(0, count).Select(at => $"\"{prefix}{at}\":{{\"anyOf\":[{all}]}}");
        return $"{{\"$ref\":\"#/$defs/{prefix}0\",\"$defs\":{{{string.Join(',', definitions)}}}}}";
    }
}
