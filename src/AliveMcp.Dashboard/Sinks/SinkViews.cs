using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Dashboard.Pages;

namespace AliveMcp.Dashboard.Sinks;

/// <summary>Where a tenant's alerts go.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Sinks">All of them, by number.</param>
public sealed record SinksView(Ground Ground, IReadOnlyList<SeenSink> Sinks);

/// <summary>A sink is set up.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Offered">The kinds that there are.</param>
/// <param name="Kind">The one that is chosen; null: none yet.</param>
/// <param name="Typed">What was typed already, besides secrets.</param>
public sealed record NewSinkView(
    Ground Ground,
    IReadOnlyList<OfferedSink> Offered,
    OfferedSink? Kind,
    IReadOnlyDictionary<string, string> Typed
);

/// <summary>One sink.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Sink">As its tenant sees it; what is told once is in it once.</param>
/// <param name="Offered">What its kind asks for.</param>
/// <param name="Log">What was sent there, the newest first.</param>
/// <param name="Next">Where the next page of the log begins; null: there is none.</param>
public sealed record SinkView(
    Ground Ground,
    SeenSink Sink,
    OfferedSink Offered,
    IReadOnlyList<SeenDelivery> Log,
    long? Next
)
{
    /// <summary>What was typed already, besides secrets.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
