using System.Globalization;

namespace AliveMcp.Probing.Transports;

/// <summary>Reads how long a server asks us to stay away (RFC 9110, section 10.2.3): seconds or a date.</summary>
internal static class RetryAfter
{
    /// <summary>Whoever asks for more gets this much: a hostile or mistaken value must not end the watching.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromHours(1);

    private const int LongestText = 64;
    private static readonly string[] Dates = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>More than zero and at most <see cref="Most"/>; null when nothing usable, or nothing ahead of us, was said.</summary>
    public static TimeSpan? Read(string? text, DateTimeOffset now)
    {
        var value = text?.Trim();
        if (string.IsNullOrEmpty(value) || value.Length > LongestText)
        {
            return null;
        }

        var wait = value.AsSpan().ContainsAnyExceptInRange('0', '9') ? Until(value, now) : Seconds(value);
        return wait <= TimeSpan.Zero ? null
            : wait > Most ? Most
            : wait;
    }

    private static TimeSpan Seconds(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < Most.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : Most;

    private static TimeSpan? Until(string date, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(
            date,
            Dates,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
            out var until
        )
            ? until - now
            : null;
}
