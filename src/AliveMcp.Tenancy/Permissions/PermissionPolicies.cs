using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Permissions;

/// <summary>Makes a policy of every row of <see cref="PermissionTable"/>.</summary>
internal static class PermissionPolicies
{
    public static IServiceCollection AddPermissionPolicies(this IServiceCollection services)
    {
        services.AddScoped<Caller>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        var policies = services.AddAuthorizationBuilder().SetFallbackPolicy(NoRouteWithoutAnAnswer());
        foreach (var row in PermissionTable.Rows)
        {
            policies.AddPolicy(
                row.Permission,
                policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(row.Permission))
            );
        }

        return services;
    }

    /// <summary>
    /// A route that carries neither a policy nor <c>AllowAnonymous</c> is closed to everybody: forgetting it shows at the first call. What is
    /// no route (nothing is there, or not by that verb) is answered as such.
    /// </summary>
    private static AuthorizationPolicy NoRouteWithoutAnAnswer() =>
        new AuthorizationPolicyBuilder()
            .RequireAssertion(context => (context.Resource as HttpContext)?.GetEndpoint() is not RouteEndpoint)
            .Build();
}
