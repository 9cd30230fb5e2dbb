using System.Globalization;
using System.Text.Json.Serialization;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Rules;

/// <summary>A rule as the API tells it; without its number it is what a body looks like.</summary>
internal sealed record SeenRule(
    int Id,
    string Name,
    bool Enabled,
    SeenMatch Match,
    SeenQuiet? QuietHours,
    IReadOnlyList<SeenStep> Steps
)
{
    public static SeenRule Of(Rule rule) =>
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
        );

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>Empty lists: all.</summary>
internal sealed record SeenMatch(
    IReadOnlyList<string> Servers,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Severities,
    IReadOnlyList<string> Regions
);

/// <param name="From">For example <c>22:00</c>.</param>
/// <param name="To">For example <c>07:00</c>.</param>
/// <param name="Zone">For example <c>Europe/Berlin</c>.</param>
internal sealed record SeenQuiet(string From, string To, string Zone);

/// <param name="AfterMinutes">0: at once.</param>
/// <param name="Sinks">Numbers.</param>
internal sealed record SeenStep(int AfterMinutes, IReadOnlyList<int> Sinks);

/// <param name="Rules">By number.</param>
/// <param name="Next">Ask with this as <c>after</c> for the next ones; null: there are no more.</param>
internal sealed record RulePage(IReadOnlyList<SeenRule> Rules, int? Next);

/// <summary>How this slice's answers are spelled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SeenRule))]
[JsonSerializable(typeof(RulePage))]
internal sealed partial class RuleJson : JsonSerializerContext;
