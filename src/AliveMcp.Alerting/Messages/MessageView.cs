using System.Globalization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Messages;

/// <summary>
/// What a person is shown of a message, in the order in which one reads it at night: what, how bad, since when, where, why, what to do. Each
/// sink puts it into its own form and escapes it in its own way; texts of strangers in it have lost what would act, nothing else.
/// </summary>
internal sealed record MessageView
{
    private const string SeverityLabel = "Severity";
    private const string RemedyLabel = "What to do";

    /// <summary>One line: what happened to whom.</summary>
    public required string Headline { get; init; }

    /// <summary>More of it in a sentence, without what the headline says already; may be empty.</summary>
    public required string Summary { get; init; }

    /// <summary>Headline and summary in one line.</summary>
    public string Line => Summary.Length == 0 ? Headline : $"{Headline}: {Summary}";

    /// <summary>More of it; may be empty.</summary>
    public required string Details { get; init; }

    public required MessageTone Tone { get; init; }

    /// <summary>Label and value, short lines.</summary>
    public required IReadOnlyList<(string Label, string Value)> Facts { get; init; }

    /// <summary>Label and address, ours alone.</summary>
    public required IReadOnlyList<(string Label, Uri Url)> Links { get; init; }

    /// <param name="message">As it was written; what must not leave is taken out here.</param>
    public static MessageView Of(AlertMessage message)
    {
        var leaving = LeavingMessage.Of(message);
        var headline = MessageWords.Headline(leaving);
        return new MessageView
        {
            Headline = headline,
            Summary = RestOf(leaving.Summary, headline),
            Details = DetailsOf(leaving),
            Tone = MessageWords.ToneOf(leaving),
            Facts = [.. FactsOf(leaving)],
            Links = [.. LinksOf(leaving)],
        };
    }

    /// <summary>The same for those who use a server and do not run it: no severity, no advice that is not theirs to follow.</summary>
    public static MessageView OfPublic(AlertMessage message)
    {
        var view = Of(message);
        return view with
        {
            Details = LeavingMessage.Of(message).Details,
            Facts = [.. view.Facts.Where(fact => fact.Label is not (SeverityLabel or RemedyLabel))],
        };
    }

    /// <summary>As people read it, in UTC: messages travel further than anybody's zone.</summary>
    public static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Two units at most: <c>3 h 12 min</c>.</summary>
    public static string Span(long seconds) =>
        seconds switch
        {
            < 60 => $"{seconds} s",
            < 3600 => $"{seconds / 60} min",
            < 86400 => $"{seconds / 3600} h {seconds % 3600 / 60} min",
            _ => $"{seconds / 86400} d {seconds % 86400 / 3600} h",
        };

    private static string RestOf(string summary, string headline)
    {
        if (!summary.StartsWith(headline, StringComparison.Ordinal))
        {
            return summary;
        }

        var rest = summary[headline.Length..];
        if (rest.Length > 0 && rest[0] is not (':' or '.' or ','))
        {
            return summary;
        }

        rest = rest.TrimStart(':', '.', ',', ' ');
        return rest.Length == 0 ? "" : char.ToUpperInvariant(rest[0]) + rest[1..];
    }

    /// <summary>Without what stands among the facts already.</summary>
    private static string DetailsOf(AlertMessage message)
    {
        if (!WhyWords.TryParse(message.FailureReason, out var why) || MessageWords.IsPlain(message))
        {
            return message.Details;
        }

        var sentences = new[] { WhyWords.Sentence(why), MessageWords.IsOver(message) ? null : WhyRemedies.Of(why) };
        return sentences
            .OfType<string>()
            .Aggregate(message.Details, (text, known) => text.Replace(known, "", StringComparison.Ordinal))
            .Trim();
    }

    private static IEnumerable<(string, string)> FactsOf(AlertMessage message)
    {
        if (MessageWords.IsPlain(message))
        {
            yield break;
        }

        yield return (SeverityLabel, message.Severity);
        if (message.Server is { } server)
        {
            yield return ("Server", server.Url);
        }

        if (WhyWords.TryParse(message.FailureReason, out var why))
        {
            yield return ("Reason", $"{WhyWords.Sentence(why)} ({message.FailureReason})");
        }

        if (RegionsOf(message) is { Length: > 0 } regions)
        {
            yield return ("Seen from", regions);
        }

        if (message.AcknowledgedBy is { } who)
        {
            yield return ("Looked after by", who);
        }

        yield return ("Since", Time(message.StartedAt));
        if (message.ResolvedAt is { } resolved)
        {
            var lasted = message.DurationSeconds ?? (long)(resolved - message.StartedAt).TotalSeconds;
            yield return (
                MessageWords.IsUnwatched(message) ? "Watched until" : "Until",
                $"{Time(resolved)}, after {Span(lasted)}"
            );
        }
        else if (why != Why.None && WhyRemedies.Of(why) is { } remedy)
        {
            yield return (RemedyLabel, remedy);
        }
    }

    private static string RegionsOf(AlertMessage message)
    {
        const int shown = 6;
        var named = message.Regions.Take(shown).Select(region => $"{region.City ?? region.Region}: {region.State}");
        var more = message.Regions.Count > shown ? $" and {message.Regions.Count - shown} more" : "";
        return string.Join(", ", named) + more;
    }

    private static IEnumerable<(string, Uri)> LinksOf(AlertMessage message)
    {
        if (message.StatusUrl is { } status)
        {
            yield return (MessageWords.LinkOf(message), status);
        }

        if (message.RunbookUrl is { } runbook)
        {
            yield return ("Runbook", runbook);
        }
    }
}

/// <summary>The colour and the sign that a message has.</summary>
internal enum MessageTone
{
    /// <summary>Somebody is to get up.</summary>
    Alarm,

    /// <summary>Look at it when you can.</summary>
    Warning,

    /// <summary>It is over.</summary>
    Good,

    /// <summary>Told, no more.</summary>
    Neutral,
}
