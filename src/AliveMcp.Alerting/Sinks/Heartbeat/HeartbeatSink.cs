using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.SelfTest;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Sinks.Heartbeat;

/// <summary>
/// The end of the self-test: asks the operator's address and says nothing. What is not taken is not tried again, for the next one comes in a
/// minute or two, and a late one would say that all is well when it was not.
/// </summary>
internal sealed class HeartbeatSink(SinkHttp http, IOptions<AlertOptions> options) : ISink
{
    public SinkKind Kind => SinkKind.Heartbeat;

    public async Task<SinkAnswer> SendAsync(
        SinkAtHand sink,
        AlertMessage message,
        string? thread,
        CancellationToken cancellationToken
    )
    {
        if (options.Value.HeartbeatUrl is not { } url)
        {
            return new SinkAnswer(SinkOutcome.Delivered, Status: null, "no heartbeat address is set");
        }

        var reply = await http.SendAsync(HttpMethod.Get, url, json: null, [], cancellationToken);
        return reply.IsTaken
            ? reply.ToAnswer()
            // Without the status: what 404 and 410 mean for a tenant's sink they do not mean here.
            : new SinkAnswer(
                SinkOutcome.Refused,
                Status: null,
                reply.Status is { } status
                    ? FormattableString.Invariant($"The heartbeat address answered {status}.")
                    : $"The heartbeat address could not be asked. {reply.Fault}"
            );
    }
}
