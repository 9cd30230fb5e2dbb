using System.Text;

namespace AliveMcp.Alerting.Sinks.Slack;

/// <summary>A code is posted into the channel and typed back by somebody who reads it there.</summary>
internal sealed class SlackProof(SlackSink sink, SinkHttp http, SinkOptions options) : ISinkProof
{
    public SinkKind Kind => SinkKind.Slack;

    public TimeSpan Life => TimeSpan.FromHours(1);

    public async Task<ProofSent> SendAsync(SinkAtHand at, string code, CancellationToken cancellationToken) =>
        new(await sink.SendAsync(at, ProofMessage.Of(at, code), thread: null, cancellationToken));

    /// <summary>A webhook that stands refuses a body without text with 400 and shows nobody anything; one that is gone says so.</summary>
    public async Task<ProofStanding> LookAsync(SinkAtHand at, CancellationToken cancellationToken)
    {
        if (at.Secret is null)
        {
            return ProofStanding.Unknown;
        }

        var url = SinkAddress.Of(options.Slack, at.Secret);
        var reply = await http.SendAsync(HttpMethod.Post, url, Encoding.ASCII.GetBytes("{}"), [], cancellationToken);
        return SlackSink.AnswerOf(reply).Outcome switch
        {
            SinkOutcome.Gone => ProofStanding.Gone,
            SinkOutcome.Refused when reply.Status == 400 => ProofStanding.Holds,
            SinkOutcome.Later when reply.Status != 404 => ProofStanding.Unknown,
            _ => ProofStanding.Fails,
        };
    }
}
