using AliveMcp.Contracts.Changes;

namespace AliveMcp.Contracts.Tests.Changes;

public sealed class VersionsTests
{
    private const string Plain = """{"name":"x","inputSchema":{"properties":{"a":{"type":"string"}}}}""";

    [Theory]
    [InlineData("2024-11-05", "2025-03-26", "\"annotations\":{\"readOnlyHint\":true}")]
    [InlineData("2025-03-26", "2025-06-18", "\"title\":\"X\",\"outputSchema\":{},\"_meta\":{}")]
    [InlineData("2025-06-18", "2025-11-25", "\"icons\":[],\"execution\":{\"taskSupport\":\"required\"}")]
    public void What_only_the_newer_version_knows_is_no_change(string older, string newer, string members)
    {
        var rich = Plain.Replace("\"name\":\"x\"", $"\"name\":\"x\",{members}");

        Assert.Empty(Across(Plain, older, rich, newer));
        Assert.Empty(Across(rich, newer, Plain, older));
        Assert.NotEmpty(Across(Plain, newer, rich, newer));
        Assert.NotEmpty(Across(Plain, null, rich, null));
    }

    [Fact]
    public void The_stateless_revision_drops_execution_and_brings_headers()
    {
        var legacy = Plain.Replace("\"name\":\"x\"", "\"name\":\"x\",\"execution\":{\"taskSupport\":\"optional\"}");
        var modern = Plain.Replace("\"type\":\"string\"", "\"type\":\"string\",\"x-mcp-header\":\"Id\"");

        Assert.Empty(Across(legacy, "2025-11-25", modern, "2026-07-28"));
    }

    [Fact]
    public void What_both_versions_know_still_counts()
    {
        var other = Plain.Replace("string", "integer");

        Assert.Equal("type_changed", Assert.Single(Across(Plain, "2025-11-25", other, "2026-07-28")).Code);
        Assert.Equal("type_changed", Assert.Single(Across(Plain, "2024-11-05", other, null)).Code);
    }

    [Fact]
    public void A_version_that_is_newer_than_all_we_know_knows_what_the_newest_does()
    {
        var titled = Plain.Replace("\"name\":\"x\"", "\"name\":\"x\",\"title\":\"X\"");

        Assert.Equal("title_changed", Assert.Single(Across(Plain, "2026-07-28", titled, "2027-01-01")).Code);
    }

    private static IReadOnlyList<ContractChange> Across(string before, string? older, string after, string? newer) =>
        ContractDiff.CompareAcross(Diff.Canonical(before), older, Diff.Canonical(after), newer);
}
