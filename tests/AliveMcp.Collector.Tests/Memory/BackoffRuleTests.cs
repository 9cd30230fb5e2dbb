using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Memory;

public sealed class BackoffRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
    private static readonly RegionEntry Limited = Sample.Entry(Sample.East, ServerState.Unknown, Why.RateLimited);
    private static readonly ServerMemory Blank = ServerMemory.Of(
        new ServerKey(TenantId.Local, new ServerId(7)),
        "https://mcp.example/mcp"
    );

    [Theory]
    [InlineData(1, 60)]
    [InlineData(300, 300)]
    [InlineData(90_000, 3_600)]
    public void What_a_429_names_is_waited_for_between_a_minute_and_an_hour(int named, int seconds)
    {
        AssertWaits(Learn(Blank, Limited, Now, named), Now, TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(3_600, 300)]
    public void What_a_503_names_is_waited_for_five_minutes_at_most(int named, int seconds)
    {
        var unavailable = Sample.Down(Sample.East, Why.HttpError);

        AssertWaits(Learn(Blank, unavailable, Now, named), Now, TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void A_503_that_names_nothing_is_a_failure_and_no_request()
    {
        Assert.Same(Blank, Learn(Blank, Sample.Down(Sample.East, Why.HttpError), Now));
    }

    [Fact]
    public void Refused_again_and_again_we_stay_away_twice_as_long_each_time_up_to_an_hour()
    {
        var (memory, now) = (Blank, Now);
        var waited = new List<int>();
        for (var look = 0; look < 8; look++)
        {
            memory = Learn(memory, Limited, now);
            waited.Add(memory.BackoffMinutes);
            now = memory.BackoffUntil!.Value.AddSeconds(20);
        }

        Assert.Equal([2, 4, 8, 16, 32, 60, 60, 60], waited);
    }

    [Fact]
    public void The_regions_of_one_minute_ask_once()
    {
        var once = Learn(Blank, Limited, Now);

        Assert.Same(once, Learn(once, Limited, Now.AddSeconds(3)));
        Assert.Same(once, Learn(once, Limited, Now.AddSeconds(5)));
    }

    [Fact]
    public void What_was_under_way_when_the_pause_began_does_not_end_it()
    {
        var waiting = Learn(Blank, Limited, Now);

        Assert.Same(waiting, Learn(waiting, Sample.Entry(Sample.West), Now.AddSeconds(2)));
    }

    [Fact]
    public void The_first_other_answer_behind_the_pause_ends_it()
    {
        var waiting = Learn(Blank, Limited, Now);
        var later = waiting.BackoffUntil!.Value.AddSeconds(20);

        Assert.Equal(Blank, Learn(waiting, Sample.Entry(Sample.East), later));
        Assert.Equal(Blank, Learn(waiting, Sample.Down(Sample.East), later));
        Assert.Same(waiting, Learn(waiting, Sample.Entry(Sample.East, ServerState.Unknown, Why.HostBusy), later));
    }

    [Fact]
    public void Servers_that_refused_us_together_are_not_asked_again_together()
    {
        var until = Enumerable
            .Range(1, 200)
            .Select(number => ServerMemory.Of(Blank.Server, $"{Blank.Url}/{number}"))
            .Select(memory => Learn(memory, Limited, Now, 600).BackoffUntil!.Value)
            .ToList();

        Assert.True(until.Distinct().Count() > 50);
        Assert.All(until, moment => Assert.InRange(moment, Now.AddMinutes(10), Now.AddMinutes(11)));
    }

    [Fact]
    public void Servers_at_one_url_wait_alike_and_go_on_sharing_their_look()
    {
        var other = ServerMemory.Of(new ServerKey(TenantId.Public, new ServerId(8)), Blank.Url);

        Assert.Equal(Learn(Blank, Limited, Now).BackoffUntil, Learn(other, Limited, Now).BackoffUntil);
    }

    private static void AssertWaits(ServerMemory memory, DateTimeOffset from, TimeSpan asked) =>
        Assert.InRange(memory.BackoffUntil!.Value, from + asked, from + (asked * 1.1));

    private static ServerMemory Learn(ServerMemory memory, RegionEntry entry, DateTimeOffset now, int? named = null) =>
        BackoffRule.Learn(
            memory,
            entry,
            new Observed { RetryAfter = named is { } seconds ? TimeSpan.FromSeconds(seconds) : null },
            now
        );
}
