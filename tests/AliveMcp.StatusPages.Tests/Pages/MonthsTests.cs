using AliveMcp.Archive.History;
using AliveMcp.StatusPages.Tests.Looks;
using AliveMcp.StatusPages.Tests.Sites;

namespace AliveMcp.StatusPages.Tests.Pages;

public sealed class MonthsTests
{
    [Fact]
    public async Task Twelve_months_at_most_the_newest_first_and_none_from_before_it_was_watched()
    {
        var live = MadeUp.View(MadeUp.Server("months", "Months"), MadeUp.Live());
        DayBar[] days =
        [
            new() { Day = new DateOnly(2026, 8, 31) },
            Day(new DateOnly(2026, 9, 30), live: 1430, down: 10),
            new() { Day = new DateOnly(2026, 10, 1), UnknownMinutes = 1440 },
            Day(new DateOnly(2026, 11, 1), live: 1440, down: 0),
            Day(new DateOnly(2026, 11, 21), live: 800, down: 0),
        ];
        var facts = live.Facts! with { Days = days };
        await using var room = await Showroom.OpenAsync();
#pragma warning disable RS0030 // The test's own server on loopback.
        using var http = new HttpClient();
#pragma warning restore RS0030

        var page = Page.Parse(await http.GetStringAsync(await room.ShowAsync(live with { Facts = facts })));

        Assert.Equal(
            ["Nov 2026 100.00% so far", "Oct 2026 no data coverage 0.00%", "Sep 2026 99.30% down 10 min"],
            page.QuerySelectorAll(".months li").Select(month => month.Words())
        );
    }

    private static DayBar Day(DateOnly day, int live, int down) =>
        new()
        {
            Day = day,
            LiveMinutes = live,
            DownMinutes = down,
        };
}
