using AliveMcp.Alerting.Incidents;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Dashboard.Incidents;

/// <summary>Which incidents a page shows: as it stands in its address. Empty: all.</summary>
/// <param name="State"><c>open</c>, <c>resolved</c> or <c>all</c>.</param>
/// <param name="Kind">Word of a kind.</param>
/// <param name="Severity"><c>P1</c> to <c>P4</c>.</param>
/// <param name="Server">Slug.</param>
/// <param name="Before">Where the page begins.</param>
public sealed record IncidentFilter(string State, string Kind, string Severity, string Server, string Before)
{
    /// <summary>On a page.</summary>
    internal const int Take = 25;

    /// <summary>Whether something besides the state is asked for.</summary>
    public bool IsNarrow => Kind.Length + Severity.Length + Server.Length > 0;

    internal static IncidentFilter Of(IQueryCollection query) =>
        new(
            query["state"].ToString() is { Length: > 0 } state ? state : "open",
            query["kind"].ToString(),
            query["severity"].ToString(),
            query["server"].ToString().Trim(),
            query["before"].ToString()
        );

    /// <summary>The same page of another state, from its begin.</summary>
    public string In(string state) => (this with { State = state, Before = "" }).Query;

    /// <summary>The page after this one.</summary>
    public string After(string next) => (this with { Before = next }).Query;

    internal Result<IncidentAsk> Read() => IncidentAsk.Read((State, Kind, Severity), Before, Take);

    private string Query =>
        "?"
        + string.Join(
            '&',
            new[] { ("state", State), ("kind", Kind), ("severity", Severity), ("server", Server), ("before", Before) }
                .Where(part => part.Item2.Length > 0)
                .Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2)}")
        );
}
