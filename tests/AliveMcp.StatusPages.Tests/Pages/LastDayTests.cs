using AliveMcp.Archive.History;
using AliveMcp.StatusPages.Tests.Looks;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Vocabulary;
using AngleSharp.Dom;

namespace AliveMcp.StatusPages.Tests.Pages;

public sealed class LastDayTests
{
    [Fact]
    public async Task What_was_not_live_is_told_the_newest_first_with_its_end_or_that_it_goes_on()
    {
        var page = await ShowAsync(
            MadeUp.Run(ServerState.Down, Why.ConnectTimeout, 412, 7) with
            {
                MayHaveBegunBefore = true,
            },
            MadeUp.Run(ServerState.Live, Why.None, 405, 402),
            MadeUp.Run(ServerState.Degraded, Why.Slow, 3, 4, goesOn: true)
        );

        var lines = page.QuerySelectorAll(".runs li").Select(line => line.Words()).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Matches(@"^Degraded since \d\d:\d\d UTC, 4 min so far \S", lines[0]);
        Assert.Matches(@"^Down before \d\d:\d\d to \d\d:\d\d UTC, 7 min \S", lines[1]);
    }

    [Fact]
    public async Task A_day_of_live_minutes_says_so_and_a_day_without_minutes_says_nothing()
    {
        var calm = await ShowAsync(MadeUp.Run(ServerState.Live, Why.None, 900, 900, goesOn: true));
        Assert.Equal("Every minute that we saw was live.", calm.QuerySelector(".calm")?.Words());

        var nothing = await ShowAsync();
        Assert.DoesNotContain("Last 24 hours", nothing.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_fails_again_and_again_makes_no_long_page()
    {
        var runs = Enumerable
            .Range(0, 200)
            .SelectMany(at =>
                (StateRun[])
                    [
                        MadeUp.Run(ServerState.Down, Why.ConnectTimeout, 1400 - (at * 6), 2),
                        MadeUp.Run(ServerState.Live, Why.None, 1398 - (at * 6), 4),
                    ]
            );

        var page = await ShowAsync([.. runs]);

        Assert.Equal(6, page.QuerySelectorAll(".runs li").Length);
        Assert.Equal("and 195 more, 6 h 30 min in all", page.QuerySelector(".runs .more")?.Words());
    }

    private static async Task<IDocument> ShowAsync(params StateRun[] runs)
    {
        var view = MadeUp.View(MadeUp.Server("last-day", "Last day"), MadeUp.Live());
        await using var room = await Showroom.OpenAsync();
#pragma warning disable RS0030 // The test's own server on loopback.
        using var http = new HttpClient();
#pragma warning restore RS0030
        var shown = view with { Facts = view.Facts! with { LastDay = runs } };
        return Page.Parse(await http.GetStringAsync(await room.ShowAsync(shown)));
    }
}
