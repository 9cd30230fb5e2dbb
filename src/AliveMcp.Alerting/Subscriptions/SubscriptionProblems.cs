using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>The ways in which this slice says no. None tells whether an address is known.</summary>
public static class SubscriptionProblems
{
    internal static Problem EmailInvalid { get; } = new("email_invalid", "email is no mail address.", "email");

    internal static Problem WebhookInvalid { get; } =
        new("webhook_invalid", "webhook is no https address on the public Internet, at most 2000 letters.", "webhook");

    internal static Problem OneOfTwo { get; } =
        new("place_invalid", "Send either email or webhook: where you want to hear.");

    internal static Problem NoMail { get; } =
        new("mail_unavailable", "This install sends no mail to visitors; use the feed or a webhook.", "email");

    internal static Problem NoWebhooks { get; } =
        new("webhooks_unavailable", "This install keeps no secrets, and so no webhooks of visitors.", "webhook");

    internal static Problem TooMany { get; } =
        new("subscriptions_too_many", "That was asked too often lately. Try again in an hour.");

    /// <summary>No public server has this name.</summary>
    public static Problem NoServer { get; } = new("server_not_found", "No public server has this name.");
}
