using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Memory;

public sealed class MemoryRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
    private static readonly string One = "sha256:" + new string('1', 64);
    private static readonly string Two = "sha256:" + new string('2', 64);

    [Fact]
    public void The_same_report_twice_teaches_nothing_the_second_time()
    {
        var once = Learn(Blank, Sample.Local, Seen(One));

        var twice = MemoryRule.Learn(once, Sample.Entry(Sample.Local), Seen(One), Now.AddMinutes(1));

        Assert.Equal((Era.Initialize, McpTransport.Http, 3), (once.Era, once.Transport, once.ToolCount));
        Assert.Same(once, twice);
    }

    [Fact]
    public void A_server_that_is_down_keeps_its_tools_and_its_era()
    {
        var known = Learn(Blank, Sample.Local, Seen(One));
        var empty = Seen(Two) with { ToolCount = 0, Era = Era.Discover };

        var after = MemoryRule.Learn(known, Sample.Down(Sample.Local, Why.ToolsEmpty), empty, Now);

        Assert.Equal((One, 3, Era.Initialize), (after.FullHash, after.ToolCount, after.Era));
        Assert.Equal(Why.ToolsEmpty, after.Regions["local"].Why);
    }

    [Fact]
    public void Regions_that_go_on_seeing_different_lists_do_not_turn_the_memory_to_and_fro()
    {
        var memory = Learn(Learn(Blank, Sample.East, Seen(One)), Sample.West, Seen(Two));

        var after = Learn(memory, Sample.East, Seen(One));

        Assert.Equal(Two, after.FullHash);
        Assert.Same(memory, after);
    }

    [Fact]
    public void A_changed_list_is_learnt_from_the_first_region_that_sees_it()
    {
        var memory = Learn(Learn(Blank, Sample.East, Seen(One)), Sample.West, Seen(One));

        Assert.Equal(Two, Learn(memory, Sample.West, Seen(Two)).FullHash);
    }

    [Fact]
    public void What_is_no_hash_is_not_remembered()
    {
        Assert.Null(Learn(Blank, Sample.Local, Seen("sha256:no")).FullHash);
    }

    [Fact]
    public void A_strangers_name_is_kept_in_a_form_that_cannot_act()
    {
        var after = Learn(Blank, Sample.Local, Seen(One) with { ServerName = "evil\u202e\u001b[31m" });

        Assert.Equal("evil\\u{202e}\\u{1b}[31m", after.ServerName);
    }

    [Fact]
    public void The_first_answer_that_all_agree_on_is_what_is_expected()
    {
        var plan = Sample.Plan(Sample.East, Sample.West);
        var gate = Sample.Entry(Sample.East) with { Access = Access.Protected, VerifiedTo = VerifiedTo.Gate };
        var agreed = MinuteRule.Judge(plan, [gate, gate with { Region = Sample.West }]);
        var divided = MinuteRule.Judge(plan, [gate, Sample.Entry(Sample.West)]);
        var failed = MinuteRule.Judge(plan, [Sample.Down(Sample.East), Sample.Down(Sample.West)]);

        Assert.Equal(Access.Protected, MemoryRule.Learn(Blank, agreed).ExpectedAccess);
        Assert.Equal(Access.Unknown, MemoryRule.Learn(Blank, divided).ExpectedAccess);
        Assert.Equal(Access.Unknown, MemoryRule.Learn(Blank, failed).ExpectedAccess);
        Assert.Equal(Access.Open, MemoryRule.Learn(Blank with { ExpectedAccess = Access.Open }, agreed).ExpectedAccess);
    }

    [Theory]
    [InlineData(0, Why.None, true)]
    [InlineData(23, Why.None, true)]
    [InlineData(24, Why.None, false)]
    [InlineData(1, Why.NotJsonRpc, false)]
    [InlineData(1, Why.HttpMethod, false)]
    [InlineData(1, Why.ConnectionRefused, true)]
    [InlineData(1, Why.Slow, true)]
    [InlineData(1, Why.StreamEnded, false)]
    [InlineData(1, Why.HandshakeError, false)]
    [InlineData(1, Why.Timeout, false)]
    [InlineData(1, Why.ConnectionReset, false)]
    [InlineData(1, Why.ConnectTimeout, true)]
    [InlineData(1, Why.RateLimited, true)]
    [InlineData(1, Why.EraBroken, true)]
    public void The_era_is_trusted_for_a_day_or_until_it_fails(int hours, Why last, bool expected)
    {
        var memory = Learn(Blank, Sample.Local, Seen(One));
        memory = memory with { Regions = memory.Regions.SetItem("local", new RegionMemory(last, null, null)) };

        Assert.Equal(expected, MemoryRule.TrustsEra(memory, Sample.Local, Now.AddHours(hours)));
    }

    [Theory]
    [InlineData(Why.Timeout, Why.Timeout, 14, false)]
    [InlineData(Why.Timeout, Why.Timeout, 15, true)]
    [InlineData(Why.Timeout, Why.HttpError, 1, true)]
    [InlineData(Why.None, Why.HttpError, 1, true)]
    [InlineData(Why.Timeout, Why.None, 60, false)]
    public void Evidence_is_wanted_when_the_reason_is_new_or_the_last_one_is_old(
        Why last,
        Why now,
        int minutes,
        bool wanted
    )
    {
        var memory = Blank with
        {
            Regions = Blank.Regions.SetItem("local", new RegionMemory(last, last == Why.None ? null : Now, null)),
        };
        var entry = now == Why.None ? Sample.Entry(Sample.Local) : Sample.Down(Sample.Local, now);

        Assert.Equal(wanted, MemoryRule.WantsEvidence(memory, entry, Now.AddMinutes(minutes)));
    }

    [Fact]
    public void The_other_era_is_expected_for_a_day_after_it_answered_last()
    {
        var both = Learn(Blank, Sample.Local, Seen(One) with { OtherLegAnswers = true });
        var broken = Learn(both, Sample.Local, Seen(One) with { OtherLegAnswers = false });

        Assert.Equal(Now, both.OtherLegAt);
        Assert.Same(both, broken);
        Assert.True(MemoryRule.ExpectsOtherLeg(both, Now.AddHours(23)));
        Assert.False(MemoryRule.ExpectsOtherLeg(both, Now.AddHours(24)));
        Assert.False(MemoryRule.ExpectsOtherLeg(Learn(Blank, Sample.Local, Seen(One)), Now));
    }

    [Fact]
    public void What_an_ordinary_look_costs_is_learnt_once_and_small_differences_are_not()
    {
        var look = Seen(One) with { Requests = 4, Bytes = 8_000 };
        var first = Learn(Blank, Sample.Local, look);

        Assert.Equal((4, 8_000L), (first.LookRequests, first.LookBytes));
        Assert.Same(first, Learn(first, Sample.Local, look with { Bytes = 8_900 }));
        Assert.Equal(9_100, Learn(first, Sample.Local, look with { Bytes = 9_100 }).LookBytes);
        Assert.Equal(3, Learn(first, Sample.Local, look with { Requests = 3 }).LookRequests);
    }

    [Fact]
    public void A_look_around_costs_more_and_is_no_ordinary_one()
    {
        var look = Seen(One) with { Requests = 6, Bytes = 9_000 };

        Assert.Null(Learn(Blank, Sample.Local, look with { OtherLegAnswers = true }).LookRequests);
        Assert.Null(Learn(Blank, Sample.Local, look with { Gate = Access.Protected }).LookRequests);
        Assert.Null(Learn(Blank, Sample.Local, look with { Requests = 0 }).LookRequests);
    }

    private static ServerMemory Blank =>
        ServerMemory.Of(new ServerKey(TenantId.Local, new ServerId(7)), "https://mcp.example/");

    private static ServerMemory Learn(ServerMemory memory, Region region, Observed observed) =>
        MemoryRule.Learn(memory, Sample.Entry(region), observed, Now);

    private static Observed Seen(string hash) =>
        new()
        {
            Era = Era.Initialize,
            Transport = McpTransport.Http,
            ProtocolVersion = "2025-11-25",
            ServerName = "library",
            ToolCount = 3,
            ListBytes = 800,
            ContractHash = hash,
            FullHash = hash,
        };
}
