using AliveMcp.Tenancy.SignIn;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Sinks.Email;

/// <summary>Double opt-in: the reader of the mailbox opens a link and says yes, or hands the code to whoever set the sink up.</summary>
internal sealed class EmailProof(EmailSink sink, IOptions<SignInOptions> options) : ISinkProof
{
    public const string ConfirmPath = "/alerts/confirm/";

    public SinkKind Kind => SinkKind.Email;

    public TimeSpan Life => TimeSpan.FromHours(24);

    public async Task<ProofSent> SendAsync(SinkAtHand at, string code, CancellationToken cancellationToken)
    {
        var confirm = options.Value.PublicUrl is { } origin
            ? new Uri(origin, $"{ConfirmPath}{at.Tenant}.{at.SinkId}.{code}")
            : null;
        var how = confirm is null
            ? $"If you want them, give whoever asked you this code: {code}."
            : $"If you want them, open the link and say yes, or give whoever asked you this code: {code}.";
        var message = ProofMessage.Of(at, code) with
        {
            // Another code is another letter: its name must not be that of the one before.
            Id = $"prf_{at.SinkId}_{code}",
            Summary = $"Somebody who uses AliveMCP wants alerts about servers sent to this address. {how}",
            Details = "It is good for 24 hours. If you do not know what this is about, do nothing: no more mails come.",
            StatusUrl = confirm,
        };
        return new(await sink.SendAsync(at, message, thread: null, cancellationToken));
    }

    /// <summary>A mailbox cannot be looked at.</summary>
    public Task<ProofStanding> LookAsync(SinkAtHand at, CancellationToken cancellationToken) =>
        Task.FromResult(ProofStanding.Unknown);
}
