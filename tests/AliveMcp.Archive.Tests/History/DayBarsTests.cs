using AliveMcp.Archive.History;
using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Tests.History;

public sealed class DayBarsTests
{
    [Theory]
    [InlineData(1435, 0, 5, 0, ServerState.Down)]
    [InlineData(1436, 0, 4, 0, ServerState.Live)]
    [InlineData(1430, 5, 4, 0, ServerState.Degraded)]
    [InlineData(10, 0, 0, 1430, ServerState.Live)]
    [InlineData(2, 0, 4, 0, ServerState.Down)]
    [InlineData(3, 0, 0, 1437, ServerState.Unknown)]
    public void The_worst_state_of_five_minutes_in_all_colours_the_day(
        int live,
        int degraded,
        int down,
        int unknown,
        ServerState shown
    )
    {
        Assert.Equal(shown, DayBars.Shown(new StateWeights(live, degraded, down, 0, 0), unknown));
    }

    [Fact]
    public void A_day_of_which_nothing_is_known_has_no_colour()
    {
        Assert.Null(DayBars.Shown(default, 1440));
        Assert.Null(DayBars.Shown(new StateWeights(0, 0, 0, 0, 60), 0));
    }

    [Fact]
    public void Unknown_is_expected_minus_present()
    {
        DayBars.Row[] rows =
        [
            new(0, 10, 700, 0, 0, 10, 30, 0),
            // Watched from 600 minutes into day 10 to the end of what had to be sealed.
            new(1, (10 * 1440) + 600, 99_999_999, 1, 0, 0, 0, 0),
        ];

        var bars = DayBars.Of(rows, from: 9, to: 11, until: (11 * 1440) + 5);

        Assert.Equal([0, 110, 5], bars.Select(bar => bar.UnknownMinutes));
        Assert.Equal([null, ServerState.Live, null], bars.Select(bar => bar.Shown));
        Assert.Equal(new DateOnly(1970, 1, 11), bars[1].Day);
        Assert.Equal(100.00m, bars[1].Uptime);
    }

    [Fact]
    public void A_minute_archived_ahead_of_time_makes_up_for_none_that_is_missing()
    {
        DayBars.Row[] rows =
        [
            // Ten minutes had to be sealed by now and nine are there; two more came early.
            new(0, 10, 11, 0, 0, 0, 0, 2),
            new(1, 10 * 1440, 99_999_999, 1, 0, 0, 0, 0),
        ];

        var bars = DayBars.Of(rows, from: 10, to: 10, until: (10 * 1440) + 10);

        Assert.Equal(1, bars[0].UnknownMinutes);
    }
}
