using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Tests.Minutes;

/// <summary>
/// What happens to a few minutes of one server, made up from a seed: reports in any order, some of them twice and not the same, two partitions
/// that hold regions back until they heal, doubts, and deadlines. Reports carry no clock of their prober, so the order is all that its skew can do.
/// </summary>
internal sealed class MinuteStory
{
    private readonly Random _random;
    private readonly string _names = Guid.NewGuid().ToString("N")[..8];

    public MinuteStory(int seed, ServerKey server, MinuteStamp first)
    {
        _random = new Random(seed);
        var regions = Enumerable
            .Range(0, _random.Next(1, 6))
            .Select(place => Region.Of($"r{place}-{_names}"))
            .ToArray();
        Plans = [.. Enumerable.Range(0, 3).Select(step => AnyPlan(server, first + step, regions))];
        var partitions = Enumerable.Range(0, 2).Select(_ => AnyPartition(regions)).ToArray();
        var turns = new List<(double At, MinuteTurnOfStory Turn)>();
        foreach (var plan in Plans)
        {
            turns.AddRange(regions.SelectMany(region => Reports(plan, region, partitions)));
            turns.Add((_random.Next(50, 110), new MinuteTurnOfStory(plan, null, null)));
        }

        if (_random.Next(3) == 0)
        {
            turns.Add((_random.Next(100), new MinuteTurnOfStory(null, null, regions[_random.Next(regions.Length)])));
        }

        Turns = [.. turns.OrderBy(turn => turn.At).Select(turn => turn.Turn)];
    }

    public IReadOnlyList<MinutePlan> Plans { get; }

    /// <summary>In their order.</summary>
    public IReadOnlyList<MinuteTurnOfStory> Turns { get; }

    private MinutePlan AnyPlan(ServerKey server, MinuteStamp minute, Region[] regions)
    {
        var order = regions.OrderBy(_ => _random.Next()).ToArray();
        var rotates = regions.Length > 1 && _random.Next(2) == 0;
        var asked = rotates && _random.Next(4) > 0 ? 1 : order.Length;
        return Sample.Plan(server, minute, order[..asked]) with
        {
            Rotating = rotates,
            Reserve = rotates ? order[asked..] : [],
            Quorum = _random.Next(1, 4),
        };
    }

    private (Region[] Regions, double From, double To) AnyPartition(Region[] regions)
    {
        var from = _random.Next(100);
        return ([.. regions.Where(_ => _random.Next(2) == 0)], from, from + _random.Next(60));
    }

    private IEnumerable<(double At, MinuteTurnOfStory Turn)> Reports(
        MinutePlan plan,
        Region region,
        (Region[] Regions, double From, double To)[] partitions
    )
    {
        var copies = _random.Next(4);
        for (var copy = 0; copy < copies; copy++)
        {
            // The reserve is asked late.
            double at = plan.Regions.Contains(region) ? _random.Next(60) : _random.Next(30, 90);
            foreach (var (held, from, to) in partitions)
            {
                at = held.Contains(region) && at >= from && at < to ? to + _random.NextDouble() : at;
            }

            yield return (at, new MinuteTurnOfStory(plan, AnyEntry(region), null));
        }
    }

    private RegionEntry AnyEntry(Region region) =>
        _random.Next(6) switch
        {
            0 => Sample.Entry(region, ServerState.Unknown, Why.HostBusy),
            1 or 2 => Sample.Down(region, Why.Timeout),
            3 => Sample.LargeEntry(region),
            _ => Sample.UsualEntry(region),
        };
}

/// <param name="Plan">Of the minute; null when it is about a region.</param>
/// <param name="Entry">What a region says of it; null: its deadline is over.</param>
/// <param name="Doubted">The region that is in doubt from now on.</param>
internal sealed record MinuteTurnOfStory(MinutePlan? Plan, RegionEntry? Entry, Region? Doubted);
