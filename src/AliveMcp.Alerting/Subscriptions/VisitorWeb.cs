using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Sinks.Webhook;
using AliveMcp.Egress;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>
/// The way to visitors' webhooks: public addresses over https alone, whatever this install opens for its probers and its owners' sinks. Judged
/// when the address is named and each time it is dialled.
/// </summary>
internal sealed class VisitorWeb(EgressGuard guard, TimeProvider clock, SinkOptions options) : IDisposable
{
    public WebhookAddress Addresses { get; } = new(guard);

    public SinkHttp Http { get; } = new(guard, clock, options);

    public void Dispose() => Http.Dispose();
}
