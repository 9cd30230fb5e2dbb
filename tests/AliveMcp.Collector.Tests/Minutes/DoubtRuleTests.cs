using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Tests.Minutes;

public sealed class DoubtRuleTests
{
    [Theory]
    [InlineData(20, 5, 0, 3, true)]
    [InlineData(19, 19, 0, 19, false)]
    [InlineData(20, 4, 0, 4, false)]
    [InlineData(25, 5, 0, 5, false)]
    [InlineData(24, 5, 0, 5, true)]
    [InlineData(100, 50, 0, 25, true)]
    [InlineData(100, 50, 0, 24, false)]
    [InlineData(100, 0, 0, 0, false)]
    public void A_region_is_in_doubt_when_enough_fail_there_that_live_elsewhere(
        int seen,
        int failing,
        int alone,
        int elsewhere,
        bool expected
    )
    {
        Assert.Equal(expected, DoubtRule.IsInDoubt(new RegionTally(seen, failing, alone, elsewhere)));
    }

    [Fact]
    public void Servers_of_which_nobody_else_was_asked_neither_end_a_doubt_nor_make_one_last_against_better_knowledge()
    {
        Assert.True(DoubtRule.IsInDoubt(new RegionTally(40, 30, 30, 0)));
        Assert.False(DoubtRule.IsInDoubt(new RegionTally(40, 30, 20, 4)));
    }

    [Fact]
    public void Whoever_speaks_second_makes_the_pair_of_a_failing_and_a_live_region_count()
    {
        Assert.Equal(
            [(Sample.East, new RegionTally(1, 1, 0, 0))],
            Count(Sample.Down(Sample.East), Sample.Down(Sample.East), Sample.Down(Sample.West))
        );
        Assert.Equal(
            [(Sample.East, new RegionTally(1, 1, 0, 1))],
            Count(Sample.Down(Sample.East), Sample.Down(Sample.East), Sample.Entry(Sample.West))
        );
        Assert.Equal(
            [
                (Sample.West, new RegionTally(1, 0, 0, 0)),
                (Sample.East, new RegionTally(0, 0, 0, 1)),
                (Sample.South, new RegionTally(0, 0, 0, 1)),
            ],
            Count(
                Sample.Entry(Sample.West),
                Sample.Down(Sample.East),
                Sample.Entry(Sample.West),
                Sample.Down(Sample.South)
            )
        );
        Assert.Equal(
            [(Sample.West, new RegionTally(1, 0, 0, 0))],
            Count(
                Sample.Entry(Sample.West),
                Sample.Down(Sample.East),
                Sample.Entry(Sample.West),
                Sample.Entry(Sample.North)
            )
        );
    }

    [Fact]
    public void Who_could_not_look_counts_for_nothing()
    {
        Assert.Empty(Count(Sample.Entry(Sample.East, ServerState.Unknown, Why.HostBusy)));
    }

    [Fact]
    public void In_any_order_of_speaking_every_failing_region_counts_once_if_anybody_lives()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            Region[] regions = [Sample.East, Sample.West, Sample.South, Sample.North, Sample.Local];
            random.Shuffle(regions);
            var tally = new Dictionary<Region, RegionTally>();
            var said = new List<RegionEntry>();
            foreach (var region in regions)
            {
                var entry = Sample.Entry(region, (ServerState)random.Next(4));
                said.Add(entry);
                foreach (var (of, more) in Count(entry, [.. said]))
                {
                    tally[of] = tally.GetValueOrDefault(of) + more;
                }
            }

            var someoneLives = said.Exists(entry => entry.State == ServerState.Live);
            Assert.All(
                said,
                entry =>
                    Assert.Equal(
                        new RegionTally(
                            entry.State == ServerState.Unknown ? 0 : 1,
                            entry.Fails ? 1 : 0,
                            0,
                            entry.Fails && someoneLives ? 1 : 0
                        ),
                        tally.GetValueOrDefault(entry.Region)
                    )
            );
        }
    }

    [Fact]
    public void What_lives_in_a_region_in_doubt_lives()
    {
        Assert.Equal(Sample.Entry(Sample.East), DoubtRule.Doubted(Sample.Entry(Sample.East)));
        var doubted = DoubtRule.Doubted(Sample.LargeEntry(Sample.East));
        Assert.Equal((ServerState.Unknown, Why.RegionInDoubt, null), (doubted.State, doubted.Why, doubted.FailedAt));
    }

    /// <param name="entry">Who speaks.</param>
    /// <param name="all">Everybody who spoke by then.</param>
    private static IEnumerable<(Region, RegionTally)> Count(RegionEntry entry, params RegionEntry[] all)
    {
        var regions = all.Select(other => other.Region).Append(Region.Of("silent")).ToArray();
        return DoubtRule.Count(entry, new OpenMinute(Sample.Plan(regions), all), isDoubtful: false);
    }
}
