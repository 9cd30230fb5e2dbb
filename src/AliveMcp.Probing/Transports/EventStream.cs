using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Transports;

/// <summary>Reads events off one body until the one that is waited for comes.</summary>
internal sealed class EventStream(BoundedBody body, ProbeLimits limits) : IDisposable
{
    private readonly SseParser _parser = new();
    private readonly PooledBytes _buffer = new();
    private int _used;
    private bool _ended;

    /// <summary>Type of the event that was read last.</summary>
    public string EventType => _parser.EventType;

    /// <summary>Where to go on reading when the server closed the stream before the answer (2025-11-25: it may, behind an event with an id).</summary>
    public string? LastEventId => _parser.LastEventId;

    /// <summary>How long the stream asks us to wait before that; null when it does not say.</summary>
    public TimeSpan? Retry => _parser.Retry;

    /// <summary>Reads on to the message that answers us; notifications and requests of the server pass by.</summary>
    public async ValueTask<Answer> ReadAnswerAsync(int id, int status, CancellationToken cancellationToken)
    {
        for (var events = 0; events < limits.SseEvents; events++)
        {
            if (await NextAsync(cancellationToken) is not { } data)
            {
                return Ended(status);
            }

            await SocketThreads.LeaveForAsync(data.Length);
            if (RpcEnvelope.Open(data, id, status, limits.JsonDepth) is not { } answer)
            {
                data.Dispose();
            }
            else if (IsOfAnotherKind(answer))
            {
                answer.Dispose();
            }
            else
            {
                return answer;
            }
        }

        return Answer.Failed(
            WireFault.Flood,
            status,
            $"expected an answer within {limits.SseEvents} events, got that many without it"
        );
    }

    /// <summary>The next event's data, which the caller owns; null at the stream's end or a limit.</summary>
    public async ValueTask<PooledBytes?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var rest = _buffer.WrittenSpan[_used..];
            var found = _parser.TryNext(ref rest);
            _used = _buffer.Length - rest.Length;
            if (found)
            {
                return _parser.TakeData();
            }

            _buffer.Clear();
            _used = 0;
            var count = await body.ReadAsync(_buffer.Room(), cancellationToken);
            if (count == 0)
            {
                _ended = true;
                return null;
            }

            _buffer.Advance(count);
        }
    }

    /// <summary>Waits a moment for the stream's end behind the answer, so that the connection can be used again.</summary>
    public async ValueTask FinishAsync(TimeSpan linger, TimeProvider clock)
    {
        if (_ended)
        {
            return;
        }

        using var limit = new CancellationTokenSource(linger, clock);
        _buffer.Clear();
        _used = 0;
        while (!limit.IsCancellationRequested && await body.ReadAsync(_buffer.Room(), limit.Token) > 0) { }
    }

    public void Dispose()
    {
        _parser.Dispose();
        _buffer.Dispose();
    }

    // Heartbeats and the like have a type of their own. A type that a proxy garbled is no reason to miss our answer.
    private bool IsOfAnotherKind(Answer answer) =>
        !string.Equals(EventType, "message", StringComparison.Ordinal)
        && (
            answer.Fault is WireFault.NotJsonRpc or WireFault.MalformedJson or WireFault.TooDeep
            || (answer.Fault == WireFault.EnvelopeInvalid && answer.Body!.WrittenSpan.IndexOf("\"jsonrpc\""u8) < 0)
        );

    private Answer Ended(int status) =>
        body.Fault == WireFault.None
            ? Answer.Failed(WireFault.StreamEnded, status, "expected an answer on the event stream, got its end")
            : Answer.Failed(body.Fault, status, body.Detail);
}
