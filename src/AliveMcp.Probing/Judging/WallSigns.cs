namespace AliveMcp.Probing.Judging;

/// <summary>Knows the bot walls by what they sign their challenges with. A wall blinds us; it says nothing about the server behind it.</summary>
internal static class WallSigns
{
    // Only what a challenge alone is signed with: DataDome's "x-datadome" and Cloudflare's "cf-ray" stand on every answer behind them.
    private static readonly (string Header, string Value, string Wall)[] Headers =
    [
        ("cf-mitigated", "challenge", "Cloudflare"),
        ("x-amzn-waf-action", "challenge", "AWS WAF"),
        ("x-amzn-waf-action", "captcha", "AWS WAF"),
        ("x-vercel-mitigated", "challenge", "Vercel"),
    ];

    private static readonly (string Text, string Wall)[] Bodies =
    [
        ("/cdn-cgi/challenge-platform/", "Cloudflare"),
        ("<title>Just a moment...</title>", "Cloudflare"),
        ("<title>Attention Required! | Cloudflare</title>", "Cloudflare"),
        ("_Incapsula_Resource", "Imperva"),
        ("captcha-delivery.com", "DataDome"),
        ("px-captcha", "PerimeterX"),
        ("awsWafCookieDomainList", "AWS WAF"),
        ("sucuri_cloudproxy_js", "Sucuri"),
        ("ddos-guard.net", "DDoS-Guard"),
    ];

    /// <summary>The name of the wall; null when nothing is signed by one.</summary>
    public static string? Find(Func<string, string?> header, string body)
    {
        foreach (var (name, value, wall) in Headers)
        {
            if (header(name)?.Contains(value, StringComparison.OrdinalIgnoreCase) == true)
            {
                return wall;
            }
        }

        foreach (var (text, wall) in Bodies)
        {
            if (body.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return wall;
            }
        }

        return null;
    }
}
