namespace AliveMcp.StatusPages.Overview;

/// <summary>In which order servers stand.</summary>
public enum OverviewOrder
{
    /// <summary>What needs attention first: down, degraded, unknown, live; then by name.</summary>
    Urgency,

    /// <summary>By name.</summary>
    Name,

    /// <summary>The lowest uptime of 30 days first.</summary>
    Uptime,

    /// <summary>The slowest first.</summary>
    Latency,
}
