using AliveMcp.Archive.History;

namespace AliveMcp.Archive.Tests.History;

public sealed class WindowAskTests
{
    private static readonly WindowAsk Ask = new() { UnlessTold = 60, Most = 1440 };

    [Theory]
    [InlineData(null, null, -59, 1)]
    [InlineData("", "", -59, 1)]
    [InlineData("2026-11-21T12:00Z", null, -30, 1)]
    [InlineData("2026-11-21T12:00:59.123Z", "2026-11-21T14:20+02:00", -30, -10)]
    [InlineData("2026-11-21", "2026-11-21T01:00Z", -750, -690)]
    [InlineData("2026-11-21T12:00Z", "2099-01-01", -30, 1)]
    [InlineData("2026-11-21T12:00Z", "9999-12-31T23:59Z", -30, 1)]
    public void A_window_is_read_to_the_minute_and_ends_with_the_running_one(
        string? from,
        string? to,
        int first,
        int end
    )
    {
        Assert.True(Ask.Read(from, to, Times.Noon).TryGet(out var window));
        Assert.Equal(new Window(Times.NoonMinute + first, Times.NoonMinute + end), window);
    }

    [Theory]
    [InlineData("yesterday", null, "from_invalid", "from")]
    [InlineData("-5", null, "from_invalid", "from")]
    [InlineData("12:30", null, "from_invalid", "from")]
    [InlineData("1969-12-31", null, "from_invalid", "from")]
    [InlineData("99999999999", null, "from_invalid", "from")]
    [InlineData(null, "2026-13-01", "to_invalid", "to")]
    [InlineData(null, "0", "window_empty", "from")]
    [InlineData("2026-11-21T12:00Z", "2026-11-21T12:00Z", "window_empty", "from")]
    [InlineData("2026-11-21T12:01Z", "2026-11-21T12:00Z", "window_empty", "from")]
    [InlineData("2026-11-21T12:31Z", null, "from_in_future", "from")]
    [InlineData("2147483647", null, "from_in_future", "from")]
    [InlineData("6100-01-01", null, "from_in_future", "from")]
    [InlineData("9999-12-31T23:59Z", null, "from_in_future", "from")]
    [InlineData("2026-11-20", null, "window_too_long", "from")]
    public void What_is_no_window_is_refused_by_name(string? from, string? to, string code, string field)
    {
        var problem = Assert.Single(Ask.Read(from, to, Times.Noon).Problems);

        Assert.Equal((code, field), (problem.Code, problem.Field));
    }

    [Fact]
    public void Both_ends_are_refused_at_once() =>
        Assert.Equal(["to_invalid", "from_invalid"], Ask.Read("x", "y", Times.Noon).Problems.Select(one => one.Code));
}
