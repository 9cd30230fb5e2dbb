namespace AliveMcp.Alerting.Subscriptions;

/// <summary>By what a visitor of this install can be told of trouble, besides feeds.</summary>
/// <param name="ByEmail">There is a mail server, and an address of ours that links can begin with.</param>
/// <param name="ByWebhook">Secrets can be kept.</param>
public readonly record struct SubscriptionWays(bool ByEmail, bool ByWebhook)
{
    public bool Any => ByEmail || ByWebhook;
}
