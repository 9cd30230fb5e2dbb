using AliveMcp.Tenancy.SignIn.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AliveMcp.Dashboard.Pages;

/// <summary>
/// The door of every form: from a page of ours (as the browser says), with the hidden token that this browser's cookie gives, not longer than
/// any of our forms, and not in the name of a tenant that is suspended.
/// </summary>
internal sealed class FormFilter(WebOrigin origin, WebCookies cookies, PageRenderer pages) : IEndpointFilter
{
    private const int MostBytes = 16 * 1024;
    private const int MostFields = 300;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            return await next(context);
        }

        if (await ReadAsync(http) is not { } form)
        {
            return await RefuseAsync(
                http,
                StatusCodes.Status400BadRequest,
                "This form cannot be read",
                "Go back and send it again."
            );
        }

        var signedIn = http.SignedIn();
        var secret = signedIn.FormSecret ?? cookies.KnownBrowser(http.Request);
        if (!origin.IsSameOrigin(http.Request) || !FormToken.IsGood(form[FormToken.Field], secret))
        {
            return await RefuseAsync(
                http,
                StatusCodes.Status403Forbidden,
                "This form has grown old",
                "You were signed in or out since it was opened, or cookies are turned off. Open the page again and send it once more."
            );
        }

        return signedIn.Tenant?.Standing.Refusal is { } refused
            ? await RefuseAsync(http, StatusCodes.Status403Forbidden, "This tenant is suspended", refused.Message)
            : await next(context);
    }

    private static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        if (
            http.Request.ContentType?.StartsWith(
                "application/x-www-form-urlencoded",
                StringComparison.OrdinalIgnoreCase
            ) != true
        )
        {
            return null;
        }

        try
        {
            var limits = new FormOptions { ValueCountLimit = MostFields, ValueLengthLimit = MostBytes };
            var form = await new FormFeature(http.Request, limits).ReadFormAsync(http.RequestAborted);
            http.Request.Form = form;
            return form;
        }
        catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException)
        {
            return null;
        }
    }

    private Task<IResult> RefuseAsync(HttpContext http, int status, string title, string text) =>
        pages.ShowAsync<RefusedPage>(new RefusedView(http.GroundOf(), title, text), status);
}
