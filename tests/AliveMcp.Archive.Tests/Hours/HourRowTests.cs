using AliveMcp.Archive.Hours;
using AliveMcp.Testing.Minutes;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Tests.Hours;

public sealed class HourRowTests
{
    private const int Hour = 498_000;
    private static readonly ServerKey Server = Verdicts.Local(7);

    [Fact]
    public void A_packed_hour_unpacks_to_the_same_minutes()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var minutes = HourRow.Of(new RandomMinutes(seed).Hour(Server, Hour)).Minutes;

            var back = KeptMinutes.Unpack(KeptMinutes.Pack(minutes), Hour);

            Assert.Equal(minutes, back);
        }
    }

    [Fact]
    public void An_hour_computed_again_in_any_order_is_the_same_row()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new RandomMinutes(seed);
            var verdicts = random.Hour(Server, Hour);

            var first = HourRow.Of(verdicts);
            var again = HourRow.Of(random.Shuffled(verdicts));

            Assert.Equal(Bytes(first), Bytes(again));
            Assert.Equal(first.Rollup.Weights, again.Rollup.Weights);
            Assert.Equal(
                (first.Rollup.Tries, first.Rollup.FailedTries),
                (again.Rollup.Tries, again.Rollup.FailedTries)
            );
        }
    }

    [Fact]
    public void The_weights_of_an_hour_add_up_to_those_of_its_minutes()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var verdicts = new RandomMinutes(seed).Hour(Server, Hour);

            var weights = HourRow.Of(verdicts).Rollup.Weights;

            Assert.Equal(verdicts.Sum(verdict => verdict.Plan.Weight), weights.Seen + weights.Unknown);
            Assert.Equal(
                verdicts
                    .Where(verdict => verdict is { State: ServerState.Down, Plan.Maintenance: false })
                    .Sum(verdict => verdict.Plan.Weight),
                weights.Down
            );
        }
    }

    [Fact]
    public void A_steady_hour_costs_three_bytes_a_minute()
    {
        var verdicts = Enumerable
            .Range(0, 60)
            .Select(place => Verdicts.Live(Server, new MinuteStamp((Hour * 60) + place), latencyMs: 150 + place));

        var packed = KeptMinutes.Pack(HourRow.Of(verdicts).Minutes);

        Assert.InRange(packed.Length, 60, 190);
    }

    [Fact]
    public void A_closed_hour_is_made_of_what_was_sealed_and_nothing_else()
    {
        var verdicts = new RandomMinutes(1).Hour(Server, Hour);

        var packed = HourRow.Of(verdicts.Select(verdict => VerdictCodec.Unpack(VerdictCodec.Pack(verdict)))).Pack();

        Assert.Equal(HourRow.Of(verdicts).Minutes, KeptMinutes.Unpack(packed.Own[0], Hour));
    }

    [Fact]
    public void A_minute_that_is_skimmed_on_its_way_in_says_what_the_whole_verdict_says()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            foreach (var verdict in new RandomMinutes(seed).Hour(Server, Hour))
            {
                var skim = new VerdictSkim(VerdictCodec.Pack(verdict));

                Assert.Equal(KeptMinute.Of(verdict), KeptMinute.Of(ref skim, out var agreed));
                Assert.Equal(ContractMarks.Agreed(verdict), agreed);
            }
        }
    }

    [Fact]
    public void An_hour_of_minutes_that_are_alike_costs_two_bytes_besides_its_latencies()
    {
        var minutes = KeptMinutes.Pack([
            .. Enumerable.Range(0, 60).Select(place => Kept(place, latencyMs: 100 + (place % 7))),
        ]);

        // Version, head and length of the run.
        Assert.Equal(3 + 60, minutes.Length);
    }

    [Theory]
    [InlineData("028C3D")]
    [InlineData("02983C")]
    [InlineData("028902")]
    public void Minutes_that_are_too_many_or_cut_short_are_refused(string packed) =>
        Assert.Throws<FormatException>(() => KeptMinutes.Unpack(Convert.FromHexString(packed), Hour));

    private static KeptMinute Kept(int place, int latencyMs) =>
        new()
        {
            Minute = new MinuteStamp((Hour * 60) + place),
            State = ServerState.Live,
            Why = Why.None,
            FailedAt = null,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Weight = 1,
            Maintenance = false,
            LatencyMs = latencyMs,
        };

    [Fact]
    public void Regions_come_back_as_they_were_packed()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var regions = HourRow.Of(new RandomMinutes(seed).Hour(Server, Hour)).Regions;

            Assert.Equal(regions, RegionHour.Unpack(RegionHour.Pack(regions)));
        }
    }

    [Fact]
    public void A_silent_region_is_unknown_in_the_hour()
    {
        var minute = new MinuteStamp(Hour * 60);
        var verdict = Verdicts.Live(Server, minute) with
        {
            Plan = Verdicts.Plan(Server, minute, [Region.Of("local"), Region.Of("silent")]),
        };

        var silent = HourRow.Of([verdict]).Regions.Single(region => region.Region.Name == "silent");

        Assert.Equal((0, 1), (silent.Live, silent.Unknown));
    }

    [Theory]
    [InlineData(new ulong[] { 1, 1, 1 }, new ulong[] { 1 })]
    [InlineData(new ulong[] { 1, 1, 2, 2 }, new ulong[] { 1, 2 })]
    [InlineData(new ulong[] { 1, 1, 2, 1, 1 }, new ulong[] { 1 })]
    [InlineData(new ulong[] { 1, 2, 1, 2 }, new ulong[] { })]
    public void A_contract_counts_once_two_minutes_in_a_row_agree_on_it(ulong[] marks, ulong[] settled)
    {
        var verdicts = marks.Select(
            (mark, place) =>
            {
                var verdict = Verdicts.Live(Server, new MinuteStamp((Hour * 60) + place));
                return verdict with { Entries = [verdict.Entries[0] with { ContractMark = mark }] };
            }
        );

        Assert.Equal(settled, ContractMarks.Settles(verdicts).Select(settle => settle.Mark));
    }

    [Theory]
    [InlineData(1, false, false, true)]
    [InlineData(2, false, false, false)]
    [InlineData(1, true, false, true)]
    [InlineData(3, false, true, false)]
    public void A_contract_counts_when_a_quorum_saw_it_and_by_turn_when_the_one_did(
        int planned,
        bool byTurn,
        bool twoDiffer,
        bool agreed
    )
    {
        var minute = new MinuteStamp(Hour * 60);
        var verdict = Verdicts.Live(Server, minute);
        var regions = Enumerable.Range(0, planned).Select(at => Region.Of($"r{at}")).ToList();
        var entries = regions
            .Take(twoDiffer ? 3 : 1)
            .Select((region, at) => verdict.Entries[0] with { Region = region, ContractMark = at < 2 ? 7UL : 8UL });

        var mark = ContractMarks.Agreed(
            verdict with
            {
                Plan = Verdicts.Plan(Server, minute, regions) with
                {
                    Quorum = byTurn ? 2 : Math.Min(2, planned),
                    Rotating = byTurn,
                },
                Entries = [.. entries],
            }
        );

        Assert.Equal(agreed ? 7UL : null, mark);
    }

    private static string Bytes(HourRow row) =>
        string.Join(
            ' ',
            new[] { KeptMinutes.Pack(row.Minutes), row.Rollup.Latency.Pack(), RegionHour.Pack(row.Regions) }.Select(
                Convert.ToHexString
            )
        );
}
