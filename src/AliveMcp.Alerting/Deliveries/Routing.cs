using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Decides, alert by alert in their order, what becomes of a book of them. Pure: what is to be written lies ready afterwards.</summary>
internal sealed class Routing(RouteBook book, DateTimeOffset now)
{
    private readonly List<PlannedDelivery> _planned = [];

    public IReadOnlyList<PlannedDelivery> Planned => _planned;

    /// <summary>Deliveries that nobody has heard and that are over: numbers.</summary>
    public List<long> Over { get; } = [];

    public List<OperatorAlarm> Alarms { get; } = [];

    public void Route(WaitingAlert alert)
    {
        if (alert.ServerTenantId is null)
        {
            // Erased in between: there is nothing left to tell of.
            return;
        }

        if (alert.Follows && Followers(alert) is { Count: > 0 } told)
        {
            Follow(alert, told);
        }
        else if (alert.Type != AlertType.Resolved && !IsAnswer(alert))
        {
            Open(alert);
        }
    }

    private IReadOnlyCollection<ToldSink> Followers(WaitingAlert alert) => book.Told(alert.IncidentId!.Value);

    /// <summary>That somebody took care of it is told to those who heard of it, and to nobody else.</summary>
    private static bool IsAnswer(WaitingAlert alert) =>
        alert.ToldKey.EndsWith(":acknowledged", StringComparison.Ordinal);

    private void Follow(WaitingAlert alert, IReadOnlyCollection<ToldSink> told)
    {
        foreach (var sink in told.GroupBy(row => row.SinkId).ToList())
        {
            if (alert.Type == AlertType.Resolved)
            {
                foreach (var unheard in sink.Where(row => row.IsUnheard).ToList())
                {
                    Withdraw(unheard);
                }
            }

            // Who waits for the end of quiet hours, or for a step of the ladder, has not heard of it yet.
            if (sink.FirstOrDefault(row => !row.IsUnheard) is { } heard)
            {
                Plan(alert, AlertRoute.Follow(alert, heard.SinkId, heard.RuleId, now));
            }
        }
    }

    private void Open(WaitingAlert alert)
    {
        // An update of something that nobody heard of, because it was not urgent or no rule took it, opens it for whom it reaches now.
        var opening =
            alert.Type == AlertType.Updated
                ? alert with
                {
                    Type = AlertType.Triggered,
                    Message = Opened(alert.Message),
                }
                : alert;
        var rules = book.Rules[alert.TenantId].Select(rule => Gated(opening, rule));
        foreach (var delivery in AlertRoute.Open(opening, rules, now))
        {
            Plan(opening, delivery);
        }
    }

    private static AlertMessage Opened(AlertMessage message) => message with { Type = AlertType.Triggered.Word() };

    /// <summary>The rule with those rungs that may be climbed: what the gate refuses is told to operators, whatever the rule takes.</summary>
    private RuleInForce Gated(WaitingAlert alert, RuleInForce rule)
    {
        var good = new List<Rung>();
        foreach (var rung in rule.Rungs)
        {
            if (TenantGate.Refusal(Rows(alert, rule, rung.Sink)) is { } refusal)
            {
                Alarms.Add(
                    new OperatorAlarm(
                        FormattableString.Invariant($"forged:rule:{rule.RuleId}:{rung.Sink.SinkId}"),
                        "forged_row",
                        FormattableString.Invariant($"Rule {rule.RuleId}: {refusal}. Nothing was sent.")
                    )
                );
            }
            else if (rung.Sink.IsUsable)
            {
                good.Add(rung);
            }
        }

        return rule with
        {
            Rungs = good,
        };
    }

    private static GatedRows Rows(WaitingAlert alert, RuleInForce rule, KnownSink sink) =>
        new()
        {
            Tenant = alert.TenantId,
            SinkId = sink.SinkId,
            SinkTenant = sink.TenantId,
            RuleTenant = rule.TenantId,
            AlertTenant = alert.TenantId,
            ServerTenant = alert.ServerTenantId,
        };

    private void Plan(WaitingAlert alert, PlannedDelivery delivery)
    {
        _planned.Add(delivery);
        if (alert.IncidentId is { } incident && alert.Type != AlertType.Resolved)
        {
            var isUnheard = delivery.Held || delivery.AfterMinutes > 0;
            book.Tell(new ToldSink(0, incident, delivery.SinkId, delivery.RuleId, delivery.OnceKey, isUnheard));
        }
    }

    private void Withdraw(ToldSink unheard)
    {
        book.Withdraw(unheard);
        if (unheard.DeliveryId > 0)
        {
            Over.Add(unheard.DeliveryId);
        }
        else
        {
            _planned.RemoveAll(delivery => delivery.SinkId == unheard.SinkId && delivery.OnceKey == unheard.OnceKey);
        }
    }
}
