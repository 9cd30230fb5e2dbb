using System.Globalization;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Incidents;

/// <summary>Which incidents a request asks for, the newest first.</summary>
/// <param name="IsResolved">Only those that are over, or only those that are not; null: both.</param>
/// <param name="Kind">Only of this kind; null: all.</param>
/// <param name="Server">Only of this server; null: all.</param>
/// <param name="Before">Only those with a smaller number.</param>
/// <param name="Take">How many at most.</param>
public sealed record IncidentAsk(bool? IsResolved, AlertKind? Kind, ServerId? Server, long Before, int Take)
{
    private static readonly string[] Words = Enum.GetNames<Severity>();

    /// <summary>Only of this severity; null: all.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Reads the words of a query; takes every one of them that is wrong.</summary>
    public static Result<IncidentAsk> Read(
        (string? State, string? Kind, string? Severity) only,
        string? before,
        int take
    )
    {
        List<Problem> problems = [];
        bool? isResolved = null;
        if (only.State is "open" or "resolved")
        {
            isResolved = only.State == "resolved";
        }
        else if (only.State is not (null or "" or "all"))
        {
            problems.Add(IncidentProblems.NotAState(only.State));
        }

        AlertKind? kind = null;
        if (AlertWords.TryParse(only.Kind, out AlertKind asked))
        {
            kind = asked;
        }
        else if (!string.IsNullOrEmpty(only.Kind))
        {
            problems.Add(IncidentProblems.NotAKind(only.Kind));
        }

        Severity? severity = null;
        if (Words.Contains(only.Severity, StringComparer.Ordinal))
        {
            severity = Enum.Parse<Severity>(only.Severity!);
        }
        else if (!string.IsNullOrEmpty(only.Severity))
        {
            problems.Add(IncidentProblems.NotASeverity(only.Severity));
        }

        var place = long.MaxValue;
        if (
            !string.IsNullOrEmpty(before)
            && !long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out place)
        )
        {
            problems.Add(IncidentProblems.NotACursor(before));
        }

        return problems.Count > 0
            ? problems
            : new IncidentAsk(isResolved, kind, null, place, Math.Clamp(take, 1, 100)) { Severity = severity };
    }
}
