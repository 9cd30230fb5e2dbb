using System.Globalization;
using System.Text.Json.Nodes;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Servers.Acts;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Maintenance;

/// <summary>The planned maintenance of one tenant.</summary>
internal static class MaintenanceEndpoints
{
    private const int Shown = 1_000;
    private static readonly string[] Fields = ["whose", "which", "from", "to", "note", "rrule", "zone"];

    public static void MapMaintenance(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/maintenance", ShowAsync).RequireAuthorization(Can.ReadServers);
        tenant.MapPost("/maintenance/plan", PlanAsync).RequireAuthorization(Can.WriteServers);
        tenant.MapPost("/maintenance/cancel", CancelAsync).RequireAuthorization(Can.WriteServers);
    }

    private static Task<IResult> ShowAsync(
        HttpContext http,
        MaintenanceActs acts,
        TimeProvider clock,
        PageRenderer pages
    ) => PageAsync(http, acts, clock, pages, []);

    private static async Task<IResult> PlanAsync(
        HttpContext http,
        MaintenanceActs acts,
        TimeProvider clock,
        PageRenderer pages
    )
    {
        var form = http.Request.Form;
        var body = new JsonObject
        {
            ["from"] = Instant(form.Text("from")),
            ["to"] = Instant(form.Text("to")),
            ["note"] = Given(form.Text("note")),
            ["rrule"] = Given(form.Text("rrule")),
            ["zone"] = Given(form.Text("zone")),
        };
        foreach (var (field, value) in body.ToList())
        {
            if (value is null)
            {
                body.Remove(field);
            }
        }

        if (form.Text("whose") == "tags")
        {
            var tags = form.Text("which")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            body["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)JsonValue.Create(tag))]);
        }
        else if (form.Text("whose") == "all")
        {
            body["all"] = true;
        }

        var planned =
            body.ContainsKey("tags") || body.ContainsKey("all")
                ? await acts.PlanWideAsync(FormBody.Of(body), http.RequestAborted)
                : await acts.PlanAsync(form.Text("which"), FormBody.Of(body), http.RequestAborted);
        return planned.TryGet(out _)
            ? http.Go(http.GroundOf().At("maintenance"), "planned")
            : await PageAsync(http, acts, clock, pages, planned.Problems);
    }

    private static async Task<IResult> CancelAsync(
        HttpContext http,
        MaintenanceActs acts,
        TimeProvider clock,
        PageRenderer pages
    )
    {
        _ = int.TryParse(http.Request.Form["window"], NumberStyles.None, CultureInfo.InvariantCulture, out var window);
        var problem = await acts.CancelAsync(window, http.RequestAborted);
        return problem is null
            ? http.Go(http.GroundOf().At("maintenance"), "cancelled")
            : await PageAsync(http, acts, clock, pages, [problem with { Field = null }]);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http,
        MaintenanceActs acts,
        TimeProvider clock,
        PageRenderer pages,
        IReadOnlyList<Problem> problems
    )
    {
        var (now, windows) = (clock.GetUtcNow(), await acts.PageAsync(after: 0, Shown, http.RequestAborted));
        var view = new MaintenanceView(
            http.GroundOf([.. problems.Select(problem => problem.Beside(FieldOf(problem)))]),
            [
                .. windows
                    .OrderBy(window => window.Rrule is null && MaintenanceView.At(window.To) <= now)
                    .ThenBy(window => window.From, StringComparer.Ordinal),
            ],
            problems.Count == 0 ? new Dictionary<string, string>(StringComparer.Ordinal) : TypedIn(http.Request.Form),
            now
        );
        return await pages.ShowAsync<MaintenancePage>(view, PageGround.StatusOf(problems));
    }

    private static Dictionary<string, string> TypedIn(IFormCollection form) =>
        Fields.ToDictionary(field => field, form.Text, StringComparer.Ordinal);

    /// <summary>The page's moments are in UTC and have no offset of their own.</summary>
    private static string? Instant(string typed) => typed.Length == 0 ? null : typed + "Z";

    private static string? Given(string typed) => typed.Length == 0 ? null : typed;

    private static string? FieldOf(Problem problem) =>
        problem.Code == "server_not_found" || problem.Field?.Contains("tags", StringComparison.Ordinal) == true
            ? "which"
        : problem.Field?.Split('.')[^1] is { } field && Fields.Contains(field, StringComparer.Ordinal) ? field
        : null;
}
