using System.Text.Json;
using System.Text.Json.Nodes;

namespace AliveMcp.Alerting.Sinks.Webhook;

/// <summary>
/// Whose host it is shows in one of three ways: a TXT record, a file at a well-known place, or the address itself saying a challenge back.
/// The last needs nobody's hands and is tried first.
/// </summary>
internal sealed class WebhookProof(WebhookSink sink, SinkHttp http, TxtLookup dns) : ISinkProof
{
    private const string Prefix = "alivemcp=";
    private const string File = "/.well-known/alivemcp-sink.json";

    public SinkKind Kind => SinkKind.Webhook;

    /// <summary>DNS takes its time.</summary>
    public TimeSpan Life => TimeSpan.FromHours(24);

    public DomainProof? DomainOf(JsonElement settings, string token)
    {
        var names = NamesOf(settings);
        return new DomainProof(
            names.DnsName,
            Prefix + token,
            names.FileUrl,
            new JsonObject { ["token"] = token }.ToJsonString()
        );
    }

    public static DomainProofNames NamesOf(JsonElement settings) =>
        new($"_alivemcp.{settings.GetProperty("host").GetString()}", settings.GetProperty("origin").GetString() + File);

    public async Task<ProofSent> SendAsync(SinkAtHand at, string code, CancellationToken cancellationToken)
    {
        var challenge = new JsonObject
        {
            ["version"] = 1,
            ["type"] = "challenge",
            ["challenge"] = code,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(challenge);
        if (await sink.PostAsync(at, body, cancellationToken) is not { } reply)
        {
            return new ProofSent(SinkAnswer.Shut);
        }

        return reply.IsTaken && ChallengeEcho.IsSaidBack(reply.Body, code)
            ? new ProofSent(reply.ToAnswer(), IsProven: true)
            : new ProofSent(
                reply.ToAnswer() with
                {
                    Outcome = SinkOutcome.Refused,
                    Detail = "The challenge was not said back.",
                }
            );
    }

    public async Task<bool> IsPublishedAsync(
        JsonElement settings,
        Func<string, bool> isToken,
        CancellationToken cancellationToken
    )
    {
        var names = NamesOf(settings);
        var records = await dns.AskAsync(names.DnsName, cancellationToken);
        if (
            records.Any(record =>
                record.StartsWith(Prefix, StringComparison.Ordinal) && isToken(record[Prefix.Length..])
            )
        )
        {
            return true;
        }

        var reply = await http.SendAsync(HttpMethod.Get, new Uri(names.FileUrl), json: null, [], cancellationToken);
        return reply.IsTaken && ChallengeEcho.MemberOf(reply.Body, "token") is { } token && isToken(token);
    }

    /// <summary>An address that says challenges back is asked again; what was published is looked at by whoever holds its hash.</summary>
    public async Task<ProofStanding> LookAsync(SinkAtHand at, CancellationToken cancellationToken)
    {
        var sent = await SendAsync(at, Proofs.ProofCode.New(), cancellationToken);
        return sent switch
        {
            { IsProven: true } => ProofStanding.Holds,
            { Answer.Status: 410 } => ProofStanding.Gone,
            { Answer.Status: null or 429 or >= 500 } => ProofStanding.Unknown,
            _ => ProofStanding.Fails,
        };
    }
}
