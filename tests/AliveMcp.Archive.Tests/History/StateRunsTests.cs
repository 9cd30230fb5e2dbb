using AliveMcp.Archive.History;
using AliveMcp.Archive.Hours;
using AliveMcp.Testing.Minutes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Tests.History;

public sealed class StateRunsTests
{
    [Fact]
    public void An_unknown_minute_neither_ends_a_run_nor_makes_it_longer()
    {
        var runs = Of("L5 D5 U5 U5 D5 U5 L5 L5");

        Assert.Equal([ServerState.Live, ServerState.Down, ServerState.Live], runs.Select(run => run.State));
        Assert.Equal((At(5), At(25), 10), (runs[1].From, runs[1].To!.Value, runs[1].Minutes));
        Assert.Equal((At(30), null, 10), (runs[2].From, runs[2].To, runs[2].Minutes));
    }

    [Fact]
    public void Only_the_first_run_may_have_begun_before() =>
        Assert.Equal([true, false, false], Of("D1 L1 G1").Select(run => run.MayHaveBegunBefore));

    [Fact]
    public void Nothing_known_is_no_run() => Assert.Empty(Of("U1 U1"));

    [Fact]
    public void A_run_tells_the_reason_with_which_it_began() =>
        Assert.Equal(Why.ConnectionRefused, Of("L1 D1 D1")[1].Why);

    /// <summary>A letter for the state, and how many minutes it stands for.</summary>
    private static IReadOnlyList<StateRun> Of(string story)
    {
        var at = At(0);
        var minutes = new List<KeptMinute>();
        foreach (var part in story.Split(' '))
        {
            var weight = part[1] - '0';
            var state = part[0] switch
            {
                'L' => ServerState.Live,
                'G' => ServerState.Degraded,
                'D' => ServerState.Down,
                _ => ServerState.Unknown,
            };
            var why = state == ServerState.Down ? Why.ConnectionRefused : Why.None;
            minutes.Add(KeptMinute.Of(Verdicts.Of(Verdicts.Local(1), at, state, why, weight)));
            at += weight;
        }

        return StateRuns.Of(minutes);
    }

    private static MinuteStamp At(int minute) => Times.NoonMinute + minute;
}
