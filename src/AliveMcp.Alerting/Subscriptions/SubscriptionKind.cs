namespace AliveMcp.Alerting.Subscriptions;

/// <summary>By what a visitor hears of trouble. The numbers are stored.</summary>
internal enum SubscriptionKind : byte
{
    Email = 1,
    Webhook = 2,
}
