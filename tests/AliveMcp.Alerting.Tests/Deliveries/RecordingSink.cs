using System.Collections.Concurrent;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks;

namespace AliveMcp.Alerting.Tests.Deliveries;

/// <summary>A place that keeps what it took, in the order in which it took it, and answers as it is told.</summary>
internal sealed class RecordingSink : ISink
{
    private readonly ConcurrentQueue<Took> _took = new();

    public SinkKind Kind => SinkKind.Webhook;

    /// <summary>What it answers to a sink's message; by default it takes it.</summary>
    public Func<SinkAtHand, AlertMessage, Task<SinkAnswer>> Answers { get; set; } =
        (_, _) => Task.FromResult(new SinkAnswer(SinkOutcome.Delivered, 200, "taken"));

    public IReadOnlyList<Took> Messages => [.. _took];

    public async Task<SinkAnswer> SendAsync(
        SinkAtHand sink,
        AlertMessage message,
        string? thread,
        CancellationToken cancellationToken
    )
    {
        var answer = await Answers(sink, message);
        if (answer.Outcome == SinkOutcome.Delivered)
        {
            _took.Enqueue(new Took(sink.Tenant.Value, sink.SinkId, message, thread));
        }

        return answer;
    }
}

internal sealed record Took(int Tenant, int Sink, AlertMessage Message, string? Thread);
