using AliveMcp.Alerting.Subscriptions;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Subscribers;

/// <summary>What the page shows on which a visitor subscribes.</summary>
public sealed record SubscribeView
{
    public required ListedServer Server { get; init; }

    /// <summary>What works on this install.</summary>
    public required SubscriptionWays Ways { get; init; }

    /// <summary>What comes next, after a form was taken; null: none was.</summary>
    public string? Next { get; init; }

    /// <summary>Why it was not taken.</summary>
    public Problem? Fault { get; init; }

    /// <summary>As it was typed, to be put right: data.</summary>
    public string? Email { get; init; }

    /// <inheritdoc cref="Email"/>
    public string? Webhook { get; init; }
}
