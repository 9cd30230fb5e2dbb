using System.Globalization;
using System.Text.Json.Serialization;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Rules;

/// <summary>A rule as its tenant sees it; without its number it is what a body looks like.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">As its owner calls it; data, never markup.</param>
/// <param name="Enabled">Whether it holds.</param>
/// <param name="Match">Which alerts it takes.</param>
/// <param name="QuietHours">When only P1 goes through; null: never.</param>
/// <param name="Steps">Who hears, and when, by minutes.</param>
public sealed record SeenRule(
    int Id,
    string Name,
    bool Enabled,
    SeenMatch Match,
    SeenQuiet? QuietHours,
    IReadOnlyList<SeenStep> Steps
)
{
    /// <summary>Names its state.</summary>
    [JsonIgnore]
    public string ETag { get; init; } = "";

    internal static SeenRule Of(Rule rule) =>
        new(
            rule.RuleId,
            rule.Name,
            rule.Enabled,
            new SeenMatch(
                rule.Servers,
                rule.Tags,
                [.. rule.Kinds.Select(kind => ((AlertKind)kind).Word())],
                [.. rule.Severities.Select(severity => ((Severity)severity).ToString())],
                rule.Regions
            ),
            rule.QuietZone is null
                ? null
                : new SeenQuiet(Clock(rule.QuietFrom!.Value), Clock(rule.QuietTo!.Value), rule.QuietZone),
            [
                .. rule
                    .Ladder.GroupBy(rung => rung.AfterMinutes)
                    .OrderBy(step => step.Key)
                    .Select(step => new SeenStep(step.Key, [.. step.Select(rung => rung.SinkId).Order()])),
            ]
        )
        {
            ETag = rule.Etag,
        };

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>Which alerts a rule takes. Empty lists: all.</summary>
/// <param name="Servers">Slugs.</param>
/// <param name="Tags">One of them is enough.</param>
/// <param name="Kinds">Words, for example <c>outage</c>.</param>
/// <param name="Severities"><c>P1</c> to <c>P3</c>.</param>
/// <param name="Regions">Where it fails; one of them is enough.</param>
public sealed record SeenMatch(
    IReadOnlyList<string> Servers,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Severities,
    IReadOnlyList<string> Regions
);

/// <summary>A part of every day in which only P1 goes through.</summary>
/// <param name="From">For example <c>22:00</c>.</param>
/// <param name="To">For example <c>07:00</c>.</param>
/// <param name="Zone">For example <c>Europe/Berlin</c>.</param>
public sealed record SeenQuiet(string From, string To, string Zone);

/// <summary>A rung of the ladder: who hears after so many minutes without an answer.</summary>
/// <param name="AfterMinutes">0: at once.</param>
/// <param name="Sinks">Numbers.</param>
public sealed record SeenStep(int AfterMinutes, IReadOnlyList<int> Sinks);

/// <param name="Rules">By number.</param>
/// <param name="Next">Ask with this as <c>after</c> for the next ones; null: there are no more.</param>
internal sealed record RulePage(IReadOnlyList<SeenRule> Rules, int? Next);

/// <summary>How this slice's answers are spelled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SeenRule))]
[JsonSerializable(typeof(RulePage))]
internal sealed partial class RuleJson : JsonSerializerContext;
