using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks;

/// <summary>One kind of place that alerts go to. It renders, sends once and says what came of it; whether and when to try again is not its business.</summary>
internal interface ISink
{
    SinkKind Kind { get; }

    /// <summary>Sends one message. A network's or a stranger's fault is an answer, never an exception.</summary>
    /// <param name="sink">Where to: its settings and secret.</param>
    /// <param name="message">What; the same <see cref="AlertMessage.Id"/> means the same message.</param>
    /// <param name="thread">What this sink gave back when it was told of the same incident before; null: the first time.</param>
    /// <param name="cancellationToken">Ours alone.</param>
    Task<SinkAnswer> SendAsync(
        SinkAtHand sink,
        AlertMessage message,
        string? thread,
        CancellationToken cancellationToken
    );
}
