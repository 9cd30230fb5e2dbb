namespace AliveMcp.Servers.Catalogue;

/// <summary>Told when watching begins, ends or changes its cadence; so that what should have been seen can be counted.</summary>
/// <param name="ServerId">The server's number.</param>
/// <param name="FromMinute">The first minute for which it holds.</param>
/// <param name="Weight">The cadence in minutes; null when watching ends.</param>
public sealed record WatchChanged(int ServerId, int FromMinute, int? Weight);
