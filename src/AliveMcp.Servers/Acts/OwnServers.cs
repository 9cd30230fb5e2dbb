using AliveMcp.Servers.Files;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Acts;

/// <summary>The servers of the scope's tenant with all their settings.</summary>
internal sealed class OwnServers(ServersDb db)
{
    /// <summary>One by its own slug; null when there is none.</summary>
    public async Task<SettledServer?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        var server = await db
            .Servers.AsNoTracking()
            .SingleOrDefaultAsync(row => row.EraseAskedAt == null && row.Slug == slug, cancellationToken);
        if (server is null)
        {
            return null;
        }

        var windows = await db
            .Maintenance.AsNoTracking()
            .Where(window => window.ServerId == server.ServerId)
            .ToListAsync(cancellationToken);
        return SettledServer.Of(server, windows.Select(window => window.Span));
    }

    /// <summary>All of them, by slug.</summary>
    public async Task<IReadOnlyList<ServerSettings>> AllAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        var servers = await db
            .Servers.AsNoTracking()
            .Where(row => row.EraseAskedAt == null)
            .OrderBy(row => row.Slug)
            .ToListAsync(cancellationToken);
        var windows = (await db.Maintenance.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(window =>
            window.ServerId
        );
        return
        [
            .. servers.Select(server =>
                SettingsWriter.Write(server, windows[server.ServerId].Select(window => window.Span))
            ),
        ];
    }
}
