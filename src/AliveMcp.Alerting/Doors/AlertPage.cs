using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Alerting.Doors;

/// <summary>The few plain pages that links in messages lead to: no script, no cookie, nothing loaded, no sign-in.</summary>
internal static class AlertPage
{
    private const string Style = """
        :root{color-scheme:light dark}body{margin:0;background:#f2f4f7;color:#101828;font:16px/24px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}
        main{max-width:44rem;margin:3rem auto;padding:2rem;background:#fff;border:1px solid #e4e7ec;border-radius:10px;overflow-wrap:anywhere}
        h1{margin:0 0 .5rem;font-size:1.4rem;line-height:2rem}h2{font-size:1.1rem;margin:1.5rem 0 .25rem}p{margin:.5rem 0}
        button{margin-top:1rem;padding:.6rem 1.2rem;border:0;border-radius:6px;background:#1d2939;color:#fff;font:inherit;font-weight:600;cursor:pointer}
        pre,code{font-family:ui-monospace,Consolas,monospace;font-size:.9rem}pre{padding:.75rem 1rem;background:#f2f4f7;border-radius:6px;overflow-x:auto}
        a{color:#1849a9}@media(max-width:48rem){main{margin:0;border:0;border-radius:0}}
        @media(prefers-color-scheme:dark){body{background:#0c111d;color:#f2f4f7}main{background:#161b26;border-color:#333741}button{background:#f2f4f7;color:#101828}pre{background:#0c111d}a{color:#84adff}}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>A sentence or two, and a button when there is something to say yes to.</summary>
    public static IResult Show(string title, string text, string? button = null, int status = StatusCodes.Status200OK)
    {
        var form = button is null ? "" : $"""<form method="post"><button>{Safe(button)}</button></form>""";
        return new Page($"<p>{Safe(text)}</p>{form}", title, status);
    }

    /// <summary>Of our own words, already HTML.</summary>
    public static IResult ShowHtml(string title, string html) => new Page(html, title, StatusCodes.Status200OK);

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private sealed class Page(string html, string title, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var answer = httpContext.Response;
            answer.StatusCode = status;
            answer.ContentType = "text/html; charset=utf-8";
            answer.Headers.ContentSecurityPolicy = Policy;
            answer.Headers.XContentTypeOptions = "nosniff";
            answer.Headers["Referrer-Policy"] = "no-referrer";
            answer.Headers.CacheControl = "no-store";
            answer.Headers["X-Robots-Tag"] = "noindex";
            return answer.WriteAsync(
                $"""
                <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{Safe(
                    title
                )} – AliveMCP</title><style>{Style}</style></head>
                <body><main><h1>{Safe(title)}</h1>{html}</main></body></html>
                """,
                httpContext.RequestAborted
            );
        }
    }
}
