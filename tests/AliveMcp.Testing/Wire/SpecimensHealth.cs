namespace AliveMcp.Testing.Wire;

/// <summary>Servers that answer MCP well and say something about themselves at another path.</summary>
public static partial class Specimens
{
    public static Specimen HealthyPlainText { get; } = WithHealth("says OK in plain text", 200, "OK", "text/plain");

    public static Specimen HealthyReport { get; } = WithHealth("reports ok", 200, """{"status":"ok","checks":{}}""");

    public static Specimen Health500 { get; } = WithHealth("health URL answers 500", 500, "oops", "text/plain");

    public static Specimen Health404 { get; } = WithHealth("health URL is gone", 404, "", "text/plain");

    public static Specimen Health503 { get; } = WithHealth("health URL answers 503", 503, "away", "text/plain");

    public static Specimen Health503WithParts { get; } =
        WithHealth(
            "health URL answers 503 and names parts",
            503,
            """{"status":"DOWN","components":{"db":{"status":"DOWN"},"disk":{"status":"UP"}}}"""
        );

    public static Specimen HealthWarns { get; } =
        WithHealth("reports a warning", 200, """{"status":"warn","checks":{"cache":[{"status":"warn"}]}}""");

    public static Specimen HealthRedirects { get; } =
        Healthy
            .Named("health URL redirects elsewhere")
            .On(
                "GET",
                static call =>
                {
                    call.Http.Response.Headers.Location = "http://169.254.169.254/latest/meta-data";
                    return call.StatusAsync(307);
                }
            );

    public static Specimen HealthHangs { get; } =
        Healthy.Named("health URL is never answered").On("GET", static call => call.HangAsync());

    public static Specimen HealthDrips { get; } =
        Healthy
            .Named("health URL never ends its answer")
            .On(
                "GET",
                static async call =>
                {
                    await call.EventsAsync("ok");
                    await call.HangAsync();
                }
            );

    public static Specimen HealthResets { get; } =
        Healthy.Named("health URL resets the connection").On("GET", static call => call.ResetAsync());

    public static Specimen Health429 { get; } =
        WithHealth("health URL asks us to stay away", 429, "slow down", "text/plain");

    /// <summary>A healthy server with a health URL at any GET.</summary>
    public static Specimen WithHealth(string name, int status, string body, string type = "application/json") =>
        Healthy.Named(name).On("GET", call => call.BodyAsync(status, type, body));
}
