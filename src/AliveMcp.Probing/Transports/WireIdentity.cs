namespace AliveMcp.Probing.Transports;

/// <summary>How a probe introduces itself, and the clock it goes by.</summary>
internal sealed record WireIdentity(TimeProvider Clock, string UserAgent, string TraceParent);
