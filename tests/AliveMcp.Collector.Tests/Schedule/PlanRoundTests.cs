using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Schedule;

public sealed class PlanRoundTests
{
    private static readonly Region Cellar = Region.Of("cellar");
    private static readonly TenantId Owner = TenantId.Local;

    private readonly PlanRound _round = PlanRound.Of(
        DateTimeOffset.UnixEpoch,
        [
            new WatchRegion(Cellar, "Cellar", Owner),
            new WatchRegion(Sample.West, "Dublin"),
            new WatchRegion(Sample.East, "Ashburn"),
        ],
        wereAway: false
    );

    [Fact]
    public void Without_a_word_of_its_owner_a_server_is_looked_at_from_everybodys_regions() =>
        Assert.Equal([Sample.West, Sample.East], _round.RegionsOf(Server(Owner)));

    [Fact]
    public void An_owner_chooses_regions_and_may_add_his_own()
    {
        Assert.Equal([Sample.East], _round.RegionsOf(Server(Owner, Sample.East)));
        Assert.Equal([Cellar, Sample.East], _round.RegionsOf(Server(Owner, Sample.East, Cellar)));
    }

    [Fact]
    public void Another_tenants_private_region_is_no_region()
    {
        Assert.Empty(_round.RegionsOf(Server(TenantId.Public, Cellar)));
        Assert.Equal([Sample.East], _round.RegionsOf(Server(TenantId.Public, Cellar, Sample.East)));
    }

    [Fact]
    public void A_server_whose_regions_are_all_away_is_not_planned()
    {
        var planned = MinutePlanner.Plan(Watch.Of(Server(Owner, Sample.South), default), default, _round);

        Assert.Empty(planned.Minutes);
    }

    [Fact]
    public void What_a_private_prober_sees_waits_in_the_isolated_lane()
    {
        Assert.Equal(Lane.Isolated, _round.LaneOf(Server(Owner, Cellar)));
        Assert.Equal(Lane.Shared, _round.LaneOf(Server(Owner, Sample.East)));
        Assert.Equal(Lane.Shared, _round.LaneOf(Server(TenantId.Public, Cellar, Sample.East)));
        Assert.Equal(Lane.Isolated, _round.LaneOf(Server(Owner) with { Lane = Lane.Isolated }));
    }

    private static WatchedServer Server(TenantId tenant, params Region[] regions) =>
        new()
        {
            Key = new ServerKey(tenant, new ServerId(7)),
            Url = "https://mcp.example/mcp",
            Weight = 1,
            Quorum = 2,
            Retention = RetentionClass.Days90,
            SettingsVersion = 1,
            Regions = regions,
        };
}
