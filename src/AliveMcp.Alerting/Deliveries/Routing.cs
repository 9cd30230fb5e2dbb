using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Suppression;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Decides, alert by alert in their order, what becomes of a book of them. Pure: what is to be written lies in the plan afterwards.</summary>
internal sealed class Routing(RouteBook book, BundleRouting bundles, RoutePlan plan, DateTimeOffset now)
{
    public void Route(WaitingAlert alert)
    {
        // Erased in between: there is nothing left to tell of.
        if (alert.ServerTenantId is null || bundles.Takes(alert, Opening))
        {
            return;
        }

        if (alert.Follows && book.Told(alert.IncidentId!.Value) is { Count: > 0 } told)
        {
            Follow(alert, told);
        }
        else if (alert.Type != AlertType.Resolved && !alert.IsAnswer)
        {
            Open(alert);
        }
    }

    private void Follow(WaitingAlert alert, IReadOnlyCollection<ToldSink> told)
    {
        var followers = new List<PlannedDelivery>();
        foreach (var sink in told.GroupBy(row => row.SinkId).ToList())
        {
            if (alert.Type == AlertType.Resolved)
            {
                foreach (var unheard in sink.Where(row => row.IsUnheard).ToList())
                {
                    plan.Withdraw(unheard);
                }
            }

            // Who waits for the end of quiet hours, or for a step of the ladder, has not heard of it yet.
            if (sink.FirstOrDefault(row => !row.IsUnheard) is { } heard)
            {
                followers.Add(AlertRoute.Follow(alert, heard.SinkId, heard.RuleId, now));
            }
        }

        plan.Add(alert, followers);
    }

    private void Open(WaitingAlert alert)
    {
        // An update of something that nobody heard of, because it was not urgent or no rule took it, opens it for whom it reaches now.
        var opening =
            alert.Type == AlertType.Updated
                ? alert with
                {
                    Type = AlertType.Triggered,
                    Message = alert.Message with { Type = AlertType.Triggered.Word() },
                }
                : alert;
        plan.Add(opening, Opening(opening));
    }

    private IReadOnlyList<PlannedDelivery> Opening(WaitingAlert alert) =>
        AlertRoute.Open(alert, [.. book.Rules[alert.TenantId].Select(rule => Gated(alert, rule))], now);

    /// <summary>The rule with those rungs that may be climbed: what the gate refuses is told to operators, whatever the rule takes.</summary>
    private RuleInForce Gated(WaitingAlert alert, RuleInForce rule)
    {
        var good = new List<Rung>();
        foreach (var rung in rule.Rungs)
        {
            if (TenantGate.Refusal(Rows(alert, rule, rung.Sink)) is { } refusal)
            {
                plan.Alarms.Add(
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
}
