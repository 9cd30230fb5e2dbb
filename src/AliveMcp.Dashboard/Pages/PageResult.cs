using System.Text;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Dashboard.Pages;

/// <summary>A page that is for one reader alone.</summary>
internal sealed class PageResult(string html, int status) : IResult
{
    /// <summary>Own stylesheets, font and images, own forms; nothing else, from nowhere else, in no frame, and no script at all.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        Harden(response);
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        var body = Encoding.UTF8.GetBytes(html);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    /// <summary>For redirects too: tokens stand in some of our URLs and go to no other site, and no browser keeps a page.</summary>
    public static void Harden(HttpResponse response)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (response.HttpContext.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
