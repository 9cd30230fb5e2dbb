using AliveMcp.Collector.Queues;

namespace AliveMcp.Collector.Tests.Queues;

public sealed class QueueAlarmTests
{
    /// <summary>A region whose minutes have a thousand tickets.</summary>
    private const int Ahead = 1_000;

    [Fact]
    public void A_full_queue_that_is_not_due_is_no_alarm() => Assert.False(IsOn(Of(60, _ => 0)));

    [Fact]
    public void A_queue_that_is_above_a_tenth_of_a_minute_and_grows_is_an_alarm() =>
        Assert.True(IsOn(Of(60, place => place * 10)));

    [Fact]
    public void One_that_is_above_and_shrinks_is_none_any_more() =>
        Assert.False(IsOn(Of(60, place => 600 - (place * 9))));

    [Fact]
    public void Three_slow_moments_of_sixty_are_none() => Assert.False(IsOn(Of(60, place => place > 56 ? 900 : 0)));

    [Fact]
    public void A_steady_rest_below_a_tenth_is_none() => Assert.False(IsOn(Of(60, place => 50 + (place % 40))));

    [Fact]
    public void In_a_small_install_a_few_tickets_are_none() =>
        Assert.False(
            QueueAlarm.IsOn(
                [.. Of(60, place => place / 4).Select(sample => sample with { Depth = sample.Due + 5 })],
                false
            )
        );

    [Fact]
    public void Before_a_minute_was_seen_nothing_is_said() => Assert.False(IsOn(Of(11, place => place * 100)));

    [Fact]
    public void Once_on_it_stays_on_until_the_queue_is_short_again()
    {
        var stuck = Of(60, _ => 500);

        Assert.False(QueueAlarm.IsOn(stuck, isOn: false));
        Assert.True(QueueAlarm.IsOn(stuck, isOn: true));
        Assert.False(QueueAlarm.IsOn(Of(60, _ => 99), isOn: true));
    }

    private static bool IsOn(IReadOnlyList<QueueSample> window) => QueueAlarm.IsOn(window, isOn: false);

    private static List<QueueSample> Of(int count, Func<int, int> due) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(place => new QueueSample(
                    DateTimeOffset.UnixEpoch.AddSeconds(5 * place),
                    Ahead + due(place),
                    due(place),
                    TimeSpan.Zero
                )),
        ];
}
