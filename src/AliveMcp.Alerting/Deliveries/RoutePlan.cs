using AliveMcp.Alerting.Budgets;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>What a router will write: deliveries within the budget, what is left for the digest, what is over, what operators must see.</summary>
internal sealed class RoutePlan(RouteBook book, BudgetBook budget, DateTimeOffset now)
{
    private readonly List<PlannedDelivery> _planned = [];

    public IReadOnlyList<PlannedDelivery> Planned => _planned;

    /// <summary>Deliveries that nobody has heard and that are over: numbers.</summary>
    public List<long> Over { get; } = [];

    /// <summary>What is put together at the end of the hour.</summary>
    public List<LeftOver> Overflow { get; } = [];

    public List<OperatorAlarm> Alarms { get; } = [];

    /// <summary>Alerts that a cluster of ours holds back: number of the alert, number of the cluster.</summary>
    public Dictionary<long, long> Held { get; } = [];

    /// <summary>Adds what one alert leads to, as far as its tenant's hour allows.</summary>
    public void Add(WaitingAlert alert, IReadOnlyList<PlannedDelivery> deliveries)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        var spending = AlertBudget.Counts(alert.Type, alert.Severity, alert.IsAnswer)
            ? budget.Spend(alert.TenantId, alert.Severity)
            : Spending.Within;
        if (spending == Spending.Within)
        {
            foreach (var delivery in deliveries)
            {
                Add(delivery);
            }

            return;
        }

        foreach (
            var sink in deliveries
                .Where(delivery => delivery.AfterMinutes == 0)
                .Select(delivery => delivery.SinkId)
                .Distinct()
        )
        {
            Overflow.Add(new LeftOver(alert.TenantId, alert.ServerId, alert.AlertId, sink));
            if (spending == Spending.First)
            {
                _planned.Add(GroupedMessage.Above(alert, sink, budget.Hour, now));
            }
        }
    }

    /// <summary>A region of ours is ill: nobody is told, unless it outlasts that.</summary>
    public void Hold(WaitingAlert alert, long cluster) => Held[alert.AlertId] = cluster;

    /// <summary>It will not be told after all.</summary>
    public void Withdraw(ToldSink unheard)
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

    private void Add(PlannedDelivery delivery)
    {
        _planned.Add(delivery);
        if (delivery.IncidentId is { } incident && delivery.Type != AlertType.Resolved)
        {
            var isUnheard = delivery.Held || delivery.AfterMinutes > 0;
            book.Tell(
                new ToldSink
                {
                    IncidentId = incident,
                    SinkId = delivery.SinkId,
                    RuleId = delivery.RuleId,
                    OnceKey = delivery.OnceKey,
                    DedupKey = delivery.Message.DedupKey,
                    IsUntouched = true,
                    IsUnheard = isUnheard,
                }
            );
        }
    }
}

/// <summary>An alert that a sink is told of at the end of the hour.</summary>
internal sealed record LeftOver(int TenantId, int ServerId, long AlertId, int SinkId);
