using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Acts;

/// <summary>Plans maintenance of own servers and takes it back, as settings of the server: one set of rules, one trail.</summary>
public sealed class MaintenanceActs
{
    private const int All = 1_000;

    private readonly ServerActs _acts;
    private readonly MaintenanceQueries _queries;
    private readonly WideMaintenance _wide;

    internal MaintenanceActs(ServerActs acts, MaintenanceQueries queries, WideMaintenance wide) =>
        (_acts, _queries, _wide) = (acts, queries, wide);

    /// <summary>The windows of all own servers, one by one and by tag, by number.</summary>
    /// <param name="after">Only those with a larger number.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<PlannedWindow>> PageAsync(int after, int take, CancellationToken cancellationToken) =>
        _queries.PageAsync(slug: null, after, take, cancellationToken);

    /// <summary>Plans a window of one server.</summary>
    /// <param name="slug">Of which server.</param>
    /// <param name="body">What <c>POST /servers/{slug}/maintenance</c> takes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PlannedWindow>> PlanAsync(
        string slug,
        JsonElement body,
        CancellationToken cancellationToken
    )
    {
        List<Problem> problems = [];
        if (MaintenanceReader.ReadBody(JsonComposer.Compose(body), problems) is not { } span || problems.Count > 0)
        {
            return problems;
        }

        var window = WindowSettings.Of(span);
        var changed = await _acts.ChangeAsync(
            slug,
            settings => With(settings, window),
            Precondition.Any,
            cancellationToken
        );
        return changed.TryGet(out _)
            ? (await _queries.PageAsync(slug, 0, All, cancellationToken)).Last(row =>
                (row.From, row.To, row.Note, row.Rrule, row.Zone)
                == (window.From, window.To, window.Note, window.Rrule, window.Zone)
            )
            : changed.Problems.ToList();
    }

    /// <summary>Plans a window of the servers with a tag, or of all.</summary>
    /// <param name="body">What <c>POST /maintenance</c> takes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PlannedWindow>> PlanWideAsync(JsonElement body, CancellationToken cancellationToken)
    {
        List<Problem> problems = [];
        if (WideWindowReader.ReadBody(JsonComposer.Compose(body), problems) is not { } wide)
        {
            return problems;
        }

        var planned = await _wide.PlanAsync(wide, cancellationToken);
        return planned.TryGet(out var id) ? PlannedWindow.Of(id, wide) : planned.Problems.ToList();
    }

    /// <summary>Takes a window back, of one server or of many.</summary>
    /// <returns>Null when it is gone; else why not.</returns>
    public async Task<Problem?> CancelAsync(int id, CancellationToken cancellationToken) =>
        await _queries.FindAsync(slug: null, id, cancellationToken) is { Server: { } slug }
            ? await CancelAsync(slug, id, cancellationToken)
        : await _wide.CancelAsync(id, cancellationToken) ? null
        : WideProblems.NoWindow(id);

    /// <summary>Takes a window of one server back.</summary>
    /// <returns>Null when it is gone; else why not.</returns>
    public async Task<Problem?> CancelAsync(string slug, int id, CancellationToken cancellationToken)
    {
        if (await _queries.FindAsync(slug, id, cancellationToken) is not { } planned)
        {
            return ServerProblems.NoWindow(slug, id);
        }

        var changed = await _acts.ChangeAsync(
            slug,
            settings => Without(settings, planned),
            Precondition.Any,
            cancellationToken
        );
        return changed.TryGet(out _) ? null : changed.Problems[0];
    }

    private static JsonObject With(JsonObject settings, WindowSettings window)
    {
        var windows = settings["maintenance"] as JsonArray ?? [];
        settings.Remove("maintenance");
        windows.Add(
            new JsonObject
            {
                ["from"] = window.From,
                ["to"] = window.To,
                ["note"] = window.Note,
                ["rrule"] = window.Rrule,
                ["zone"] = window.Zone,
            }
        );
        settings["maintenance"] = windows;
        return settings;
    }

    private static JsonObject Without(JsonObject settings, PlannedWindow planned)
    {
        var windows = settings["maintenance"] as JsonArray ?? [];
        var unwanted = windows.FirstOrDefault(row =>
            (string?)row!["from"] == planned.From
            && (string?)row["to"] == planned.To
            && (string?)row["note"] == planned.Note
            && (string?)row["rrule"] == planned.Rrule
            && (string?)row["zone"] == planned.Zone
        );
        windows.Remove(unwanted);
        return settings;
    }
}
