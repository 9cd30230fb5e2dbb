using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Testing.Zoo;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Bench.Soak;

/// <summary>The zoo as it is visited in a soak: each animal with a probe and an order of its own. Those that are silent are given a tenth of a second.</summary>
internal sealed class Visits
{
    private static readonly ProbeLimits Short = new()
    {
        Total = TimeSpan.FromSeconds(1),
        Connect = TimeSpan.FromMilliseconds(100),
        Discover = TimeSpan.FromMilliseconds(100),
        ToolsList = TimeSpan.FromMilliseconds(200),
        TestCalls = TimeSpan.FromMilliseconds(200),
        Health = TimeSpan.FromMilliseconds(200),
        Goodbye = TimeSpan.FromMilliseconds(100),
    };

    private readonly List<(ServerProbe Probe, ProbeOrder Order)> _animals = [];

    public int Count => _animals.Count;

    public void Add(Animal animal, Uri url)
    {
        var probe = new ServerProbe(new EgressGuard(new EgressOptions { Allow = animal.Allow }), TimeProvider.System)
        {
            Resolve = animal.Resolve,
        };
        var order = animal.Order(new ProbeOrder { Url = url });
        var limits = Short with
        {
            Total = animal.Waits ? TimeSpan.FromMilliseconds(300) : Short.Total,
            BodyBytes = order.Limits.BodyBytes,
            Tools = order.Limits.Tools,
            Pages = order.Limits.Pages,
        };
        _animals.Add((probe, order with { Limits = limits }));
    }

    public async Task VisitAsync(int number)
    {
        var (probe, order) = _animals[number % _animals.Count];
        await probe.ProbeAsync(order, CancellationToken.None);
    }
}
