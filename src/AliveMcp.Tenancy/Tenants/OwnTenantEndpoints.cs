using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>The caller's own tenant.</summary>
internal static class OwnTenantEndpoints
{
    private const int LargestBody = 4 * 1024;
    private const int LongestName = 80;

    public static void MapOwnTenant(this RouteGroupBuilder api)
    {
        var tenant = api.MapGroup("/tenant").WithTags("tenant");
        tenant
            .MapGet("/", FindAsync)
            .RequireAuthorization(Can.ReadTenant)
            .WithName("get_own_tenant")
            .WithSummary("What the tenant is called, its plan, and how it stands.")
            .Produces<TenantLine>();
        tenant
            .MapPatch("/", RenameAsync)
            .RequireAuthorization(Can.WriteTenant)
            .WithName("rename_tenant")
            .WithSummary("Calls the tenant something else. Its slug stays.")
            .Accepts<TenantWish>("application/json")
            .Produces<TenantLine>();
    }

    private static async Task<IResult> FindAsync(OwnTenantDesk desk, CancellationToken cancellationToken) =>
        Results.Json(TenantLine.Of(await desk.OfAsync(cancellationToken)), TenantJson.Default.TenantLine);

    private static async Task<object> RenameAsync(
        HttpRequest request,
        OwnTenantDesk desk,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var fields = new BodyFields(json, "name");
        var name = fields.Text("name", LongestName);
        if (fields.Problems.Count > 0)
        {
            return fields.Problems;
        }

        var renamed = await desk.RenameAsync(name, cancellationToken);
        return renamed.TryGet(out var now)
            ? Results.Json(TenantLine.Of(now), TenantJson.Default.TenantLine)
            : renamed.Problems;
    }
}

/// <summary>What the body of a change says.</summary>
/// <param name="Name">1 to 80 characters.</param>
internal sealed record TenantWish(string Name);
