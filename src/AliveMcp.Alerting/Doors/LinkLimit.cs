using AliveMcp.Tenancy.SignIn;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Alerting.Doors;

/// <summary>Links have hundreds of bits; this only keeps the noise of those who guess down.</summary>
internal sealed class LinkLimit(Attempts attempts) : IEndpointFilter
{
    private static readonly AttemptLimit FromAddress = new("alert-link", 60, TimeSpan.FromMinutes(15));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.HttpContext;
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "nobody";
        return await attempts.MayAsync(FromAddress, address, http.RequestAborted)
            ? await next(context)
            : AlertPage.Show(
                "Too many links",
                "Wait a quarter of an hour.",
                button: null,
                StatusCodes.Status429TooManyRequests
            );
    }
}
