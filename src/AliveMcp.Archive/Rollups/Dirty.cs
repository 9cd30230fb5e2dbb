namespace AliveMcp.Archive.Rollups;

/// <summary>A server's hour, day or month to be computed again, locked by whoever took it.</summary>
internal readonly record struct Dirty(int At, int Server);
