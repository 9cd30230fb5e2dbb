using AliveMcp.Prober.Cell;
using AliveMcp.Prober.Fitness;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Tests.Fitness;

public sealed class FitJudgeTests
{
    private static readonly Uri[] Places =
    [
        new("https://one.example"),
        new("https://two.example"),
        new("https://three.example"),
    ];

    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero));
    private readonly LoopLag _lag;

    public FitJudgeTests() => _lag = new LoopLag(_clock);

    [Fact]
    public void A_failure_seen_in_good_health_stands()
    {
        var result = Judge(new References(Places, _clock), Down, () => Pass(TimeSpan.FromSeconds(8)));

        Assert.Equal((ServerState.Down, Why.Timeout), (result.Attempt.State, result.Attempt.Why));
    }

    [Fact]
    public void A_failure_while_we_were_held_up_is_our_own()
    {
        var result = Judge(
            new References([], _clock),
            Down with
            {
                Observed = new Observed { Requests = 2, ToolCount = 0 },
            },
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1.2));
                Pass(TimeSpan.FromSeconds(3));
            }
        );

        Assert.Equal((ServerState.Unknown, Why.ProberUnfit), (result.Attempt.State, result.Attempt.Why));
        Assert.Equal((2, null), (result.Observed.Requests, result.Observed.ToolCount));
    }

    [Fact]
    public void Lag_that_lasts_still_is_noticed_before_the_late_tick_runs()
    {
        var result = Judge(new References([], _clock), Down, () => _clock.Advance(TimeSpan.FromSeconds(1.2)));

        Assert.Equal(Why.ProberUnfit, result.Attempt.Why);
    }

    [Fact]
    public void Lag_that_was_over_before_the_look_began_does_not_count()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        Pass(TimeSpan.FromSeconds(1));

        var result = Judge(new References([], _clock), Down, () => Pass(TimeSpan.FromSeconds(1)));

        Assert.Equal(Why.Timeout, result.Attempt.Why);
    }

    [Fact]
    public void An_answer_that_came_stands_whatever_held_us_up()
    {
        var references = new References(Places, _clock);

        var result = Judge(references, Order.Result(ServerState.Live), () => _clock.Advance(TimeSpan.FromMinutes(1)));

        Assert.Equal(ServerState.Live, result.Attempt.State);
    }

    [Theory]
    [InlineData(0, Why.ProberUnfit)]
    [InlineData(1, Why.ProberUnfit)]
    [InlineData(2, Why.Timeout)]
    [InlineData(3, Why.Timeout)]
    public void Two_references_must_have_answered_within_half_a_minute(int answering, Why why)
    {
        var references = new References(Places, _clock);
        Pass(TimeSpan.FromSeconds(31));
        foreach (var place in Places.Take(answering))
        {
            references.Answered(place);
        }

        var result = Judge(references, Down, () => Pass(TimeSpan.FromSeconds(10)));

        Assert.Equal(why, result.Attempt.Why);
    }

    private static TryResult Down => Order.Result(ServerState.Down, Why.Timeout);

    private TryResult Judge(References references, TryResult result, Action meanwhile)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var began = _clock.GetTimestamp();
        meanwhile();
        return new FitJudge(_lag, references).Judge(result, began);
    }

    /// <summary>Time goes by and ticks come in time.</summary>
    private void Pass(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= LoopLag.Period)
        {
            _clock.Advance(LoopLag.Period);
            _lag.Tick();
        }
    }
}
