using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Maintenance;

/// <summary>Plans maintenance of more than one server of the scope's tenant, and takes it back.</summary>
internal sealed class WideMaintenance(ServersDb db, TenantScope scope, TimeProvider clock)
{
    /// <summary>How many windows of a tenant there may be, not counting those that are over.</summary>
    public const int Most = 50;

    /// <returns>The number of the window.</returns>
    public async Task<Result<int>> PlanAsync(WideSpan wide, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        await db.LockAsync(scope.Tenant!.Value, cancellationToken);
        var now = clock.GetUtcNow();
        if (await db.WideMaintenance.CountAsync(row => row.Rule != null || row.To > now, cancellationToken) >= Most)
        {
            return WideProblems.TooMany;
        }

        var window = await AddAsync(wide, "api", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return window.MaintenanceId;
    }

    /// <summary>Whether it counts against <see cref="Most"/>: it comes again, or has not ended.</summary>
    public bool Counts(WideSpan wide) => wide.Span.Rule is not null || wide.Span.To > clock.GetUtcNow();

    /// <returns>False: there is none of this number.</returns>
    public async Task<bool> CancelAsync(int id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        await db.LockAsync(scope.Tenant!.Value, cancellationToken);
        if (
            await db.WideMaintenance.SingleOrDefaultAsync(row => row.MaintenanceId == id, cancellationToken)
            is not { } window
        )
        {
            return false;
        }

        await RemoveAsync(window, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>In the transaction that is open.</summary>
    public async Task<WideWindow> AddAsync(WideSpan wide, string managedBy, CancellationToken cancellationToken)
    {
        var window = WideWindow.Of(wide, scope.Tenant!.Value, managedBy);
        db.WideMaintenance.Add(window);
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(
            new AuditEntry("maintenance.planned", "maintenance", Id(window)) { After = RowState.Now(db.Entry(window)) }
        );
        return window;
    }

    /// <inheritdoc cref="AddAsync"/>
    public async Task RemoveAsync(WideWindow window, CancellationToken cancellationToken)
    {
        db.Audit(
            new AuditEntry("maintenance.cancelled", "maintenance", Id(window))
            {
                Before = RowState.Now(db.Entry(window)),
            }
        );
        db.WideMaintenance.Remove(window);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <inheritdoc cref="AddAsync"/>
    public async Task TakeOverAsync(WideWindow window, string managedBy, CancellationToken cancellationToken)
    {
        var before = RowState.Now(db.Entry(window));
        window.ManagedBy = managedBy;
        await db.SaveChangesAsync(cancellationToken);
        db.Audit(
            new AuditEntry("maintenance.changed", "maintenance", Id(window))
            {
                Before = before,
                After = RowState.Now(db.Entry(window)),
            }
        );
    }

    private static string Id(WideWindow window) => window.MaintenanceId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The ways in which this slice says no.</summary>
internal static class WideProblems
{
    public static Problem TooMany { get; } =
        new(
            "maintenance_limit",
            string.Create(
                CultureInfo.InvariantCulture,
                $"There are {WideMaintenance.Most} windows by tag or of all servers that are not over, which are the most: cancel one."
            )
        );

    public static Problem NoWindow(int id) =>
        new(
            "maintenance_not_found",
            string.Create(CultureInfo.InvariantCulture, $"There is no planned maintenance {id}."),
            "id"
        );
}
