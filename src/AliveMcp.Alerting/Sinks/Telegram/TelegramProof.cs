namespace AliveMcp.Alerting.Sinks.Telegram;

/// <summary>A code is sent into the chat and typed back by somebody who reads it there.</summary>
internal sealed class TelegramProof(TelegramSink sink) : ISinkProof
{
    public SinkKind Kind => SinkKind.Telegram;

    public TimeSpan Life => TimeSpan.FromHours(1);

    public async Task<ProofSent> SendAsync(SinkAtHand at, string code, CancellationToken cancellationToken) =>
        new(await sink.SendAsync(at, ProofMessage.Of(at, code), thread: null, cancellationToken));

    public async Task<ProofStanding> LookAsync(SinkAtHand at, CancellationToken cancellationToken)
    {
        if (at.Secret is null)
        {
            return ProofStanding.Unknown;
        }

        var answer = await sink.LookAsync(at, cancellationToken);
        return answer.Outcome switch
        {
            SinkOutcome.Delivered => ProofStanding.Holds,
            SinkOutcome.Gone => ProofStanding.Gone,
            SinkOutcome.Later => ProofStanding.Unknown,
            _ => ProofStanding.Fails,
        };
    }
}
