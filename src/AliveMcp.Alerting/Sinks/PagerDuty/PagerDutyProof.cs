using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.PagerDuty;

/// <summary>A test event whose summary holds the code, of the lowest severity.</summary>
internal sealed class PagerDutyProof(PagerDutySink sink) : ISinkProof
{
    public SinkKind Kind => SinkKind.PagerDuty;

    public TimeSpan Life => TimeSpan.FromHours(1);

    public async Task<ProofSent> SendAsync(SinkAtHand at, string code, CancellationToken cancellationToken) =>
        new(await sink.SendAsync(at, ProofMessage.Of(at, code), thread: null, cancellationToken));

    /// <summary>Resolving what is not there is taken from a key that is good, and changes nothing; a key that is not is refused.</summary>
    public async Task<ProofStanding> LookAsync(SinkAtHand at, CancellationToken cancellationToken)
    {
        var nothing = ProofMessage.Of(at, "") with { Type = AlertType.Resolved.Word() };
        var answer = await sink.SendAsync(at, nothing, thread: null, cancellationToken);
        return answer.Outcome switch
        {
            SinkOutcome.Delivered => ProofStanding.Holds,
            SinkOutcome.Gone => ProofStanding.Gone,
            SinkOutcome.Later => ProofStanding.Unknown,
            _ => ProofStanding.Fails,
        };
    }
}
