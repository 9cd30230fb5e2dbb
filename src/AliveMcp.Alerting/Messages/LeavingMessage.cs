using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Messages;

/// <summary>
/// The last thing that happens to a message before a sink renders it: texts lose what would act and are cut, addresses and what looks like a
/// secret are taken out, URLs keep neither user nor query. Whatever wrote the message, nothing else leaves.
/// </summary>
internal static class LeavingMessage
{
    private const int LongestWord = 60;
    private const int LongestName = 120;
    private const int LongestUrl = 300;
    private const int LongestKey = 200;
    private const int LongestSummary = 300;
    private const int LongestDetails = 1500;
    private const int MostLines = 40;
    private const int MostRegions = 20;

    public static AlertMessage Of(AlertMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message with
        {
            Id = Word(message.Id),
            Type = Word(message.Type),
            Kind = Word(message.Kind),
            Tenant = Word(message.Tenant),
            DedupKey = SafeText.Of(message.DedupKey, LongestKey),
            Severity = Word(message.Severity),
            State = Word(message.State),
            FailureReason = message.FailureReason is { } reason ? Word(reason) : null,
            FailureLayer = message.FailureLayer is { } layer ? Word(layer) : null,
            Server = message.Server is { } server
                ? new MessageServer(Word(server.Slug), Line(server.Name, LongestName), UrlOf(server.Url))
                : null,
            Regions =
            [
                .. message
                    .Regions.Take(MostRegions)
                    .Select(region => new MessageRegion(
                        Word(region.Region),
                        region.City is { } city ? Word(city) : null,
                        Word(region.State)
                    )),
            ],
            AcknowledgedBy = message.AcknowledgedBy is { } who ? Line(who, LongestName) : null,
            Summary = Line(message.Summary, LongestSummary),
            Details = Lines(message.Details),
        };
    }

    private static string Word(string text) => SafeText.Of(text, LongestWord);

    private static string Line(string text, int longest) => SafeText.Of(SensitiveText.Redact(text), longest);

    private static string Lines(string text)
    {
        var lines = text.Split('\n').Take(MostLines).Select(line => Line(line.TrimEnd('\r'), LongestSummary));
        var whole = string.Join('\n', lines).Trim();
        return CutText.Of(whole, LongestDetails);
    }

    /// <summary>Scheme, host, port and path: what the owner calls the server by. Its host may be a number, which she wrote herself.</summary>
    private static string UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? SafeText.Of(
                url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
                LongestUrl
            )
            : Line(text, LongestUrl);
}
