using AliveMcp.Host.Embedded;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Tests.Embedded;

public sealed class EmbeddedRegionTests
{
    [Fact]
    public void Each_region_has_a_name_a_city_and_a_loopback_address_of_its_own()
    {
        var regions = Read("us-east:Ashburn, eu-west:Frankfurt am Main ,local", out var problems);

        Assert.Empty(problems);
        Assert.Equal(
            [
                ("us-east", "Ashburn", "127.0.0.2"),
                ("eu-west", "Frankfurt am Main", "127.0.0.3"),
                ("local", "local", "127.0.0.4"),
            ],
            regions.Select(row => (row.Region.Name, row.City, row.Source.ToString()))
        );
    }

    [Fact]
    public void Every_word_that_is_wrong_is_told_by_itself()
    {
        Read("US East, us-east:, eu-west:Dub\u202elin, a:A, a:B", out var problems);

        Assert.Equal(
            [
                "Embedded:Regions (ALIVEMCP_REGIONS) names 'US East': a region is 1 to 32 of a-z, 0-9 and -; for example us-east:Ashburn.",
                "Embedded:Regions (ALIVEMCP_REGIONS) gives us-east the city '': 1 to 80 letters to be read by people; for example us-east:Ashburn.",
                "Embedded:Regions (ALIVEMCP_REGIONS) gives eu-west the city 'Dub\\u{202e}lin': 1 to 80 letters to be read by people; for example us-east:Ashburn.",
                "Embedded:Regions (ALIVEMCP_REGIONS) names the region 'a' twice; name each once.",
            ],
            problems.Select(problem => problem.Message)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    public void None_is_too_few(string text)
    {
        Read(text, out var problems);

        Assert.Equal(
            "Embedded:Regions (ALIVEMCP_REGIONS) names no region; for example local.",
            Assert.Single(problems).Message
        );
    }

    [Fact]
    public void Thirty_three_are_too_many()
    {
        Read(string.Join(',', Enumerable.Range(1, 33).Select(number => $"r{number}")), out var problems);

        Assert.Contains("33 regions; 32 are the most", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<EmbeddedRegion> Read(string text, out List<Problem> problems)
    {
        problems = [];
        return EmbeddedRegion.ReadAll(text, problems);
    }
}
