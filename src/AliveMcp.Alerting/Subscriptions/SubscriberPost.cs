using System.Text;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Sinks.Email;
using AliveMcp.Alerting.Sinks.Webhook;
using AliveMcp.Alerting.Subscriptions.Notices;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.SignIn;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>Hands letters and posts to subscribers, once each, and says what came of it.</summary>
internal sealed class SubscriberPost(
    LetterCarrier letters,
    VisitorWeb web,
    IOptions<SignInOptions> site,
    TimeProvider clock
)
{
    /// <summary>Where a subscriber stops what comes; null: this install has no address that a link could begin with.</summary>
    public Uri? StopOf(SubscriberSecret secret) =>
        site.Value.PublicUrl is { } here ? new Uri(here, SubscriptionEndpoints.StopPath + secret.Stop) : null;

    /// <summary>The one letter that an address gets before it says yes.</summary>
    public Task<SinkAnswer> AskAsync(SubscriberSecret secret, string token, CancellationToken cancellationToken)
    {
        if (site.Value.PublicUrl is not { } here)
        {
            return Task.FromResult(new SinkAnswer(SinkOutcome.Later, Status: null, "There is no address for a link."));
        }

        var letter = NoticeLetter.OfAsking(new Uri(here, SubscriptionEndpoints.ConfirmPath + token), here);
        return MailAsync(secret, letter, [], cancellationToken);
    }

    public Task<SinkAnswer> SendAsync(
        SubscriptionKind kind,
        SubscriberSecret secret,
        AlertMessage message,
        CancellationToken cancellationToken
    ) =>
        kind == SubscriptionKind.Email
            ? WriteAsync(secret, message, cancellationToken)
            : TellAsync(secret, message, cancellationToken);

    /// <summary>Posts a body, signed as every webhook's is.</summary>
    public Task<SinkReply> PostAsync(SubscriberSecret secret, byte[] body, CancellationToken cancellationToken) =>
        web.Http.SendAsync(
            HttpMethod.Post,
            new Uri(secret.Place),
            body,
            WebhookMessage.Sign(body, [Encoding.ASCII.GetBytes(secret.Key ?? "")], clock.GetUtcNow()),
            cancellationToken
        );

    private async Task<SinkAnswer> TellAsync(
        SubscriberSecret secret,
        AlertMessage message,
        CancellationToken cancellationToken
    ) => (await PostAsync(secret, WebhookMessage.Of(message, StopOf(secret)), cancellationToken)).ToAnswer();

    private Task<SinkAnswer> WriteAsync(
        SubscriberSecret secret,
        AlertMessage message,
        CancellationToken cancellationToken
    )
    {
        var host = site.Value.PublicUrl?.Host ?? "alivemcp.invalid";
        var stop = StopOf(secret);
        // Named by subscriber and event: a letter that was sent twice is shown once, and one incident is one conversation.
        var reader = Convert.ToHexStringLower(SubscriptionToken.HashOf(secret.Stop))[..16];
        var first = $"<{message.DedupKey}.{reader}@{host}>";
        var name = message.Type == AlertType.Triggered.Word() ? first : $"<{message.Id}.{reader}@{host}>";
        List<(string, string)> headers = [("Message-ID", name)];
        if (name != first)
        {
            headers.AddRange([("In-Reply-To", first), ("References", first)]);
        }

        if (stop is not null)
        {
            headers.AddRange([
                ("List-Unsubscribe", $"<{stop.AbsoluteUri}>"),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ]);
        }

        return MailAsync(secret, NoticeLetter.Of(message, stop), headers, cancellationToken);
    }

    private Task<SinkAnswer> MailAsync(
        SubscriberSecret secret,
        EmailMessage letter,
        IReadOnlyList<(string, string)> headers,
        CancellationToken cancellationToken
    ) =>
        EmailAddress.TryParse(secret.Place, out var to)
            ? letters.SendAsync(
                new Letter(to, letter.Subject, letter.Text) { Html = letter.Html, Headers = headers },
                cancellationToken
            )
            : Task.FromResult(new SinkAnswer(SinkOutcome.Refused, Status: null, "The address is none."));
}
