using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Tenancy.Members;

internal static class MemberEndpoints
{
    private const int LargestBody = 4 * 1024;
    private const int LongestEmail = 254;

    public static void MapMembers(this RouteGroupBuilder api)
    {
        var members = api.MapGroup("/members").WithTags("members");
        members
            .MapGet("/", ListAsync)
            .RequireAuthorization(Can.ReadMembers)
            .WithName("list_members")
            .WithSummary("Who is in the tenant, and as what; owners first.")
            .Produces<MemberList>();
        members
            .MapPatch("/{id:int}", ChangeAsync)
            .RequireAuthorization(Can.WriteMembers)
            .WithName("change_member")
            .WithSummary("Makes a member something else. Only an owner makes and changes owners; the last one stays.")
            .Accepts<RoleWish>("application/json")
            .Produces(StatusCodes.Status204NoContent);
        members
            .MapDelete("/{id:int}", RemoveAsync)
            .RequireAuthorization(Can.WriteMembers)
            .WithName("remove_member")
            .WithSummary("Puts a member out of the tenant.")
            .Produces(StatusCodes.Status204NoContent);
        api.MapInvitations();
    }

    private static void MapInvitations(this RouteGroupBuilder api)
    {
        var invitations = api.MapGroup("/invitations").WithTags("members");
        invitations
            .MapGet("/", InvitedAsync)
            .RequireAuthorization(Can.ReadMembers)
            .WithName("list_invitations")
            .WithSummary("The open invitations of the tenant, the newest first.")
            .Produces<InvitationList>();
        invitations
            .MapPost("/", InviteAsync)
            .RequireAuthorization(Can.WriteMembers)
            .WithName("invite_member")
            .WithSummary("Invites an address. Without a mail server the answer holds the link, to be handed over.")
            .Accepts<InvitationWish>("application/json")
            .Produces<IssuedInvitationLine>(StatusCodes.Status201Created);
        invitations
            .MapDelete("/{id:int}", RevokeAsync)
            .RequireAuthorization(Can.WriteMembers)
            .WithName("revoke_invitation")
            .WithSummary("Takes an invitation back.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(MemberDesk desk, CancellationToken cancellationToken) =>
        Results.Json(
            new MemberList([.. (await desk.ListAsync(cancellationToken)).Select(MemberLine.Of)]),
            MemberJson.Default.MemberList
        );

    private static async Task<object> ChangeAsync(
        int id,
        HttpRequest request,
        MemberDesk desk,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var fields = new BodyFields(json, "role");
        if (RoleOf(fields) is not { } role || fields.Problems.Count > 0)
        {
            return fields.Problems;
        }

        return Done(await desk.ChangeRoleAsync(new PersonId(id), role, cancellationToken));
    }

    private static async Task<object> RemoveAsync(int id, MemberDesk desk, CancellationToken cancellationToken) =>
        Done(await desk.RemoveAsync(new PersonId(id), cancellationToken));

    private static async Task<IResult> InvitedAsync(InvitationDesk desk, CancellationToken cancellationToken) =>
        Results.Json(
            new InvitationList([.. (await desk.ListAsync(cancellationToken)).Select(InvitationLine.Of)]),
            MemberJson.Default.InvitationList
        );

    private static async Task<object> InviteAsync(
        HttpRequest request,
        InvitationDesk desk,
        WebOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var fields = new BodyFields(json, "email", "role");
        var email = fields.Text("email", LongestEmail);
        if (RoleOf(fields) is not { } role)
        {
            return fields.Problems;
        }

        if (fields.Problems.Count > 0)
        {
            return fields.Problems;
        }

        if (origin.Of(request) is not { } from)
        {
            return new Problem("host_invalid", "The request names no address of ours.", "Host");
        }

        var invited = await desk.InviteAsync(email, role, from, cancellationToken);
        return invited.TryGet(out var issued)
            ? Results.Json(
                new IssuedInvitationLine(InvitationLine.Of(issued.Invitation), issued.Link?.ToString()),
                MemberJson.Default.IssuedInvitationLine,
                statusCode: StatusCodes.Status201Created
            )
            : invited.Problems;
    }

    private static async Task<object> RevokeAsync(int id, InvitationDesk desk, CancellationToken cancellationToken) =>
        Done(await desk.RevokeAsync(id, cancellationToken));

    /// <summary>Null when it is missing or no role, which the fields then say.</summary>
    private static Role? RoleOf(BodyFields fields)
    {
        var word = fields.Word("role", [.. PermissionWords.Roles.Keys]);
        if (word is not null)
        {
            return PermissionWords.Roles[word];
        }

        if (fields.Problems.Count == 0)
        {
            fields.Refuse(
                "role",
                "role_missing",
                $"is missing; there are {string.Join(", ", PermissionWords.Roles.Keys)}"
            );
        }

        return null;
    }

    private static object Done(Problem? problem) => problem is null ? Results.NoContent() : problem;
}
