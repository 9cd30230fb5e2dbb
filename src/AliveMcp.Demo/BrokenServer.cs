namespace AliveMcp.Demo;

/// <summary>A server that any ping calls healthy and no agent can use: whatever is asked, it answers 200 with a web page.</summary>
internal static class BrokenServer
{
    private const string Page =
        "<!doctype html><html><head><title>Welcome!</title></head><body><h1>It works!</h1></body></html>";

    public static void Map(WebApplication app) =>
        app.Map(
            "/{**any}",
            context =>
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync(Page, context.RequestAborted);
            }
        );
}
