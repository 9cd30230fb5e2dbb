namespace AliveMcp.Alerting.Sinks.Discord;

/// <summary>A code is posted into the channel and typed back by somebody who reads it there.</summary>
internal sealed class DiscordProof(DiscordSink sink) : ISinkProof
{
    public SinkKind Kind => SinkKind.Discord;

    public TimeSpan Life => TimeSpan.FromHours(1);

    public async Task<ProofSent> SendAsync(SinkAtHand at, string code, CancellationToken cancellationToken) =>
        new(await sink.SendAsync(at, ProofMessage.Of(at, code), thread: null, cancellationToken));

    public async Task<ProofStanding> LookAsync(SinkAtHand at, CancellationToken cancellationToken)
    {
        if (at.Secret is null)
        {
            return ProofStanding.Unknown;
        }

        var reply = await sink.LookAsync(at, cancellationToken);
        return reply.Status switch
        {
            >= 200 and < 300 => ProofStanding.Holds,
            410 => ProofStanding.Gone,
            401 or 403 or 404 => ProofStanding.Fails,
            _ => ProofStanding.Unknown,
        };
    }
}
