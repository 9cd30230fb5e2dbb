using System.Text.Json;

namespace AliveMcp.Probing.Transports;

/// <summary>What one request came to: a JSON-RPC result, or a fault with all that is known about it. Owns the bytes it lies in.</summary>
internal sealed class Answer : IDisposable
{
    /// <summary><see cref="WireFault.None"/>: <see cref="Result"/> is there, or the notification was taken.</summary>
    public WireFault Fault { get; init; }

    /// <summary>Status of the HTTP answer; null when none came.</summary>
    public int? Status { get; init; }

    /// <summary>The <c>result</c> member; undefined for a fault or a notification. Dead once this answer is disposed.</summary>
    public JsonElement Result { get; init; }

    public RpcError? Error { get; init; }

    /// <summary>Expected beside actual, in our words with the stranger's in them.</summary>
    public string? Detail { get; init; }

    /// <summary>What this exchange took; connecting is not in it.</summary>
    public TimeSpan Took { get; set; }

    /// <summary>What a refusal or redirect said in its headers and body.</summary>
    public HttpSigns? Signs { get; init; }

    /// <summary>The message, or as much of the body as was read; null when there was none.</summary>
    public PooledBytes? Body { get; init; }

    public JsonDocument? Document { get; init; }

    /// <summary>The stream ended before our answer, in good order and resumable: the answer can still be fetched.</summary>
    public StreamRest? Rest { get; set; }

    public bool Succeeded => Fault == WireFault.None;

    public static Answer Failed(WireFault fault, int? status, string? detail, PooledBytes? body = null) =>
        new()
        {
            Fault = fault,
            Status = status,
            Detail = detail,
            Body = body,
        };

    public void Dispose()
    {
        Document?.Dispose();
        Body?.Dispose();
    }
}
