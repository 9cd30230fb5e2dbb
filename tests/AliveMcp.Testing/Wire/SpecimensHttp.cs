using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Testing.Wire;

public static partial class Specimens
{
    /// <summary>Answers every request with one status and a short page.</summary>
    public static Specimen Status(int status, string? contentType = "text/html", string body = "<html>no</html>") =>
        Healthy.Named($"status {status}").On("*", call => call.BodyAsync(status, contentType, body));

    public static Specimen Html200 { get; } = Status(200).Named("HTML 200");

    public static Specimen Empty200 { get; } = Status(200, "application/json", "").Named("empty 200");

    public static Specimen Accepts202 { get; } = Status(202, null, "").Named("202 to a request");

    public static Specimen NoContent204 { get; } = Status(204, null, "").Named("204 to a request");

    public static Specimen JsonAsText { get; } =
        Healthy
            .Named("JSON labelled text")
            .On("*", call => call.BodyAsync(200, "text/plain", """{"jsonrpc":"2.0","id":1,"result":{}}"""));

    public static Specimen NoContentType { get; } =
        Healthy
            .Named("no content type")
            .On("*", call => call.BodyAsync(200, null, """{"jsonrpc":"2.0","id":1,"result":{}}"""));

    public static Specimen AsksLessOften { get; } = Status(429).Named("429");

    /// <summary>Redirects every request.</summary>
    public static Specimen Redirects(int status, string location) =>
        Healthy
            .Named($"redirects {status} to {location}")
            .On(
                "*",
                call =>
                {
                    call.Http.Response.Headers.Location = location;
                    return call.StatusAsync(status);
                }
            );

    /// <summary>Moves the endpoint inside its origin, as a missing slash does.</summary>
    public static Specimen RedirectsWithin { get; } =
        Healthy
            .Named("redirects inside its origin")
            .On(
                "*",
                call =>
                {
                    if (call.Seen.Path.EndsWith("/mcp/", StringComparison.Ordinal))
                    {
                        return call.BehaveAsync();
                    }

                    call.Http.Response.Headers.Location = "/mcp/";
                    return call.StatusAsync(307);
                }
            );

    public static Specimen HugeBody { get; } =
        Healthy
            .Named("huge body")
            .On("*", call => call.BodyAsync(200, "application/json", new string(' ', 5 * 1024 * 1024)));

    public static Specimen EndlessBody { get; } =
        Healthy
            .Named("endless body")
            .On(
                "*",
                async call =>
                {
                    call.Http.Response.ContentType = "application/json";
                    var chunk = new byte[64 * 1024];
                    chunk.AsSpan().Fill((byte)' ');
                    while (!call.Gone.IsCancellationRequested)
                    {
                        await call.Http.Response.Body.WriteAsync(chunk, call.Gone);
                    }
                }
            );

    public static Specimen GzipBomb { get; } =
        Packed("gzip bomb", "gzip", stream => new GZipStream(stream, CompressionLevel.Optimal));

    public static Specimen BrotliBomb { get; } =
        Packed("brotli bomb", "br", stream => new BrotliStream(stream, CompressionLevel.Optimal));

    public static Specimen UnaskedEncoding { get; } =
        Healthy
            .Named("unasked encoding")
            .On(
                "*",
                call =>
                {
                    call.Http.Response.Headers.ContentEncoding = "zstd";
                    return call.BodyAsync(200, "application/json", "{}");
                }
            );

    public static Specimen BrokenGzip { get; } = Mislabelled("gzip");

    public static Specimen BrokenBrotli { get; } = Mislabelled("br");

    private static Specimen Mislabelled(string encoding) =>
        Healthy
            .Named($"broken {encoding}")
            .On(
                "*",
                call =>
                {
                    call.Http.Response.Headers.ContentEncoding = encoding;
                    return call.BodyAsync(200, "application/json", "this is not packed, however it is labelled");
                }
            );

    /// <summary>A healthy server behind a compressing proxy.</summary>
    public static Specimen Compressed(string encoding) =>
        Healthy
            .Named($"healthy, {encoding}")
            .On(
                "*",
                async call =>
                {
                    var plain = call.Http.Response.Body;
                    call.Http.Response.Headers.ContentEncoding = encoding;
                    await using Stream packed =
                        encoding == "gzip"
                            ? new GZipStream(plain, CompressionLevel.Fastest)
                            : new BrotliStream(plain, CompressionLevel.Fastest);
                    call.Http.Response.Body = packed;
                    call.Http.Response.OnStarting(() =>
                    {
                        call.Http.Response.ContentLength = null;
                        return Task.CompletedTask;
                    });
                    await call.BehaveAsync();
                }
            );

    public static Specimen HeaderFlood { get; } =
        Healthy
            .Named("header flood")
            .On(
                "*",
                call =>
                {
                    for (var i = 0; i < 64; i++)
                    {
                        call.Http.Response.Headers[$"X-Flood-{i}"] = new string('x', 1024);
                    }

                    return call.BehaveAsync();
                }
            );

    public static Specimen BotWall { get; } =
        Healthy
            .Named("bot wall")
            .On(
                "*",
                call =>
                {
                    call.Http.Response.Headers["cf-mitigated"] = "challenge";
                    return call.BodyAsync(403, "text/html", "<title>Just a moment...</title>");
                }
            );

    public static Specimen BotWall200 { get; } =
        Status(200, "text/html", "<script src='/cdn-cgi/challenge-platform/x.js'></script>").Named("bot wall with 200");

    public static Specimen Resets { get; } = Healthy.Named("resets").On("*", call => call.ResetAsync());

    /// <summary>Promises more bytes than it sends.</summary>
    public static Specimen Truncates { get; } =
        Healthy
            .Named("truncates")
            .On(
                "*",
                async call =>
                {
                    call.Http.Response.ContentType = "application/json";
                    call.Http.Response.ContentLength = 1000;
                    await call.Http.Response.WriteAsync("{\"jsonrpc\":");
                    // Kestrel ends a connection whose answer stays shorter than promised.
                }
            );

    public static Specimen HangsAtOnce { get; } = Healthy.Named("hangs at once").On("*", call => call.HangAsync());

    /// <summary>Sends the head of its answer and nothing behind it.</summary>
    public static Specimen HangsInBody { get; } =
        Healthy
            .Named("hangs in the body")
            .On(
                "*",
                async call =>
                {
                    call.Http.Response.ContentType = "application/json";
                    await call.Http.Response.WriteAsync("{\"jsonrpc\":", call.Gone);
                    await call.Http.Response.Body.FlushAsync(call.Gone);
                    await call.HangAsync();
                }
            );

    private static Specimen Packed(string name, string encoding, Func<Stream, Stream> pack) =>
        Healthy
            .Named(name)
            .On(
                "*",
                async call =>
                {
                    call.Http.Response.ContentType = "application/json";
                    call.Http.Response.Headers.ContentEncoding = encoding;
                    await using var packed = pack(call.Http.Response.Body);
                    await packed.WriteAsync(new byte[3 * 1024 * 1024], call.Gone);
                }
            );
}
