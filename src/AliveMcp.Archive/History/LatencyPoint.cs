namespace AliveMcp.Archive.History;

/// <summary>How fast the first tries of one UTC hour were.</summary>
/// <param name="From">The hour's first instant.</param>
/// <param name="P50Ms">Median, whole milliseconds, error at most 7 %; null without a try.</param>
/// <param name="P95Ms">95th percentile, likewise.</param>
public sealed record LatencyPoint(DateTimeOffset From, int? P50Ms, int? P95Ms);
