using Microsoft.AspNetCore.Authorization;

namespace AliveMcp.Tenancy.Permissions;

/// <summary>The caller of the request must have one permission.</summary>
internal sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

/// <summary>Asks the request's <see cref="Caller"/>, never the claims: there is one place where it stands who somebody is.</summary>
internal sealed class PermissionHandler(Caller caller) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        PermissionRequirement requirement
    )
    {
        if (caller.May(requirement.Permission))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
