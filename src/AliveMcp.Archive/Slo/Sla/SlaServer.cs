using AliveMcp.Archive.History;
using AliveMcp.Servers.Objectives;

namespace AliveMcp.Archive.Slo.Sla;

/// <summary>One server's month.</summary>
public sealed record SlaServer
{
    /// <summary>Which, and what is promised of it.</summary>
    public required PromisedServer Server { get; init; }

    /// <summary>What was, in minutes.</summary>
    public required UptimeFigures Figures { get; init; }

    /// <summary>What might have been down, and what was.</summary>
    public required ErrorBudget Budget { get; init; }

    /// <summary>The days that the plan shows, oldest first, up to the open one.</summary>
    public required IReadOnlyList<DayBar> Days { get; init; }

    /// <summary>By their beginning.</summary>
    public required IReadOnlyList<DownStretch> Downs { get; init; }

    /// <summary>Null when no minute counts: a promise about nothing is neither kept nor broken.</summary>
    public bool? IsKept => Figures.CountedMinutes == 0 ? null : Budget.IsKept;
}
