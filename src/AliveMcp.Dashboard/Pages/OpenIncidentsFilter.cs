using AliveMcp.Alerting.Incidents;
using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Dashboard.Pages;

/// <summary>Counts, for every page of a tenant, what is open there: one statement, on an index of its own.</summary>
internal sealed class OpenIncidentsFilter : IEndpointFilter
{
    /// <summary>Under which the request keeps the count.</summary>
    public static readonly object Key = new();

    /// <summary>More are not counted: a badge says 99+.</summary>
    private const int Most = 100;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (
            http.SignedIn().Tenant is { } tenant
            && PermissionTable.Of(Can.ReadAlerts).Roles.Contains(tenant.Role)
            && http.RequestServices.GetService(typeof(IncidentQueries)) is IncidentQueries incidents
        )
        {
            http.Items[Key] = await incidents.OpenAsync(Most, http.RequestAborted);
        }

        return await next(context);
    }
}
