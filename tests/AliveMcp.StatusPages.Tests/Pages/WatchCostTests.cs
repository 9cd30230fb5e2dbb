using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Tests.Looks;

namespace AliveMcp.StatusPages.Tests.Pages;

public sealed class WatchCostTests
{
    [Fact]
    public void Requests_sessions_and_bytes_of_a_day_are_told_for_all_looks()
    {
        var contract = MadeUp.Contract() with { LookRequests = 4, LookBytes = 11_900, IssuesSessions = true };

        Assert.Equal("11,520 requests, 2,880 sessions and 34 MB a day", Figures.WatchCost(contract, 2 * 1440));
        Assert.Equal(
            "5,760 requests and 17 MB a day",
            Figures.WatchCost(contract with { IssuesSessions = false }, 1440)
        );
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(12_345, "12 kB")]
    [InlineData(17_136_000, "17 MB")]
    [InlineData(2_340_000_000, "2.3 GB")]
    public void Sizes_are_rounded_to_what_matters(long bytes, string size) => Assert.Equal(size, Figures.Size(bytes));
}
