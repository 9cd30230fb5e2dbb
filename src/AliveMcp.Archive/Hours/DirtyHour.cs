namespace AliveMcp.Archive.Hours;

/// <summary>A server-hour to be computed again, locked by whoever took it.</summary>
internal sealed record DirtyHour(int Hour, int Server, int Tenant);
