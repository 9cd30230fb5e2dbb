namespace AliveMcp.Probing.Transports;

/// <summary>The head of an answer, or why there is none.</summary>
internal readonly record struct Reply(HttpResponseMessage? Response, WireFault Fault, string? Detail);
