using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>From when to when a server is watched at one cadence: a row of <c>archive.watch_period</c>.</summary>
/// <param name="From">The first minute.</param>
/// <param name="To">The first minute after it; null: it still is.</param>
/// <param name="Weight">The cadence in minutes.</param>
public sealed record WatchedSpan(MinuteStamp From, MinuteStamp? To, int Weight);
