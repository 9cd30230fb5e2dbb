using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>A suspended tenant reads and exports its own, and changes nothing. Operators go on.</summary>
public static class SuspensionGate
{
    /// <summary>Put it behind authentication, in front of the endpoints of the API.</summary>
    public static IApplicationBuilder UseSuspensionGate(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                var caller = context.RequestServices.GetRequiredService<Caller>();
                var isReading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
                if (isReading || caller is not { Layer: Layer.Customer, Tenant: { } tenant })
                {
                    await next(context);
                    return;
                }

                var standings = context.RequestServices.GetRequiredService<TenantStandings>();
                var standing = await standings.OfAsync(tenant, context.RequestAborted);
                if (standing.Refusal is { } refused)
                {
                    await Refusal.Of(StatusCodes.Status403Forbidden, refused).ExecuteAsync(context);
                    return;
                }

                await next(context);
            }
        );
}
