namespace AliveMcp.Testing.History;

/// <summary>How many rows were written.</summary>
public sealed record HistoryCounts(long Months, long Days, long Hours, long Minutes);
