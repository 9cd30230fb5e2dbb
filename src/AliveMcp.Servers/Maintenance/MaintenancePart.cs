using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Servers.Acts;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Maintenance;

/// <summary>
/// <c>maintenance</c> at the top of the file: windows by tag or of all servers. A window is known by all that it says; what leaves the file is
/// cancelled, as a window of a server is.
/// </summary>
internal sealed class MaintenancePart(ServersDb db, WideMaintenance windows) : IFilePart
{
    private readonly List<(WideSpan Wide, FileItem Item)> _filed = [];
    private List<WideWindow> _known = [];
    private List<WideWindow> _going = [];
    private List<WideSpan> _coming = [];
    private ApplyOptions _options = new();

    public string Key => "maintenance";

    public string Permission => Can.WriteServers;

    public void Read(IReadOnlyList<FileItem> items, List<Problem> problems)
    {
        foreach (var item in items)
        {
            if (WideWindowReader.Read(item.Reader(problems)) is { } wide)
            {
                _filed.Add((wide, item));
            }
        }
    }

    public async Task<PartChange> TakeAsync(
        RoomDb within,
        ApplyOptions options,
        List<Problem> problems,
        CancellationToken cancellationToken
    )
    {
        _options = options;
        _known = await db.WideMaintenance.ToListAsync(cancellationToken);
        _coming = [.. _filed.Select(filed => filed.Wide).Where(wide => !_known.Exists(row => row.Wide.IsSame(wide)))];
        _going = [.. _known.Where(row => row.ManagedBy == options.ManagedBy && !IsFiled(row))];
        var counted = _known.Except(_going).Select(row => row.Wide).Concat(_coming).Count(windows.Counts);
        if (counted > WideMaintenance.Most && _coming.Exists(windows.Counts))
        {
            problems.Add(WideProblems.TooMany);
        }

        var kept = _known.Where(IsFiled).ToList();
        var taken = kept.Where(row => row.ManagedBy != options.ManagedBy).Select(Name).ToList();
        return new PartChange
        {
            Created = Sorted(_coming.Select(wide => wide.Name)),
            Removed = Sorted(_going.Select(Name)),
            Changed = Sorted(taken),
            Unchanged = Sorted(kept.Where(row => row.ManagedBy == options.ManagedBy).Select(Name)),
            Fields = taken
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(name => name, _ => (IReadOnlyList<string>)["managed_by"], StringComparer.Ordinal),
        };
    }

    public async Task<IReadOnlyList<string>> SaveAsync(CancellationToken cancellationToken)
    {
        foreach (var window in _known.Where(row => IsFiled(row) && row.ManagedBy != _options.ManagedBy))
        {
            await windows.TakeOverAsync(window, _options.ManagedBy, cancellationToken);
        }

        foreach (var window in _going)
        {
            await windows.RemoveAsync(window, cancellationToken);
        }

        foreach (var wide in _coming)
        {
            await windows.AddAsync(wide, _options.ManagedBy, cancellationToken);
        }

        return [];
    }

    public async Task<JsonArray> WriteAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        var rows = await db
            .WideMaintenance.AsNoTracking()
            .OrderBy(row => row.From)
            .ThenBy(row => row.MaintenanceId)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row =>
                JsonSerializer.SerializeToNode(WideSettings.Of(row.Wide), ActsJson.Default.WideSettings)
            ),
        ];
    }

    private bool IsFiled(WideWindow row) => _filed.Exists(filed => filed.Wide.IsSame(row.Wide));

    private static string Name(WideWindow row) => row.Wide.Name;

    private static IReadOnlyList<string> Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
}
