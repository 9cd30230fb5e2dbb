using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks;

/// <summary>The message that carries a code. It says nothing that a tenant wrote: it may go to somebody who never asked for it.</summary>
internal static class ProofMessage
{
    public static AlertMessage Of(SinkAtHand sink, string code)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return new AlertMessage
        {
            Id = $"prf_{sink.SinkId}",
            Type = AlertType.Test.Word(),
            Kind = MessageWords.Proof,
            DedupKey = $"alivemcp-proof-{sink.SinkId}",
            Tenant = "",
            Severity = "P4",
            State = "open",
            StartedAt = DateTimeOffset.UnixEpoch,
            Summary =
                $"The code is {code}. Whoever set this up types it back within the hour; nothing else is sent here before. If nobody you know did, ignore it.",
        };
    }
}
