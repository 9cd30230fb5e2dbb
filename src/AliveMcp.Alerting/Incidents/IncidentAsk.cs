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
internal sealed record IncidentAsk(bool? IsResolved, AlertKind? Kind, ServerId? Server, long Before, int Take)
{
    /// <summary>Reads the words of a query; takes every one of them that is wrong.</summary>
    public static Result<IncidentAsk> Read(string? state, string? kind, string? before, int take)
    {
        List<Problem> problems = [];
        bool? isResolved = null;
        if (state is "open" or "resolved")
        {
            isResolved = state == "resolved";
        }
        else if (state is not (null or "" or "all"))
        {
            problems.Add(IncidentProblems.NotAState(state));
        }

        AlertKind? only = null;
        if (AlertWords.TryParse(kind, out AlertKind asked))
        {
            only = asked;
        }
        else if (!string.IsNullOrEmpty(kind))
        {
            problems.Add(IncidentProblems.NotAKind(kind));
        }

        var place = long.MaxValue;
        if (
            !string.IsNullOrEmpty(before)
            && !long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out place)
        )
        {
            problems.Add(IncidentProblems.NotACursor(before));
        }

        return problems.Count > 0 ? problems : new IncidentAsk(isResolved, only, null, place, Math.Clamp(take, 1, 100));
    }
}
