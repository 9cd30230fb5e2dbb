using System.Text.RegularExpressions;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Alerts;

/// <summary>Reads the mapping under <c>alerts</c>.</summary>
internal static partial class AlertSettingsReader
{
    private const string ConfirmShape = "write for example 2 of 3: down minutes, of how many planned ones, at most 30";
    private const int MaxWord = 40;

    /// <summary>As usual when nothing stands there, or when it is wrong, which the reader's problems then hold.</summary>
    public static AlertSettings Read(MapReader entry)
    {
        if (entry.Map("alerts") is not { } alerts)
        {
            return AlertSettings.Usual;
        }

        alerts.RefuseUnknownKeys(FileWords.Alerts, "alerts");
        var confirm = Confirm(alerts);
        return new AlertSettings
        {
            Confirm = confirm?.Bad,
            OutOf = confirm?.OutOf,
            Recover = Recover(alerts),
            Severity = Severity(alerts),
            Off = Kinds(alerts, "off"),
            On = Kinds(alerts, "on"),
        };
    }

    private static (int Bad, int OutOf)? Confirm(MapReader alerts)
    {
        if (alerts.Text("confirm", MaxWord) is not { } text)
        {
            return null;
        }

        var match = Shape().Match(text);
        var bad = match.Success ? int.Parse(match.Groups["bad"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var outOf = match.Success ? int.Parse(match.Groups["of"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        if (bad >= 1 && bad <= outOf && outOf <= AlertSettings.MostMinutes)
        {
            return (bad, outOf);
        }

        alerts.Refuse(
            "confirm_invalid",
            "confirm",
            alerts.Field("confirm")!.Line,
            $"'{SafeText.Of(text, MaxWord)}' confirms nothing; {ConfirmShape}"
        );
        return null;
    }

    private static int? Recover(MapReader alerts)
    {
        if (alerts.Text("recover", MaxWord) is not { } text)
        {
            return null;
        }

        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && minutes is >= 1 and <= AlertSettings.MostMinutes
        )
        {
            return minutes;
        }

        alerts.Refuse(
            "recover_invalid",
            "recover",
            alerts.Field("recover")!.Line,
            $"'{SafeText.Of(text, MaxWord)}' is not 1 to {AlertSettings.MostMinutes} minutes"
        );
        return null;
    }

    private static Dictionary<string, int> Severity(MapReader alerts)
    {
        var chosen = new Dictionary<string, int>(StringComparer.Ordinal);
        if (alerts.Map("severity") is { } severities)
        {
            severities.RefuseUnknownKeys(AlertKinds.Words, "severity");
            foreach (var kind in AlertKinds.Words.Where(kind => severities.Field(kind) is not null))
            {
                chosen[kind] = severities.OneOf(kind, FileWords.Severities, 1);
            }
        }

        return chosen;
    }

    private static string[] Kinds(MapReader alerts, string field)
    {
        var words = alerts.Texts(field, AlertKinds.Words.Count, MaxWord);
        foreach (var wrong in words.Where(word => !AlertKinds.Words.Contains(word, StringComparer.Ordinal)))
        {
            alerts.Refuse(
                field + "_invalid",
                field,
                alerts.Field(field)!.Line,
                $"'{SafeText.Of(wrong, MaxWord)}' is no kind of alert; {FileWords.Hint(wrong, AlertKinds.Words)}"
            );
        }

        return words;
    }

    [GeneratedRegex(
        @"\A(?<bad>[0-9]{1,2}) of (?<of>[0-9]{1,2})\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Shape();
}
