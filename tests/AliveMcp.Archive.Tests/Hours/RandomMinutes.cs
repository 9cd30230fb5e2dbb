using AliveMcp.Testing.Minutes;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Archive.Tests.Hours;

/// <summary>Hours as the world makes them: gaps, cadences that change, silent regions, maintenance, every reason.</summary>
internal sealed class RandomMinutes(int seed)
{
    private static readonly Region[] Regions = [Region.Of("us-east"), Region.Of("eu-west"), Region.Of("sa-east")];
    private static readonly Why[] Whys = Enum.GetValues<Why>();
    private static readonly int[] Cadences = [1, 2, 5, 10, 15, 30, 60];
    private readonly Random _random = new(seed);

    /// <summary>The verdicts of one server's hour, in their order; at least one.</summary>
    public IReadOnlyList<VerdictMinute> Hour(ServerKey server, int hour)
    {
        var verdicts = new List<VerdictMinute>();
        var weight = Pick(Cadences);
        for (var place = _random.Next(Math.Min(weight, 10)); place < 60; place += weight)
        {
            if (_random.Next(20) == 0)
            {
                weight = Pick(Cadences);
            }

            if (_random.Next(10) > 0 || verdicts.Count == 0)
            {
                verdicts.Add(Verdict(server, new MinuteStamp((hour * 60) + place), weight));
            }
        }

        return verdicts;
    }

    public IReadOnlyList<T> Shuffled<T>(IReadOnlyList<T> items)
    {
        var copy = items.ToArray();
        _random.Shuffle(copy);
        return copy;
    }

    private VerdictMinute Verdict(ServerKey server, MinuteStamp minute, int weight)
    {
        var plan = Verdicts.Plan(server, minute, Regions[.._random.Next(1, 4)], weight) with
        {
            Maintenance = _random.Next(8) == 0,
        };
        var failed = _random.Next(3) == 0;
        return new VerdictMinute
        {
            Plan = plan,
            State = failed ? (ServerState)_random.Next(4) : ServerState.Live,
            Why = failed ? Pick(Whys) : Why.None,
            FailedAt = failed ? ProbeStep.ToolsList : null,
            Access = (Access)_random.Next(4),
            VerifiedTo = (VerifiedTo)_random.Next(5),
            Entries = [.. plan.Regions.Where(_ => _random.Next(6) > 0).Select(Entry)],
        };
    }

    private RegionEntry Entry(Region region)
    {
        var state = _random.Next(4) == 0 ? (ServerState)_random.Next(4) : ServerState.Live;
        var saw = state is ServerState.Live or ServerState.Degraded;
        var total = _random.Next(500, 20_000_000);
        return new RegionEntry
        {
            Region = region,
            State = state,
            Why = state == ServerState.Live ? Why.None : Pick(Whys),
            Tries = _random.Next(1, 3),
            FirstTryFailed = _random.Next(5) == 0,
            Phases = saw ? new PhaseTimes { Connect = total / 4, Total = total } : null,
            FirstTryTotal = saw ? total : null,
            ContractMark = saw ? (ulong)_random.Next(2) : null,
        };
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
