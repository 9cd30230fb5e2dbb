using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Maintenance;

/// <summary>Brings the planned maintenance of one tenant's servers to what a file says.</summary>
internal sealed class MaintenanceChange(ServersDb db)
{
    private ILookup<ServerId, MaintenanceWindow> _stored = Enumerable
        .Empty<MaintenanceWindow>()
        .ToLookup(window => window.ServerId);

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var all = await db.Maintenance.ToListAsync(cancellationToken);
        _stored = all.ToLookup(window => window.ServerId);
    }

    /// <returns>Whether anything differed.</returns>
    public bool Take(Server server, IReadOnlyList<MaintenanceSpan> wanted)
    {
        var stored = _stored[server.ServerId].OrderBy(window => window.MaintenanceId).ToList();
        if (stored.Select(window => window.Span).SequenceEqual(wanted))
        {
            return false;
        }

        db.Maintenance.RemoveRange(stored);
        db.Maintenance.AddRange(
            wanted.Select(span => new MaintenanceWindow
            {
                TenantId = server.TenantId,
                ServerId = server.ServerId,
                From = span.From,
                To = span.To,
                Note = span.Note,
            })
        );
        return true;
    }
}
