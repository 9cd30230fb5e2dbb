using AliveMcp.Archive.History;
using AliveMcp.Servers.Objectives;

namespace AliveMcp.Archive.Slo;

/// <summary>How a server stands to what is promised of it.</summary>
internal sealed record SloStanding
{
    public required PromisedServer Server { get; init; }

    /// <summary>The first day of the window.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The open day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What was, up to the newest minute that must be sealed.</summary>
    public required UptimeFigures Figures { get; init; }

    public required ErrorBudget Budget { get; init; }

    /// <summary>One for each rule.</summary>
    public required IReadOnlyList<Burn> Burns { get; init; }
}
