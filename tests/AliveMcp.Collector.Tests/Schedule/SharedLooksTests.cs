using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Schedule;

public sealed class SharedLooksTests
{
    private static readonly MinuteStamp M = new(29_000_010);

    [Fact]
    public void Servers_that_are_looked_at_alike_have_one_place_that_of_the_lowest()
    {
        var seated = Seat([Alike(7), Alike(9), Alike(12)]);

        Assert.All(seated, watch => Assert.Equal((new ServerId(7), true), (watch.Place, watch.IsShared)));
    }

    [Fact]
    public void One_of_which_something_else_is_remembered_is_looked_at_for_itself()
    {
        var other = Watch.Of(Server(12), new PlanFacts { ExpectedAccess = Access.Protected });

        var seated = Seat([Alike(7), Alike(9), other]);

        Assert.Equal((new ServerId(12), false), (seated[2].Place, seated[2].IsShared));
        Assert.Equal([new ServerId(7), new ServerId(7)], seated.Take(2).Select(watch => watch.Place));
    }

    [Fact]
    public void A_ticket_is_for_sixty_four_at_most()
    {
        var seated = Seat([.. Enumerable.Range(1, 130).Select(Alike)]);

        Assert.Equal(
            [(1, 64), (65, 64), (129, 2)],
            seated.GroupBy(watch => watch.Place.Value).Select(group => (group.Key, group.Count()))
        );
    }

    [Fact]
    public void One_look_serves_all_whose_minute_is_the_same()
    {
        var joined = Join([Alike(7), Alike(9), Alike(12)], new PlannedSoFar(M));

        Assert.Equal(
            [9, 12],
            Assert.Single(joined, minute => minute.SharedBy is null).Sharers.Select(one => one.Server.Value)
        );
        Assert.All(
            joined.Where(minute => minute.SharedBy is not null),
            minute => Assert.Equal(new ServerId(7), minute.SharedBy!.Value.Server)
        );
    }

    [Fact]
    public void First_looks_of_servers_that_are_alike_are_one()
    {
        var joined = Join([Alike(7), Alike(9)], default);

        Assert.Equal(new ServerId(9), Assert.Single(joined[0].Sharers).Server);
    }

    [Fact]
    public void One_whose_minutes_stand_otherwise_joins_at_the_next_turn()
    {
        var watches = Seat([Alike(7), Alike(9)]);
        var round = new PlanRound((M + 1).Start.AddSeconds(-15), [Sample.East], false);
        var first = MinutePlanner.Plan(watches[0], new PlannedSoFar(M, 1, watches[0].Place), round);
        var second = MinutePlanner.Plan(watches[1], new PlannedSoFar(M + 1, 1, watches[0].Place), round);

        var joined = SharedLooks.Join([.. first.Minutes.Concat(second.Minutes).Select(minute => (watches[0], minute))]);

        Assert.Empty(Assert.Single(joined).Sharers);
    }

    private static List<PlannedMinute> Join(IReadOnlyList<Watch> alike, PlannedSoFar known)
    {
        var round = new PlanRound((M + 1).Start.AddSeconds(-25), [Sample.East, Sample.West], false);
        if (known.Last is not null)
        {
            round = new PlanRound((M + 1).Start.AddSeconds(-15), [Sample.East, Sample.West], false);
        }

        return
        [
            .. SharedLooks.Join([
                .. Seat(alike)
                    .SelectMany(watch =>
                        MinutePlanner.Plan(watch, known, round).Minutes.Select(minute => (watch, minute))
                    ),
            ]),
        ];
    }

    private static List<Watch> Seat(IReadOnlyList<Watch> alike) =>
        [.. SharedLooks.Seat(alike).OrderBy(watch => watch.Key.Server)];

    private static Watch Alike(int number) => Watch.Of(Server(number), default);

    private static WatchedServer Server(int number) =>
        new()
        {
            Key = new ServerKey(new TenantId(100 + number), new ServerId(number)),
            Url = "https://mcp.example/mcp",
            Weight = 1,
            Quorum = 2,
            Retention = RetentionClass.Days90,
            SettingsVersion = 1,
        };
}
