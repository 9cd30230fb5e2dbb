using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Desk;

public sealed class TicketMakerTests
{
    private static readonly MinutePlan Plan = Sample.Plan(Sample.Local);
    private static readonly string Hash = "sha256:" + new string('a', 64);

    [Fact]
    public void Times_are_told_as_durations_from_the_handing_out()
    {
        var ticket = Make(start: 10, now: 9.5)!;

        Assert.Equal(TimeSpan.FromSeconds(0.5), ticket.StartIn);
        Assert.InRange(ticket.LastEndIn, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(76));
    }

    [Fact]
    public void What_is_due_already_starts_at_once()
    {
        Assert.Equal(TimeSpan.Zero, Make(start: 10, now: 31)!.StartIn);
    }

    [Fact]
    public void A_ticket_that_leaves_no_room_for_one_try_is_not_handed_out()
    {
        Assert.NotNull(Make(start: 59, now: 69));
        Assert.Null(Make(start: 59, now: 71));
        Assert.Null(
            Make(start: 59, now: 59, Settings with { Limits = new ProbeLimits { Total = TimeSpan.FromSeconds(30) } })
        );
    }

    [Fact]
    public void Only_within_fifteen_seconds_may_a_try_be_repeated()
    {
        var slow = Settings with { Limits = new ProbeLimits { Total = TimeSpan.FromSeconds(16) } };

        Assert.True(Make(start: 5, now: 5)!.MayRetry);
        Assert.False(Make(start: 5, now: 5, slow)!.MayRetry);
    }

    [Fact]
    public void What_is_remembered_goes_along()
    {
        var memory = Memory with
        {
            Era = Era.Discover,
            EraTestedAt = Plan.Minute.Start,
            Transport = McpTransport.Http,
            ExpectedAccess = Access.Protected,
            FullHash = Hash,
            ToolCount = 4,
        };

        var order = Make(start: 5, now: 5, memory: memory)!.Order;

        Assert.Equal((Era.Discover, McpTransport.Http), (order.Era, order.Transport));
        Assert.Equal(ProtectionExpectation.Protected, order.Expectations.Protection);
        Assert.Equal((Hash, true), (order.KnownContract, order.HadTools));
    }

    [Fact]
    public void What_the_owner_says_comes_before_what_is_remembered()
    {
        var settings = Settings with
        {
            Transport = McpTransport.Sse,
            Expectations = new Expectations { Protection = ProtectionExpectation.Open },
        };

        var order = Make(start: 5, now: 5, settings, Memory with { ExpectedAccess = Access.Protected })!.Order;

        Assert.Equal((McpTransport.Sse, ProtectionExpectation.Open), (order.Transport, order.Expectations.Protection));
    }

    [Fact]
    public void What_the_owner_expects_goes_along_whole()
    {
        var call = new TestCall { Tool = "get", Contains = "x" };
        var check = new HealthCheck { Url = new Uri("https://mcp.example/health") };
        var settings = Settings with
        {
            Expectations = new Expectations { TestCalls = [call] },
            Health = new HealthSetting(check, 1),
        };

        var order = Make(start: 5, now: 5, settings)!.Order;

        Assert.Equal([call], order.Expectations.TestCalls);
        Assert.Equal(check, order.Health);
    }

    [Fact]
    public void A_region_knows_the_list_that_it_saw_last()
    {
        var other = "sha256:" + new string('b', 64);
        var memory = Memory with
        {
            FullHash = Hash,
            Regions = Memory.Regions.SetItem("local", new RegionMemory(Why.None, null, other)),
        };

        Assert.Equal(other, Make(start: 5, now: 5, memory: memory)!.Order.KnownContract);
    }

    [Theory]
    [InlineData(false, Why.None, OtherLeg.Look, OtherLeg.Skip)]
    [InlineData(true, Why.None, OtherLeg.Expected, OtherLeg.Skip)]
    [InlineData(true, Why.EraBroken, OtherLeg.Expected, OtherLeg.Expected)]
    [InlineData(false, Why.EraBroken, OtherLeg.Look, OtherLeg.Skip)]
    public void The_other_era_is_looked_at_once_an_hour_and_every_minute_while_it_is_broken(
        bool answered,
        Why elsewhere,
        OtherLeg inTurn,
        OtherLeg otherwise
    )
    {
        var memory = Memory with
        {
            OtherLegAt = answered ? Plan.Minute.Start.AddHours(-2) : null,
            Regions = Memory.Regions.SetItem("eu-west", new RegionMemory(elsewhere, null, null)),
        };

        var orders = Enumerable.Range(0, 60).Select(minute => Order(Plan.Minute + minute, memory)).ToList();

        var turn = Assert.Single(orders, order => order.LooksAtGate);
        Assert.Equal(inTurn, turn.OtherLeg);
        Assert.All(orders.Except([turn]), order => Assert.Equal(otherwise, order.OtherLeg));
    }

    [Theory]
    [InlineData(Why.None, 1)]
    [InlineData(Why.Timeout, 1)]
    [InlineData(Why.DoorOpen, 60)]
    [InlineData(Why.AuthDiscoveryBroken, 60)]
    public void The_gate_is_looked_at_once_an_hour_and_every_minute_while_it_is_broken(Why elsewhere, int looks)
    {
        var memory = Memory with
        {
            Regions = Memory.Regions.SetItem("eu-west", new RegionMemory(elsewhere, null, null)),
        };

        var orders = Enumerable.Range(0, 60).Select(minute => Order(Plan.Minute + minute, memory));

        Assert.Equal(looks, orders.Count(order => order.LooksAtGate));
    }

    private static ProbeOrder Order(MinuteStamp minute, ServerMemory memory) =>
        TicketMaker
            .Make(
                Plan with
                {
                    Minute = minute,
                },
                Sample.Local,
                new TicketTimes(minute.Start.AddSeconds(5), minute.Start.AddSeconds(5)),
                Settings,
                memory
            )!
            .Order;

    private static WatchSettings Settings =>
        new()
        {
            Key = Plan.Server,
            SettingsVersion = 3,
            Url = new Uri("https://mcp.example/mcp"),
            Transport = McpTransport.Auto,
            Expectations = new Expectations(),
            Limits = new ProbeLimits(),
        };

    private static ServerMemory Memory => ServerMemory.Of(Plan.Server, "https://mcp.example/mcp");

    private static ProbeTicket? Make(
        double start,
        double now,
        WatchSettings? settings = null,
        ServerMemory? memory = null
    ) =>
        TicketMaker.Make(
            Plan,
            Sample.Local,
            new TicketTimes(Plan.Minute.Start.AddSeconds(start), Plan.Minute.Start.AddSeconds(now)),
            settings ?? Settings,
            memory ?? Memory
        );
}
