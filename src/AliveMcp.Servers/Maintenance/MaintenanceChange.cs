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

    /// <summary>What is planned for a server now.</summary>
    public IReadOnlyList<MaintenanceSpan> Of(Server server) =>
        [.. _stored[server.ServerId].Select(window => window.Span)];

    /// <returns>Whether anything differed.</returns>
    public bool Take(Server server, IReadOnlyList<MaintenanceSpan> wanted)
    {
        // A window that stays keeps its row, and with it the number by which others know it.
        var missing = wanted.ToList();
        var unwanted = _stored[server.ServerId].Where(window => !missing.Remove(window.Span)).ToList();
        db.Maintenance.RemoveRange(unwanted);
        db.Maintenance.AddRange(
            missing.Select(span => new MaintenanceWindow
            {
                TenantId = server.TenantId,
                ServerId = server.ServerId,
                From = span.From,
                To = span.To,
                Note = span.Note,
                Rule = span.Rule,
                Zone = span.Zone,
            })
        );
        return missing.Count + unwanted.Count > 0;
    }
}
