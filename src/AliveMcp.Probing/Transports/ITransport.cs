using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Transports;

/// <summary>How JSON-RPC travels: by Streamable HTTP or by legacy HTTP+SSE.</summary>
internal interface ITransport : IDisposable
{
    McpTransport Kind { get; }

    /// <summary>A session id is in play: a 404 may then mean that it was forgotten.</summary>
    bool HasSession { get; }

    /// <summary>From now on requests carry this version.</summary>
    void Adopt(string version);

    /// <summary>Sends a request and waits for the message that answers it.</summary>
    ValueTask<Answer> AskAsync(RpcCall call);

    /// <summary>Sends a notification, which needs taking but no answer.</summary>
    ValueTask<Answer> TellAsync(RpcCall call);
}
