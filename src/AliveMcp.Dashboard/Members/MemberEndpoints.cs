using System.Globalization;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.Members;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Members;

/// <summary>The members of one tenant.</summary>
internal static class MemberEndpoints
{
    public static void MapMembers(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/members", ShowAsync).RequireAuthorization(Can.ReadMembers);
        tenant.MapPost("/members/leave", LeaveAsync).RequireAuthorization(Can.ActForSelf);
        var heads = tenant.MapGroup("/members").RequireAuthorization(Can.WriteMembers);
        heads.MapPost("/role", ChangeRoleAsync);
        heads.MapPost("/remove", RemoveAsync);
        heads.MapPost("/invite", InviteAsync);
        heads.MapPost("/uninvite", UninviteAsync);
    }

    private static Task<IResult> ShowAsync(
        HttpContext http,
        MemberDesk members,
        InvitationDesk invitations,
        PageRenderer pages
    ) => PageAsync(http, members, invitations, pages, (null, null, []));

    private static async Task<IResult> ChangeRoleAsync(
        HttpContext http,
        MemberDesk members,
        InvitationDesk invitations,
        PageRenderer pages
    )
    {
        var isRole = PermissionWords.Roles.TryGetValue(http.Request.Form["role"].ToString(), out var role);
        var problem = isRole
            ? await members.ChangeRoleAsync(PersonOf(http), role, http.RequestAborted)
            : new Problem("role_invalid", "There is no such role.");
        return await AnswerAsync(http, members, invitations, pages, (problem, "role"));
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext http,
        MemberDesk members,
        InvitationDesk invitations,
        PageRenderer pages
    )
    {
        var problem = await members.RemoveAsync(PersonOf(http), http.RequestAborted);
        return await AnswerAsync(http, members, invitations, pages, (problem, "removed"));
    }

    private static async Task<IResult> LeaveAsync(
        HttpContext http,
        MemberDesk members,
        InvitationDesk invitations,
        PageRenderer pages
    )
    {
        if (http.SignedIn().Tenant is null)
        {
            return Results.NotFound();
        }

        var problem = await members.LeaveAsync(http.RequestAborted);
        return problem is null
            ? http.Go(NextPath.Home, "left")
            : await AnswerAsync(http, members, invitations, pages, (problem, ""));
    }

    /// <summary>With a mail server the answer is a redirect; without one it is the page that shows the link, once.</summary>
    private static async Task<IResult> InviteAsync(
        HttpContext http,
        MemberDesk members,
        InvitationDesk invitations,
        WebOrigin origin,
        PageRenderer pages
    )
    {
        var form = http.Request.Form;
        var email = form["email"].ToString();
        var role = PermissionWords.Roles.GetValueOrDefault(form["role"].ToString(), Role.Viewer);
        if (origin.Of(http.Request) is not { } here)
        {
            return Results.BadRequest();
        }

        var issued = await invitations.InviteAsync(email, role, here, http.RequestAborted);
        if (!issued.TryGet(out var invitation))
        {
            return await PageAsync(http, members, invitations, pages, (null, email, issued.Problems));
        }

        return invitation.Link is null
            ? http.Go(PathOf(http), "invited")
            : await PageAsync(http, members, invitations, pages, (invitation, null, []));
    }

    private static async Task<IResult> UninviteAsync(
        HttpContext http,
        MemberDesk members,
        InvitationDesk invitations,
        PageRenderer pages
    )
    {
        var problem = await invitations.RevokeAsync(NumberOf(http, "invitation"), http.RequestAborted);
        return await AnswerAsync(http, members, invitations, pages, (problem, "uninvited"));
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        MemberDesk members,
        InvitationDesk invitations,
        PageRenderer pages,
        (Problem? Problem, string Done) outcome
    ) =>
        outcome.Problem is { } problem
            // What is wrong belongs to no field of this page: it stands above everything.
            ? await PageAsync(http, members, invitations, pages, (null, null, [problem with { Field = null }]))
            : http.Go(PathOf(http), outcome.Done);

    private static async Task<IResult> PageAsync(
        HttpContext http,
        MemberDesk members,
        InvitationDesk invitations,
        PageRenderer pages,
        (IssuedInvitation? Issued, string? Typed, IReadOnlyList<Problem> Problems) of
    )
    {
        var view = new MembersView(
            http.GroundOf(of.Problems),
            await members.ListAsync(http.RequestAborted),
            [],
            of.Issued,
            of.Typed
        );
        var whole = view.MayWrite ? view with { Invitations = await invitations.ListAsync(http.RequestAborted) } : view;
        return await pages.ShowAsync<MembersPage>(whole, PageGround.StatusOf(of.Problems));
    }

    private static string PathOf(HttpContext http) => $"/t/{http.SignedIn().Tenant!.Slug}/members";

    private static PersonId PersonOf(HttpContext http) => new(NumberOf(http, "person"));

    private static int NumberOf(HttpContext http, string field) =>
        int.TryParse(http.Request.Form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
