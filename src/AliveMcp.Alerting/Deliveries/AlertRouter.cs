using AliveMcp.Storage.Postgres;
using Npgsql;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>
/// Alert, rules, deliveries: takes what waits and decides who hears of it, in one transaction. Any number of routers at once; whatever
/// happens to one of them, an alert is routed once.
/// </summary>
internal sealed class AlertRouter(PostgresDoors doors, OperatorAlarms alarms, TimeProvider clock)
{
    /// <summary>Routes some of what waits; returns how many alerts.</summary>
    public async Task<int> RouteAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RouteReader.ReadAsync(connection, transaction, cancellationToken) is not { } book)
        {
            return 0;
        }

        var routing = new Routing(book, clock.GetUtcNow());
        foreach (var alert in book.Alerts)
        {
            routing.Route(alert);
        }

        await WriteAsync(connection, transaction, book, routing, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return book.Alerts.Count + book.Unreadable.Count;
    }

    private async Task WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        RouteBook book,
        Routing routing,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var writer = new RouteWriter(connection, transaction);
        if (routing.Planned.Count > 0)
        {
            await writer.AddAsync(routing.Planned, now, cancellationToken);
        }

        if (routing.Over.Count > 0)
        {
            await writer.DropAsync(routing.Over, "it was over before its time came", now, cancellationToken);
        }

        await writer.MarkAsync(
            book.Alerts.Select(alert => alert.AlertId).Concat(book.Unreadable),
            now,
            cancellationToken
        );
        foreach (var alarm in routing.Alarms.Concat(book.Unreadable.Select(Unreadable)))
        {
            await alarms.RaiseAsync(connection, transaction, alarm, cancellationToken);
        }
    }

    private static OperatorAlarm Unreadable(long alert) =>
        new(
            FormattableString.Invariant($"unreadable:{alert}"),
            "unreadable_alert",
            FormattableString.Invariant($"Alert {alert} holds no message; nobody was told of it.")
        );
}
