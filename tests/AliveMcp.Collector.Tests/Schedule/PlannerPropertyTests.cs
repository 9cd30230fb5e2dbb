using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Schedule;

/// <summary>Hours of planning with cadences, pauses, regions and schedulers that come and go; every run has its seed in its name.</summary>
public sealed class PlannerPropertyTests
{
    private static readonly MinuteStamp M = new(29_000_010);
    private static readonly Region[] Regions = [Sample.East, Sample.North, Sample.South, Sample.West];

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 120)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Weights_add_up_looks_keep_their_distance_and_nobody_is_forgotten(int seed)
    {
        var world = new World(seed);

        world.Run(TimeSpan.FromHours(5));

        Assert.NotEmpty(world.Planned);
        AssertWeightsMeet(world);
        AssertDistance(world);
        AssertNobodyIsAskedWhileItWaits(world);
    }

    /// <summary>No verdict stands for a minute of another, and between two there is only what nobody could or should look at.</summary>
    private static void AssertWeightsMeet(World world)
    {
        for (var i = 1; i < world.Planned.Count; i++)
        {
            var (before, after) = (world.Planned[i - 1].Plan, world.Planned[i].Plan);
            var covered = before.Minute + before.Weight;
            Assert.InRange(before.Weight, 1, Cadences.Longest);
            Assert.True(after.Minute >= covered, $"{after.Minute} stands for a minute of {before.Minute}");
            for (var minute = covered; minute < after.Minute; minute += 1)
            {
                Assert.True(world.IsExcused(minute), $"{minute} is left out behind {before.Minute}");
            }
        }
    }

    /// <summary>In one region two seconds from the latest end of one look to the start of the next.</summary>
    private static void AssertDistance(World world)
    {
        foreach (var region in Regions)
        {
            var looks = world
                .Planned.Where(minute => minute.Plan.Regions.Contains(region))
                .Select(minute => (minute.Plan, Start: minute.Starts[minute.Plan.Regions.ToList().IndexOf(region)]))
                .ToList();
            for (var i = 1; i < looks.Count; i++)
            {
                var end = StartTimes.LastEnd(looks[i - 1].Plan, region, looks[i - 1].Start);
                Assert.True(looks[i].Start >= looks[i - 1].Start + StartTimes.Distance);
                Assert.True(
                    looks[i].Start >= end + StartTimes.Distance,
                    $"{region}: {looks[i].Start:HH:mm:ss.fff} is too near to the end at {end:HH:mm:ss.fff} of {looks[i - 1]} before {looks[i].Plan}"
                );
            }
        }
    }

    private static void AssertNobodyIsAskedWhileItWaits(World world) =>
        Assert.All(
            world.Planned.Zip(world.WaitedFor),
            pair => Assert.All(pair.First.Starts, start => Assert.True(pair.Second is null || start >= pair.Second))
        );

    /// <summary>One server, schedulers that tick every few seconds, sleep, or begin anew knowing only what was opened.</summary>
    private sealed class World(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly HashSet<MinuteStamp> _excused = [];
        private readonly ServerKey _server = new(TenantId.Local, new ServerId(1 + (seed * 7919)));
        private int _cadence = 1;
        private PlanFacts _facts;
        private IReadOnlyList<Region> _regions = [Sample.East];

        public List<PlannedMinute> Planned { get; } = [];

        /// <summary>What the server had asked for when each minute was planned.</summary>
        public List<DateTimeOffset?> WaitedFor { get; } = [];

        public bool IsExcused(MinuteStamp minute) => _excused.Contains(minute);

        public void Run(TimeSpan length)
        {
            var known = default(PlannedSoFar);
            var now = M.Start.AddSeconds(_random.Next(60));
            var end = now + length;
            while (now < end)
            {
                var slept = _random.Next(100) == 0 ? TimeSpan.FromSeconds(_random.Next(30, 900)) : TimeSpan.Zero;
                var wereAway = slept > TimeSpan.FromSeconds(25);
                Excuse(now, now + slept);
                now += slept + TimeSpan.FromSeconds(1 + (_random.NextDouble() * 5));
                Change(now);
                var took = _random.Next(20) == 0 && Planned.Count > 0;
                var last = took ? Planned[^1].Plan : null;
                known = last is null ? known : new PlannedSoFar(last.Minute, last.Weight, known.Place, known.BusyUntil);
                var planned = MinutePlanner.Plan(Watched(), known, new PlanRound(now, _regions, wereAway));
                known = planned.Known;
                Planned.AddRange(planned.Minutes);
                WaitedFor.AddRange(planned.Minutes.Select(_ => _facts.BackoffUntil));
                if (_regions.Count == 0 || _facts.BackoffUntil > now)
                {
                    Excuse(now, now + TimeSpan.FromSeconds(6));
                }
            }
        }

        /// <summary>Every minute that began while nobody could look, and the one behind it.</summary>
        private void Excuse(DateTimeOffset from, DateTimeOffset to)
        {
            for (var minute = MinuteStamp.Of(from); minute.Start <= to; minute += 1)
            {
                _excused.Add(minute);
                _excused.Add(minute + 1);
            }
        }

        private Watch Watched() =>
            Watch.Of(
                new WatchedServer
                {
                    Key = _server,
                    Url = "https://mcp.example/mcp",
                    Weight = _cadence,
                    Quorum = 2,
                    Retention = RetentionClass.Days90,
                    SettingsVersion = 1,
                },
                _facts
            );

        private void Change(DateTimeOffset now)
        {
            switch (_random.Next(150))
            {
                case 0:
                    _cadence = Cadences.All[_random.Next(Cadences.All.Count)];
                    break;
                case 1:
                    _regions = [.. Regions.Where(_ => _random.Next(2) == 0)];
                    break;
                case 2:
                    var minutes = _random.Next(1, 61);
                    _facts = _facts with { BackoffUntil = now.AddMinutes(minutes), BackoffMinutes = minutes };
                    break;
                case 3 or 4:
                    _facts = _facts with { BackoffUntil = null, BackoffMinutes = 0 };
                    break;
                case 5:
                    _facts = _facts with { DeleteRefused = !_facts.DeleteRefused };
                    break;
            }
        }
    }
}
