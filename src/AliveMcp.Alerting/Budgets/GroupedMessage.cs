using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Budgets;

/// <summary>The words for many alerts at once.</summary>
internal static class GroupedMessage
{
    /// <summary>At once, with the first alert above the share of its hour.</summary>
    public static PlannedDelivery Above(WaitingAlert alert, int sink, DateTimeOffset hour, DateTimeOffset now)
    {
        var key = FormattableString.Invariant($"group:{hour:yyyy-MM-ddTHH}:{alert.Severity}");
        return new PlannedDelivery
        {
            TenantId = alert.TenantId,
            SinkId = sink,
            Type = AlertType.Digest,
            Severity = alert.Severity,
            OnceKey = key,
            NextAt = now,
            Message = Blank(alert.Message.Tenant, key, alert.Severity, hour) with
            {
                Summary = $"More {alert.Severity} alerts than your plan tells one by one this hour",
                Details = FormattableString.Invariant(
                    $"The first of them: {alert.Message.Summary}. The rest comes as one message after {hour.AddHours(1):HH:mm} UTC; P1 is told at once as ever."
                ),
                StatusUrl = alert.Message.StatusUrl,
            },
        };
    }

    /// <summary>After the hour: how many, and the worst of them.</summary>
    public static AlertMessage Digest(string tenant, DateTimeOffset hour, int count, IReadOnlyList<AlertMessage> worst)
    {
        var key = FormattableString.Invariant($"digest:{hour:yyyy-MM-ddTHH}");
        var lines = worst.Select(message => $"{message.Severity} {message.Summary} ({message.State})");
        return Blank(tenant, key, Enum.Parse<Severity>(worst[0].Severity), hour) with
        {
            Summary = FormattableString.Invariant(
                $"{count} alert{(count == 1 ? "" : "s")} between {hour:HH:mm} and {hour.AddHours(1):HH:mm} UTC"
            ),
            Details = "The worst: " + string.Join("; ", lines) + ".",
            StatusUrl = worst.Select(message => message.StatusUrl).FirstOrDefault(url => url is not null),
        };
    }

    private static AlertMessage Blank(string tenant, string key, Severity severity, DateTimeOffset hour) =>
        new()
        {
            Id = "evt_" + key.Replace(':', '_'),
            Type = AlertType.Digest.Word(),
            Kind = "digest",
            DedupKey = key,
            Tenant = tenant,
            Severity = severity.ToString(),
            State = "open",
            StartedAt = hour,
            Summary = "",
        };
}
