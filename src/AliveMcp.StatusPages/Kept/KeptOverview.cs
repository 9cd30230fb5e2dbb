using AliveMcp.StatusPages.Overview;

namespace AliveMcp.StatusPages.Kept;

/// <summary>How all public servers stood when the archive last told.</summary>
internal sealed record KeptOverview(IReadOnlyList<OverviewRow> Rows, DateTimeOffset At);
