using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Dashboard.Pages;

/// <summary>Puts a page where the door gave a bare status.</summary>
internal static class RefusalPages
{
    public static async Task ShowAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        var said = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => (
                "Nothing here",
                "No page has this address. A tenant that you are no member of looks exactly like one that does not exist."
            ),
            StatusCodes.Status403Forbidden => (
                "Not with your role",
                "You are a member of this tenant, and this page is for others of its roles. Ask an owner or an admin."
            ),
            _ => default((string Title, string Text)?),
        };
        if (said is { } text && !http.Response.HasStarted && http.Response.ContentType is null)
        {
            var pages = http.RequestServices.GetRequiredService<PageRenderer>();
            var view = new RefusedView(http.GroundOf(), text.Title, text.Text);
            await (await pages.ShowAsync<RefusedPage>(view, http.Response.StatusCode)).ExecuteAsync(http);
        }
    }
}
