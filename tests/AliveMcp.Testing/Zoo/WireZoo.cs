using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Testing.Zoo;

/// <summary>Every animal there is: the one table of what a probe has to say of what.</summary>
public static partial class WireZoo
{
    // Long enough for a busy machine, short enough for a test: each of those that are silent waits this out.
    private static readonly ProbeLimits Short = new()
    {
        Total = TimeSpan.FromSeconds(3),
        Connect = TimeSpan.FromSeconds(1.5),
        Discover = TimeSpan.FromSeconds(0.8),
        ToolsList = TimeSpan.FromSeconds(1.5),
        Goodbye = TimeSpan.FromSeconds(0.4),
    };

    public static IReadOnlyList<Animal> All { get; } =
    [
        .. Healthy(),
        .. Connections(),
        .. Dials(),
        .. OddWords(),
        .. Certificates(),
        .. Http(),
        .. Walls(),
        .. Rpc(),
        .. Streams(),
        .. Handshakes(),
        .. Acknowledgements(),
        .. Sessions(),
        .. Tools(),
        .. Calls(),
        .. Health(),
        .. Doors(),
        .. Guarded(),
        .. WaysIn(),
        .. Silence(),
    ];

    private static Animal Live(Specimen specimen) =>
        new() { Name = specimen.Name, ReleaseAsync = () => ReleaseAsync(specimen) };

    private static Animal Down(Why why, ProbeStep at, Specimen specimen) =>
        Live(specimen) with
        {
            State = ServerState.Down,
            Why = why,
            FailedAt = at,
        };

    private static Animal Degraded(Why why, ProbeStep at, Specimen specimen) =>
        Down(why, at, specimen) with
        {
            State = ServerState.Degraded,
        };

    private static Animal Unknown(Why why, ProbeStep at, Specimen specimen) =>
        Down(why, at, specimen) with
        {
            State = ServerState.Unknown,
        };

    /// <summary>One that waits out its limits.</summary>
    private static Animal Waiting(Animal animal) =>
        animal with
        {
            Waits = true,
            Order = order => animal.Order(order) with { Limits = Short },
            Budget = Short.Total + Short.Goodbye + TimeSpan.FromSeconds(1),
        };

    private static Animal Raw(string name, Why why, ProbeStep at, Func<RawServer> start) =>
        new()
        {
            Name = name,
            State = WhyWords.Outcome(why),
            Why = why,
            FailedAt = why == Why.None ? null : at,
            Order = order => order with { Era = Era.Initialize },
            ReleaseAsync = () =>
            {
                var server = start();
                return Task.FromResult(new Cage(server.Url, server));
            },
        };

    private static Animal Ordering(this Animal animal, Func<ProbeOrder, ProbeOrder> order) =>
        animal with
        {
            Order = order,
        };

    private static async Task<Cage> ReleaseAsync(Specimen specimen)
    {
        var server = await FakeMcpServer.StartAsync(specimen);
        return new Cage(server.Url, server);
    }
}
