using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Acts;

/// <summary>The planned maintenance of the scope's tenant.</summary>
internal sealed class MaintenanceQueries(ServersDb db)
{
    /// <summary>The next windows by number.</summary>
    /// <param name="slug">Of this server alone; null: of all.</param>
    /// <param name="after">Only those with a larger number.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<PlannedWindow>> PageAsync(
        string? slug,
        int after,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        var rows = await (
            from window in db.Maintenance.AsNoTracking()
            join server in db.Servers.AsNoTracking() on window.ServerId equals server.ServerId
            where window.MaintenanceId > after && server.EraseAskedAt == null && (slug == null || server.Slug == slug)
            orderby window.MaintenanceId
            select new { Window = window, server.Slug }
        )
            .Take(take)
            .ToListAsync(cancellationToken);
        var own = rows.Select(row => PlannedWindow.Of(row.Window.MaintenanceId, row.Slug, row.Window.Span));
        if (slug is not null)
        {
            return [.. own];
        }

        var wide = await db
            .WideMaintenance.AsNoTracking()
            .Where(window => window.MaintenanceId > after)
            .OrderBy(window => window.MaintenanceId)
            .Take(take)
            .ToListAsync(cancellationToken);
        return
        [
            .. own.Concat(wide.Select(window => PlannedWindow.Of(window.MaintenanceId, window.Wide)))
                .OrderBy(window => window.Id)
                .Take(take),
        ];
    }

    /// <summary>One window, of one server or of whichever; null when there is none.</summary>
    public async Task<PlannedWindow?> FindAsync(string? slug, int id, CancellationToken cancellationToken) =>
        (await PageAsync(slug, id - 1, 1, cancellationToken)).FirstOrDefault(window => window.Id == id);
}
