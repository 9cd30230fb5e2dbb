using System.Globalization;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Keys;

/// <summary>The API keys of one tenant.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/keys", ShowAsync).RequireAuthorization(Can.ReadKeys);
        tenant.MapPost("/keys/issue", IssueAsync).RequireAuthorization(Can.WriteKeys);
        tenant.MapPost("/keys/revoke", RevokeAsync).RequireAuthorization(Can.WriteKeys);
    }

    private static Task<IResult> ShowAsync(HttpContext http, KeyRing keys, PageRenderer pages) =>
        PageAsync(http, keys, pages, (null, null, []));

    /// <summary>The token is the answer to the form and to nothing else: no page that can be asked for again has it.</summary>
    private static async Task<IResult> IssueAsync(
        HttpContext http,
        KeyRing keys,
        TimeProvider clock,
        PageRenderer pages
    )
    {
        var form = http.Request.Form;
        var name = form["name"].ToString();
        var days = int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? Math.Min(given, 100_000)
            : 90;
        var expiresAt = days == 0 ? (DateTimeOffset?)null : clock.GetUtcNow() + TimeSpan.FromDays(days);
        var issued = await keys.IssueAsync(name, form["scope"], expiresAt, http.RequestAborted);
        return issued.TryGet(out var key)
            ? await PageAsync(http, keys, pages, (key, null, []))
            : await PageAsync(http, keys, pages, (null, name, issued.Problems));
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, KeyRing keys, PageRenderer pages)
    {
        var isNumber = int.TryParse(
            http.Request.Form["key"],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var key
        );
        var problem = await keys.RevokeAsync(isNumber ? key : 0, http.RequestAborted);
        return problem is null
            ? http.Go($"/t/{http.SignedIn().Tenant!.Slug}/keys", "revoked")
            : await PageAsync(http, keys, pages, (null, null, [problem]));
    }

    private static async Task<IResult> PageAsync(
        HttpContext http,
        KeyRing keys,
        PageRenderer pages,
        (FreshKey? Issued, string? Typed, IReadOnlyList<Problem> Problems) of
    )
    {
        var ground = http.GroundOf([
            .. of.Problems.Select(problem => problem.Field == "name" ? problem : problem with { Field = null }),
        ]);
        var view = new KeysView(ground, await keys.ListAsync(http.RequestAborted), of.Issued, of.Typed);
        return await pages.ShowAsync<KeysPage>(view, PageGround.StatusOf(of.Problems));
    }
}
