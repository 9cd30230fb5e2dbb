using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Suppression;

/// <summary>How incidents that are told together are told: opened once, updated as they become more, resolved once.</summary>
internal sealed class BundleRouting(RouteBook book, BundleBook bundles, RoutePlan plan, DateTimeOffset now)
{
    /// <summary>Triggers of one cause so close together are one delivery.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(2);

    /// <summary>So long a bundle grows before who was told hears of it again.</summary>
    private static readonly TimeSpan Growth = TimeSpan.FromSeconds(15);

    /// <summary>True when the alert is told as one with others, or told by them.</summary>
    public bool Takes(WaitingAlert alert, Func<WaitingAlert, IReadOnlyList<PlannedDelivery>> open)
    {
        if (alert.IncidentId is not { } incident)
        {
            return false;
        }

        if (bundles.Of(incident) is { } mine)
        {
            Follow(mine, alert);
            return true;
        }

        if (!BundleBook.IsFailure(alert.Kind))
        {
            return false;
        }

        var isUnheard = alert.Type is AlertType.Triggered or AlertType.Updated && book.Told(incident).Count == 0;
        if (isUnheard && bundles.Ours(alert) is { } ours)
        {
            plan.Hold(alert, ours);
            return true;
        }

        if (alert.Type != AlertType.Triggered || bundles.Take(alert, ToldAs) is not { } bundle)
        {
            return false;
        }

        Open(bundle, alert, open);
        return true;
    }

    private string? ToldAs(long incident) => book.Told(incident).FirstOrDefault(told => !told.IsUnheard)?.DedupKey;

    private void Open(Bundle bundle, WaitingAlert alert, Func<WaitingAlert, IReadOnlyList<PlannedDelivery>> open)
    {
        var count = bundles.Count(bundle, alert);
        var opening = alert with { IncidentId = bundle.Lead, Message = Worded(bundle, alert.Message, count) };
        var heard = book.Told(bundle.Lead).Where(told => !told.IsUnheard).Select(told => told.SinkId).ToHashSet();
        var known = book.Told(bundle.Lead).Select(told => (told.SinkId, told.OnceKey)).ToHashSet();
        var fresh = open(opening)
            .Select(delivery => Named(bundle, delivery))
            .Where(delivery => !heard.Contains(delivery.SinkId) && !known.Contains((delivery.SinkId, delivery.OnceKey)))
            .ToList();
        plan.Add(opening, fresh);
        if (count > bundle.ToldCount && bundle.ToldCount > 0)
        {
            Grow(bundle, opening, count);
        }

        bundle.ToldCount = Math.Max(bundle.ToldCount, count);
    }

    private static PlannedDelivery Named(Bundle bundle, PlannedDelivery delivery) =>
        delivery with
        {
            OnceKey =
                delivery.AfterMinutes == 0
                    ? $"bundle:{bundle.BundleId:N}"
                    : FormattableString.Invariant($"bundle:{bundle.BundleId:N}:after:{delivery.AfterMinutes}"),
            NextAt = delivery.NextAt + (delivery.AfterMinutes == 0 && !delivery.Held ? Gather : TimeSpan.Zero),
        };

    /// <summary>One update on its way at a time: what was to be told of fewer is told of more.</summary>
    private void Grow(Bundle bundle, WaitingAlert opening, int count)
    {
        var prefix = $"bundle:{bundle.BundleId:N}:grew:";
        var told = book.Told(bundle.Lead).ToList();
        foreach (
            var stale in told.Where(row => row.IsUntouched && row.OnceKey.StartsWith(prefix, StringComparison.Ordinal))
        )
        {
            plan.Withdraw(stale);
        }

        var update = opening with
        {
            Type = AlertType.Updated,
            Message = opening.Message with { Type = AlertType.Updated.Word() },
        };
        var wait = bundle.IsNew ? Gather : Growth;
        plan.Add(
            update,
            [
                .. told.Where(row => !row.IsUnheard)
                    .DistinctBy(row => row.SinkId)
                    .Select(row =>
                        AlertRoute.Follow(update, row.SinkId, row.RuleId, now + wait) with
                        {
                            OnceKey = FormattableString.Invariant($"{prefix}{count}"),
                        }
                    ),
            ]
        );
    }

    private void Follow(Bundle bundle, WaitingAlert alert)
    {
        var heard = book.Told(bundle.Lead).ToList();
        if (alert.IsAnswer && alert.IncidentId == bundle.Lead)
        {
            Tell(
                bundle,
                alert with
                {
                    Message = Worded(bundle, alert.Message, bundle.ToldCount) with { Details = alert.Message.Details },
                },
                heard
            );
            return;
        }

        if (alert.Type != AlertType.Resolved)
        {
            // What happens to one of many is in its own incident.
            return;
        }

        bundle.End(alert.IncidentId!.Value);
        if (!bundle.IsOver)
        {
            return;
        }

        foreach (
            var unheard in heard.Where(row =>
                row.IsUntouched && (row.IsUnheard || row.OnceKey.Contains(":grew:", StringComparison.Ordinal))
            )
        )
        {
            plan.Withdraw(unheard);
        }

        Tell(bundle, alert with { Message = Ended(bundle, alert.Message) }, heard);
    }

    private void Tell(Bundle bundle, WaitingAlert alert, IEnumerable<ToldSink> told)
    {
        var following = alert with { IncidentId = bundle.Lead };
        plan.Add(
            following,
            [
                .. told.Where(row => !row.IsUnheard)
                    .DistinctBy(row => row.SinkId)
                    .Select(row => AlertRoute.Follow(following, row.SinkId, row.RuleId, now)),
            ]
        );
    }

    private AlertMessage Worded(Bundle bundle, AlertMessage message, int count) =>
        message with
        {
            DedupKey = bundle.DedupKey,
            Incident = bundle.Lead,
            Summary = bundles.Counted(bundle, count),
            Details =
                message.Summary
                + (bundle.ClusterId is null ? "" : " Servers of others behind it fail as well: this is told once."),
        };

    private AlertMessage Ended(Bundle bundle, AlertMessage message) =>
        message with
        {
            DedupKey = bundle.DedupKey,
            Incident = bundle.Lead,
            Summary = $"{bundles.Counted(bundle, bundle.Servers.Count)}: over",
        };
}
