using AliveMcp.Archive.History;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Tests.History;

public sealed class ReachTests
{
    private static readonly Reach Reach = new(At(10, 0), At(3, 0));

    [Fact]
    public void Minutes_before_the_horizon_are_hidden()
    {
        Assert.Equal(new Window(At(10, 0), At(11, 7)), Reach.Cut(new Window(At(2, 5), At(11, 7))));
        Assert.Equal(0, Reach.Cut(new Window(At(2, 5), At(9, 7))).Minutes);
    }

    [Fact]
    public void Before_the_minutes_whole_days_are_counted()
    {
        Assert.Equal(new Window(At(3, 0), At(11, 7)), Reach.CutFigures(new Window(At(2, 5), At(11, 7))));
        Assert.Equal(new Window(At(5, 0), At(7, 0)), Reach.CutFigures(new Window(At(4, 5), At(7, 9))));
        Assert.Equal(0, Reach.CutFigures(new Window(At(4, 5), At(4, 900))).Minutes);
        Assert.Equal(0, Reach.CutFigures(new Window(At(1, 0), At(2, 0))).Minutes);
    }

    [Fact]
    public void What_lies_behind_the_horizon_is_left_alone()
    {
        var window = new Window(At(10, 61), At(12, 3));

        Assert.Equal(window, Reach.Cut(window));
        Assert.Equal(window, Reach.CutFigures(window));
    }

    private static MinuteStamp At(int day, int minute) => new((day * 1440) + minute);
}
