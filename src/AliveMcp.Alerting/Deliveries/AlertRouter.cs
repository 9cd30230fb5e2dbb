using AliveMcp.Alerting.Budgets;
using AliveMcp.Alerting.Suppression;
using AliveMcp.Storage.Postgres;
using Npgsql;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>
/// Alert, rules, deliveries: takes what waits and decides who hears of it, in one transaction. Any number of routers at once; whatever
/// happens to one of them, an alert is routed once.
/// </summary>
internal sealed class AlertRouter(PostgresDoors doors, OperatorAlarms alarms, BudgetReader budgets, TimeProvider clock)
{
    /// <summary>Routes some of what waits; returns how many alerts.</summary>
    public async Task<int> RouteAsync(CancellationToken cancellationToken)
    {
        await budgets.RefreshAsync(cancellationToken);
        var now = clock.GetUtcNow();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RouteReader.ReadAsync(connection, transaction, now, cancellationToken) is not { } book)
        {
            return 0;
        }

        var store = new BundleStore(connection, transaction);
        var servers = book.Alerts.Select(alert => alert.ServerId).ToList();
        var bundles = await store.ReadAsync(book.Tenants, servers, now, cancellationToken);
        await RouteReader.ReadToldAsync(connection, transaction, book, bundles.Related, cancellationToken);
        var budget = await budgets.ReadAsync(connection, transaction, book.Tenants, cancellationToken);

        var plan = new RoutePlan(book, budget, now);
        var routing = new Routing(book, new BundleRouting(book, bundles, plan, now), plan, now);
        foreach (var alert in book.Alerts)
        {
            routing.Route(alert);
        }

        await store.WriteAsync(bundles, now, cancellationToken);
        await BudgetReader.WriteAsync(connection, transaction, budget, cancellationToken);
        await WriteAsync(connection, transaction, book, plan, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return book.Alerts.Count + book.Unreadable.Count;
    }

    private async Task WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        RouteBook book,
        RoutePlan plan,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var writer = new RouteWriter(connection, transaction);
        await writer.AddAsync(plan.Planned, now, cancellationToken);
        await writer.LeaveAsync(plan.Overflow, AlertBudget.HourOf(now), cancellationToken);
        await writer.DropAsync(plan.Over, "it was over before its time came", now, cancellationToken);
        await writer.MarkAsync(
            [.. book.Alerts.Select(alert => alert.AlertId), .. book.Unreadable],
            now,
            cancellationToken
        );
        await writer.HoldAsync(plan.Held, cancellationToken);
        foreach (var alarm in plan.Alarms.Concat(book.Unreadable.Select(Unreadable)))
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
