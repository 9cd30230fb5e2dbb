using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AliveMcp.StatusPages.Answers;

/// <summary>What an answer is and how long others may keep it: its content type and the headers that go with every answer of the kind.</summary>
internal sealed class AnswerKind
{
    /// <summary>A page loads its own stylesheet, font, script and images; nothing else, from nowhere else, inside no frame.</summary>
    private const string PagePolicy =
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string ImagePolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>What belongs to an answer that the asker holds already: how long it may be kept on, and who may read it.</summary>
    private static readonly string[] OfHeld = ["Cache-Control", "Access-Control-Allow-Origin", "Vary"];

    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly KeyValuePair<string, StringValues>[] _heldHeaders;

    private AnswerKind(string contentType, string cacheControl, params (string Name, string Value)[] more)
    {
        _headers =
        [
            new("Content-Type", contentType),
            new("Cache-Control", cacheControl),
            new("X-Content-Type-Options", "nosniff"),
            .. more.Select(header => new KeyValuePair<string, StringValues>(header.Name, header.Value)),
        ];
        _heldHeaders = [.. _headers.Where(header => OfHeld.Contains(header.Key, StringComparer.Ordinal))];
    }

    public static AnswerKind Page { get; } =
        new(
            "text/html; charset=utf-8",
            "public, max-age=30, stale-while-revalidate=30",
            ("Content-Security-Policy", PagePolicy),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        );

    /// <summary>A page that must not be kept: nothing was found, or nothing can be said.</summary>
    public static AnswerKind PassingPage { get; } =
        new(
            "text/html; charset=utf-8",
            "no-store",
            ("Content-Security-Policy", PagePolicy),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        );

    /// <summary>Image proxies keep what they may: <c>no-cache</c> makes them ask again, <c>s-maxage</c> lets a shared cache answer for a minute.</summary>
    public static AnswerKind Badge { get; } =
        new(
            "image/svg+xml; charset=utf-8",
            "no-cache, s-maxage=60",
            ("Content-Security-Policy", ImagePolicy),
            ("Cross-Origin-Resource-Policy", "cross-origin"),
            ("Access-Control-Allow-Origin", "*")
        );

    public static AnswerKind BadgeJson { get; } =
        new(
            "application/json; charset=utf-8",
            "no-cache, s-maxage=60",
            ("Access-Control-Allow-Origin", "*"),
            ("Cross-Origin-Resource-Policy", "cross-origin")
        );

    public static AnswerKind Embed { get; } =
        new(
            "application/json; charset=utf-8",
            "public, max-age=60, stale-while-revalidate=300",
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Expose-Headers", "ETag"),
            ("Cross-Origin-Resource-Policy", "cross-origin")
        );

    public static AnswerKind Atom { get; } = Feed("application/atom+xml; charset=utf-8");

    public static AnswerKind JsonFeed { get; } = Feed("application/feed+json; charset=utf-8");

    /// <summary>A problem told to a program: short-lived, so that a server that becomes public shows soon.</summary>
    public static AnswerKind Problem { get; } =
        new(
            "application/problem+json; charset=utf-8",
            "public, max-age=10",
            ("Access-Control-Allow-Origin", "*"),
            ("Cross-Origin-Resource-Policy", "cross-origin")
        );

    public static AnswerKind PassingProblem { get; } =
        new(
            "application/problem+json; charset=utf-8",
            "no-store",
            ("Access-Control-Allow-Origin", "*"),
            ("Cross-Origin-Resource-Policy", "cross-origin"),
            ("Retry-After", "10")
        );

    public static AnswerKind Schema { get; } =
        new("application/schema+json; charset=utf-8", "public, max-age=3600", ("Access-Control-Allow-Origin", "*"));

    public static AnswerKind Text { get; } = new("text/plain; charset=utf-8", "public, max-age=3600");

    public static AnswerKind Icon { get; } =
        new("image/svg+xml; charset=utf-8", "public, max-age=86400", ("Content-Security-Policy", ImagePolicy));

    public static AnswerKind Stylesheet { get; } = Asset("text/css; charset=utf-8");

    public static AnswerKind Script { get; } = Asset("text/javascript; charset=utf-8");

    public static AnswerKind Font { get; } = Asset("font/woff2");

    public void Apply(IHeaderDictionary headers) => Apply(_headers, headers);

    /// <summary>Of a 304: what else an answer says of itself is kept with it (RFC 9110, 15.4.5).</summary>
    public void ApplyHeld(IHeaderDictionary headers) => Apply(_heldHeaders, headers);

    private static void Apply(KeyValuePair<string, StringValues>[] values, IHeaderDictionary headers)
    {
        foreach (var (name, value) in values)
        {
            headers[name] = value;
        }
    }

    private static AnswerKind Feed(string contentType) =>
        new(contentType, "public, max-age=60, stale-while-revalidate=300", ("Access-Control-Allow-Origin", "*"));

    /// <summary>An asset's name carries the hash of its bytes: another text has another name.</summary>
    private static AnswerKind Asset(string contentType) => new(contentType, "public, max-age=31536000, immutable");
}
