using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Storage.Audit;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Files;

/// <summary>Tells the audit trail what a change of the catalogue did to each server, its planned maintenance included.</summary>
internal sealed class CatalogueAudit(ServersDb db)
{
    private readonly List<(Server Server, Dictionary<string, object?>? Before)> _touched = [];

    /// <summary>Remembers how the servers were that are about to be saved.</summary>
    public void See()
    {
        var planned = db
            .ChangeTracker.Entries<MaintenanceWindow>()
            .Where(window => window.State is EntityState.Added or EntityState.Deleted)
            .Select(window => window.Entity.ServerId)
            .ToHashSet();
        foreach (var entry in db.ChangeTracker.Entries<Server>())
        {
            if (entry.State == EntityState.Added)
            {
                _touched.Add((entry.Entity, null));
            }
            else if (entry.State == EntityState.Modified || planned.Contains(entry.Entity.ServerId))
            {
                var before = RowState.Before(entry);
                before["maintenance"] = SpansOf(entry.Entity, EntityState.Unchanged, EntityState.Deleted);
                _touched.Add((entry.Entity, before));
            }
        }
    }

    /// <summary>Tells of each what became of it. All of it is saved: the new ones have their numbers.</summary>
    public void Tell()
    {
        foreach (var (server, before) in _touched)
        {
            var after = RowState.Now(db.Entry(server));
            after["maintenance"] = SpansOf(server, EntityState.Unchanged);
            foreach (var action in ActionsOf(before, after))
            {
                db.Audit(
                    new AuditEntry(action, "server", server.ServerId.ToString()) { Before = before, After = after }
                );
            }
        }
    }

    private static IEnumerable<string> ActionsOf(Dictionary<string, object?>? before, Dictionary<string, object?> after)
    {
        if (before is null)
        {
            return ["server.created"];
        }

        var actions = new List<string>();
        if (!Equals(before["erase_asked_at"], after["erase_asked_at"]))
        {
            actions.Add("server.erase_asked");
        }

        if (!Equals(before["paused_at"], after["paused_at"]))
        {
            actions.Add(after["paused_at"] is null ? "server.resumed" : "server.paused");
        }

        var others = after.Keys.Except(["erase_asked_at", "paused_at"], StringComparer.Ordinal);
        if (actions.Count == 0 || others.Any(column => !IsSame(before[column], after[column])))
        {
            actions.Add("server.changed");
        }

        return actions;
    }

    private MaintenanceSpan[] SpansOf(Server server, params EntityState[] states) =>
        [
            .. db
                .ChangeTracker.Entries<MaintenanceWindow>()
                .Where(window => window.Entity.ServerId == server.ServerId && states.Contains(window.State))
                .OrderBy(window => window.Entity.MaintenanceId)
                .Select(window => window.Entity.Span),
        ];

    private static bool IsSame(object? one, object? other) =>
        one is Array list && other is Array others
            ? list.Cast<object?>().SequenceEqual(others.Cast<object?>())
            : Equals(one, other);
}
