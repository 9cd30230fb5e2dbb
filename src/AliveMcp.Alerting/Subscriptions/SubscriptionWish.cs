using System.Security.Cryptography;
using System.Text;
using AliveMcp.Alerting.Sinks.Webhook;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>Where a visitor wants to hear: a mail address or the address of a webhook. Personal: it comes into no log.</summary>
public sealed record SubscriptionWish
{
    private const int Longest = 2_000;

    private SubscriptionWish(SubscriptionKind kind, string place, string host) =>
        (Kind, Place, Host) = (kind, place, host);

    internal SubscriptionKind Kind { get; }

    /// <summary>In the one spelling under which it is kept.</summary>
    internal string Place { get; }

    /// <summary>By what its proofs are counted: the address itself, or the webhook's host.</summary>
    internal string Host { get; }

    /// <summary>What comes next, in words: the same whether the place is known or not.</summary>
    public string Next =>
        Kind == SubscriptionKind.Email
            ? "If this address does not hear of it yet, a letter is on its way there. Open its link within 24 hours and say yes; nothing else is sent before."
            : "If this address does not hear of it yet, a challenge is posted there. Nothing else is sent before it is said back.";

    internal static Result<SubscriptionWish> OfEmail(string? text) =>
        EmailAddress.TryParse(text, out var address)
            ? new SubscriptionWish(SubscriptionKind.Email, address.Text, address.Text)
            : SubscriptionProblems.EmailInvalid;

    internal static Result<SubscriptionWish> OfWebhook(string? text, WebhookAddress addresses) =>
        text is { Length: <= Longest } && addresses.Read(text.Trim(), out var why) is { } url
            ? new SubscriptionWish(SubscriptionKind.Webhook, url.AbsoluteUri, url.IdnHost)
            : SubscriptionProblems.WebhookInvalid;

    /// <summary>The same place of the same server is one subscription; of another server it cannot be told to be the same.</summary>
    internal byte[] HashAt(ServerId server) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{server}|{(byte)Kind}|{Place}")));

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "SubscriptionWish";
}
