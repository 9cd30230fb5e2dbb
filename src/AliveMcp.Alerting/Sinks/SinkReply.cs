using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Sinks;

/// <summary>What a place answered to one request.</summary>
/// <param name="Status">Null: nothing.</param>
/// <param name="Body">As it came; empty without an answer.</param>
/// <param name="RetryAfter">How long it asks to be left alone.</param>
/// <param name="Fault">Why there is no answer; null with one.</param>
internal sealed record SinkReply(int? Status, string Body, TimeSpan? RetryAfter, string? Fault)
{
    private const int LongestDetail = 300;

    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>What a status means, alike for every kind; a kind looks before at what its API says otherwise.</summary>
    /// <param name="why">What the API says of it in its own words: data. Empty: nothing worth telling.</param>
    public SinkAnswer ToAnswer(string why = "")
    {
        var said = why.Length == 0 ? "." : $": {SafeText.Of(why, 160)}";
        return Status switch
        {
            null => Answer(SinkOutcome.Later, Fault ?? "No answer."),
            >= 200 and < 300 => Answer(SinkOutcome.Delivered, $"Taken with {Status}."),
            410 => Answer(SinkOutcome.Gone, $"410: nothing will be taken there any more{said}"),
            404 => Answer(
                SinkOutcome.Later,
                $"404: nothing is there{said} After 24 hours of this the sink is switched off."
            ),
            408 or 425 or 429 or >= 500 => Answer(SinkOutcome.Later, $"{Status}: not now{said}") with
            {
                RetryAfter = RetryAfter,
            },
            >= 300 and < 400 => Answer(SinkOutcome.Refused, $"{Status}: redirects are not followed."),
            _ => Answer(SinkOutcome.Refused, $"{Status}: refused{said}"),
        };
    }

    /// <summary>A body as JSON; null: it is none.</summary>
    public static JsonDocument? Read(string body)
    {
        try
        {
            return body.Length == 0 ? null : JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private SinkAnswer Answer(SinkOutcome outcome, string detail) =>
        new(outcome, Status, SafeText.Of(detail, LongestDetail));
}
