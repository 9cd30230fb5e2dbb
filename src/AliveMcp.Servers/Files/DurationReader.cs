using System.Text.RegularExpressions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>Reads durations as people write them: <c>800ms</c>, <c>2.5s</c>.</summary>
internal static partial class DurationReader
{
    /// <summary>Null when the field is absent or refused.</summary>
    public static TimeSpan? Read(MapReader reader, string field, TimeSpan least, TimeSpan most)
    {
        switch (reader.Field(field))
        {
            case null or FileScalar { IsNothing: true }:
                return null;
            case FileScalar scalar when Parse(scalar.Text) is { } duration && duration >= least && duration <= most:
                return duration;
            case FileScalar scalar:
                Refuse(scalar.Line, $"'{SafeText.Of(scalar.Text, 40)}' is no duration from");
                return null;
            case var other:
                Refuse(other.Line, $"is {other.Kind}; write a duration from");
                return null;
        }

        void Refuse(int line, string why) =>
            reader.Refuse(
                field + "_invalid",
                field,
                line,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{why} {Word(least)} to {Word(most)}, for example 800ms or 2.5s"
                )
            );
    }

    private static TimeSpan? Parse(string text)
    {
        var match = Shape().Match(text);
        if (
            !match.Success
            || !decimal.TryParse(
                match.Groups["count"].ValueSpan,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var count
            )
        )
        {
            return null;
        }

        // Kept in whole milliseconds everywhere behind this.
        var milliseconds = count * (match.Groups["unit"].ValueSpan is "ms" ? 1 : 1_000);
        return milliseconds == decimal.Truncate(milliseconds) ? TimeSpan.FromMilliseconds((long)milliseconds) : null;
    }

    private static string Word(TimeSpan duration) =>
        duration.TotalSeconds >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#}s")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0}ms");

    [GeneratedRegex(@"\A(?<count>[0-9]{1,6}(?:\.[0-9]{1,3})?) ?(?<unit>ms|s)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
