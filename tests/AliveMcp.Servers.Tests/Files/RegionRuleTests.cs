using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Tests.Files;

public sealed class RegionRuleTests
{
    private static readonly KnownRegion[] Known =
    [
        new(Region.Of("cellar"), IsOwn: true),
        new(Region.Of("eu-west"), IsOwn: false),
        new(Region.Of("us-east"), IsOwn: false),
    ];

    [Fact]
    public void A_region_that_is_not_there_is_told_with_the_one_that_was_meant()
    {
        var entries = Read("[us-east, eu-vest]");

        Assert.Equal(
            "servers[0] \"a\": regions names 'eu-vest', and there is no such region; did you mean 'eu-west'?.",
            Assert.Single(RegionRule.Check(entries, Known)).Message
        );
    }

    [Fact]
    public void Regions_that_are_there_are_taken_sorted_and_once()
    {
        var entries = Read("[us-east, cellar, us-east]");

        Assert.Empty(RegionRule.Check(entries, Known));
        Assert.Equal(["cellar", "us-east"], entries[0].Regions);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("[us-east]", 1)]
    [InlineData("[us-east, cellar]", 1)]
    [InlineData("[cellar]", 0)]
    public void Only_what_own_probers_alone_look_at_is_not_looked_at_from_outside(string regions, int outside) =>
        Assert.Equal(outside, RegionRule.FromOutside(Read(regions), Known).Count());

    [Theory]
    [InlineData("[US East]")]
    [InlineData("[-x]")]
    [InlineData("somewhere")]
    [InlineData("[1, [2]]")]
    public void What_is_no_name_of_a_region_is_refused(string regions)
    {
        var read = FileReader.Read($"servers: [{{slug: a, url: 'https://a.example/mcp', regions: {regions}}}]");

        Assert.All(read.Problems, problem => Assert.Equal("regions_invalid", problem.Code));
        Assert.NotEmpty(read.Problems);
    }

    private static IReadOnlyList<FileEntry> Read(string regions)
    {
        var read = FileReader.Read($"servers: [{{slug: a, url: 'https://a.example/mcp', regions: {regions}}}]");
        Assert.Empty(read.Problems);
        return read.Entries;
    }
}
