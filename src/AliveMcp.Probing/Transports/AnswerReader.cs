namespace AliveMcp.Probing.Transports;

/// <summary>Reads the body of one answer: JSON whole, an event stream up to the message that answers us.</summary>
internal static class AnswerReader
{
    private const int RefusalBytes = 64 * 1024;

    // Long enough for the last chunk of a well-behaved stream, which comes on the heels of the answer. It is not in any time we show.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);

    // What the official clients wait when a stream names no time.
    private static readonly TimeSpan UsualRetry = TimeSpan.FromSeconds(1);

    /// <summary>Reads the answer to a request out of a 2xx response.</summary>
    public static async ValueTask<Answer> ReadAsync(Wire wire, HttpResponseMessage response, int id, long began)
    {
        using var body = await OpenAsync(wire, response);
        var type = MediaType(response);
        if (type is "text/event-stream")
        {
            return await ReadEventsAsync(wire, response, body, id, began);
        }

        var bytes = new PooledBytes();
        await ReadUpToAsync(body, bytes, int.MaxValue, wire.Deadline.Token);
        var took = wire.Took(began);
        await SocketThreads.LeaveForAsync(bytes.Length);
        var status = (int)response.StatusCode;
        var answer =
            body.Fault != WireFault.None ? Answer.Failed(body.Fault, status, body.Detail, bytes)
            : type is "application/json" && bytes.Length > 0 ? Open(bytes, id, status, wire.Limits.JsonDepth)
            : NotJsonRpc(bytes, response, type);
        answer.Took = took;
        return answer;
    }

    /// <summary>Reads as much of a refusal's body as is worth reading.</summary>
    public static async ValueTask<PooledBytes> ReadRefusalAsync(Wire wire, HttpResponseMessage response)
    {
        var bytes = new PooledBytes();
        using var body = await OpenAsync(wire, response);
        await ReadUpToAsync(body, bytes, RefusalBytes, wire.Deadline.Token);
        return bytes;
    }

    /// <summary>Lets a body that nobody needs end by itself, for a moment, so that the connection can be used again.</summary>
    public static async ValueTask SkipAsync(Wire wire, HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentLength == 0 || response.Version.Major != 1)
        {
            return;
        }

        using var body = await OpenAsync(wire, response);
        using var stream = new EventStream(body, wire.Limits);
        await stream.FinishAsync(Linger, wire.Clock);
    }

    /// <summary>The media type without parameters, in lower case; null when none was sent.</summary>
    public static string? MediaType(HttpResponseMessage response)
    {
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values))
        {
            return null;
        }

        var text = values.ToString();
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? text : text[..semicolon]).Trim().ToLowerInvariant();
    }

    public static async ValueTask<BoundedBody> OpenAsync(Wire wire, HttpResponseMessage response)
    {
        var encoding = response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            ? values.ToString()
            : null;
        return new BoundedBody(await response.Content.ReadAsStreamAsync(), encoding, wire.Limits)
        {
            Noted = wire.Transcript?.Of(response),
        };
    }

    private static async ValueTask<Answer> ReadEventsAsync(
        Wire wire,
        HttpResponseMessage response,
        BoundedBody body,
        int id,
        long began
    )
    {
        using var stream = new EventStream(body, wire.Limits);
        var answer = await stream.ReadAnswerAsync(id, (int)response.StatusCode, wire.Deadline.Token);
        answer.Took = wire.Took(began);
        if (answer.Fault == WireFault.StreamEnded && body.Fault == WireFault.None && stream.LastEventId is { } last)
        {
            answer.Rest = new StreamRest(last, stream.Retry ?? UsualRetry);
        }

        // HTTP/2 loses nothing by leaving a stream unfinished; HTTP/1.1 loses its connection.
        if (answer.Succeeded && response.Version.Major == 1)
        {
            await stream.FinishAsync(Linger, wire.Clock);
        }

        return answer;
    }

    private static async ValueTask ReadUpToAsync(
        BoundedBody body,
        PooledBytes bytes,
        int most,
        CancellationToken cancellationToken
    )
    {
        while (bytes.Length < most)
        {
            var count = await body.ReadAsync(bytes.Room(), cancellationToken);
            if (count == 0)
            {
                return;
            }

            bytes.Advance(count);
        }
    }

    // A message that is no answer, as the whole of a JSON body, leaves our request unanswered.
    private static Answer Open(PooledBytes bytes, int id, int status, int depth) =>
        RpcEnvelope.Open(bytes, id, status, depth)
        ?? Answer.Failed(WireFault.EnvelopeInvalid, status, "expected an answer, got a request or notification", bytes);

    private static Answer NotJsonRpc(PooledBytes bytes, HttpResponseMessage response, string? type)
    {
        var status = (int)response.StatusCode;
        var got = bytes.Length == 0 ? "an empty body" : type ?? "no content type";
        return new Answer
        {
            Fault = WireFault.NotJsonRpc,
            Status = status,
            Detail = $"expected application/json or text/event-stream, got {status} with {got}",
            Signs = HttpSigns.Read(response, bytes.WrittenSpan),
            Body = bytes,
        };
    }
}
