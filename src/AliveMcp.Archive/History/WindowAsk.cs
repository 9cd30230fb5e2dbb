using System.Globalization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>Reads the window that a request asks for.</summary>
internal sealed record WindowAsk
{
    /// <summary>A date is its first minute; seconds are cut off. Nothing else is guessed: "12:30" is not today's.</summary>
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Minutes before the end when no beginning is given.</summary>
    public required int UnlessTold { get; init; }

    /// <summary>Longest window, minutes.</summary>
    public required int Most { get; init; }

    /// <summary>The window; its end is no later than the end of the running minute.</summary>
    /// <param name="from">As it was sent; null or empty when it was not.</param>
    /// <param name="to">Likewise.</param>
    /// <param name="now">The moment of asking.</param>
    public Result<Window> Read(string? from, string? to, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        var running = MinuteStamp.Of(now) + 1;
        var end = Stamp("to", to, problems) ?? running;
        var start = Stamp("from", from, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        if (start >= running)
        {
            return WindowProblems.InFuture(start.Value, running);
        }

        end = end > running ? running : end;
        var window = new Window(start ?? end - Math.Min(UnlessTold, end.Value), end);
        return window.Minutes switch
        {
            < 1 => WindowProblems.Empty(window),
            _ when window.Minutes > Most => WindowProblems.TooLong(window, Most),
            _ => window,
        };
    }

    private static MinuteStamp? Stamp(string field, string? text, List<Problem> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return new MinuteStamp(count);
        }

        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var isRead = DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, styles, out var instant);
        if (isRead && instant.Year >= 1970)
        {
            return MinuteStamp.Of(instant);
        }

        problems.Add(WindowProblems.NotAnInstant(field, text));
        return null;
    }
}
