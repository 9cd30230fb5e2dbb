namespace AliveMcp.Probing.Transports;

/// <summary>The rest of an answer whose stream the server closed to be asked again (2025-11-25, <c>Last-Event-ID</c>).</summary>
/// <param name="LastEventId">The event behind which it goes on.</param>
/// <param name="Wait">How long the server wants to be left alone before.</param>
internal sealed record StreamRest(string LastEventId, TimeSpan Wait);
