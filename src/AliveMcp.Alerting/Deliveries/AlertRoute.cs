using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Who hears of an alert, when, and as what. Pure: the rules decide, in any order of rules the same.</summary>
internal static class AlertRoute
{
    /// <summary>Deliveries of an alert that opens something: each sink once for each step of the ladder.</summary>
    public static IReadOnlyList<PlannedDelivery> Open(
        WaitingAlert alert,
        IEnumerable<RuleInForce> rules,
        DateTimeOffset now
    )
    {
        var failing = alert.Failing;
        return
        [
            .. rules
                .Where(rule => rule.Match.Takes(alert.Kind, alert.Severity, alert.Slug, alert.Tags, failing))
                .SelectMany(rule => rule.Rungs.Select(rung => Delivery(alert, rule, rung, now)))
                .OfType<PlannedDelivery>()
                // Two rules that name one sink wake it once, at the earlier of their times.
                .GroupBy(delivery => (delivery.SinkId, delivery.OnceKey))
                .Select(same => same.OrderBy(delivery => delivery.NextAt).ThenBy(delivery => delivery.RuleId).First())
                .OrderBy(delivery => delivery.AfterMinutes)
                .ThenBy(delivery => delivery.SinkId),
        ];
    }

    /// <summary>An update or a resolve for one sink that was told before.</summary>
    public static PlannedDelivery Follow(WaitingAlert alert, int sink, int? rule, DateTimeOffset now) =>
        new()
        {
            TenantId = alert.TenantId,
            SinkId = sink,
            AlertId = alert.AlertId,
            IncidentId = alert.IncidentId,
            RuleId = rule,
            Type = alert.Type,
            Severity = alert.Severity,
            OnceKey = FormattableString.Invariant($"alert:{alert.AlertId}"),
            Message = alert.Message,
            NextAt = now,
        };

    /// <summary>Null: a ladder is climbed only while something lasts.</summary>
    private static PlannedDelivery? Delivery(WaitingAlert alert, RuleInForce rule, Rung rung, DateTimeOffset now)
    {
        if (rung.AfterMinutes > 0 && alert.IncidentId is null)
        {
            return null;
        }

        var due = now + TimeSpan.FromMinutes(rung.AfterMinutes);
        var quietEnd = alert.Severity == Severity.P1 ? null : rule.Quiet?.EndAt(due);
        return Follow(alert, rung.Sink.SinkId, rule.RuleId, now) with
        {
            OnceKey =
                rung.AfterMinutes == 0
                    ? FormattableString.Invariant($"alert:{alert.AlertId}")
                    : FormattableString.Invariant($"step:{alert.AlertId}:{rung.AfterMinutes}"),
            Message = Worded(alert.Message, rung.AfterMinutes, quietEnd is null ? null : now),
            AfterMinutes = rung.AfterMinutes,
            NextAt = quietEnd ?? due,
            Held = quietEnd is not null,
        };
    }

    /// <summary>A step is an event of its own: who asks not to be told the same thing twice must hear it.</summary>
    private static AlertMessage Worded(AlertMessage message, int afterMinutes, DateTimeOffset? heldSince)
    {
        var words = message.Details;
        if (afterMinutes > 0)
        {
            words = Join(words, FormattableString.Invariant($"Nobody has acknowledged it within {afterMinutes} min."));
        }

        if (heldSince is { } since)
        {
            words = Join(
                words,
                FormattableString.Invariant($"Held back by quiet hours since {since:yyyy-MM-dd HH:mm} UTC.")
            );
        }

        return message with
        {
            Id = afterMinutes == 0 ? message.Id : FormattableString.Invariant($"{message.Id}_after_{afterMinutes}"),
            Details = words,
        };
    }

    private static string Join(string first, string second) => first.Length == 0 ? second : first + " " + second;
}
