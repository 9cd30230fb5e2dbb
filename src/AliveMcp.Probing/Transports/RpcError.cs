namespace AliveMcp.Probing.Transports;

/// <summary>A JSON-RPC error. The message is a stranger's text.</summary>
/// <param name="Supported">The versions that a <c>-32022</c> lists; empty otherwise.</param>
internal sealed record RpcError(int Code, string? Message, IReadOnlyList<string> Supported);
