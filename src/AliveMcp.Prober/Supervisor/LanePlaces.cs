using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>How many tickets of a lane may be in work at one time, those that wait for a cell included.</summary>
internal sealed record LanePlaces(Lane Lane, int Places)
{
    /// <summary>Few people wait at one time.</summary>
    private const int Now = 50;

    /// <summary>The lanes that a prober takes work from, in the order of their urgency; the isolated one only where there are cells for it.</summary>
    public static IReadOnlyList<LanePlaces> Of(ProberOptions options) =>
        [
            new(Lane.Now, Now),
            new(Lane.Shared, options.InFlight),
            .. options.IsolatedCells > 0
                ?
                [
                    new LanePlaces(
                        Lane.Isolated,
                        2 * options.IsolatedCells * (IsolatedCells.PerTenant + IsolatedCells.Waiting)
                    ),
                ]
                : Array.Empty<LanePlaces>(),
        ];
}
