namespace AliveMcp.Testing.Wire;

/// <summary>A request as a fake server saw it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Rpc">JSON-RPC method; null when the body is no JSON-RPC message.</param>
/// <param name="Headers">By name, without regard to case.</param>
/// <param name="Connection">Id of the connection that it came by.</param>
public sealed record SeenRequest(
    string Method,
    string Path,
    string? Rpc,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    string Connection
)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
