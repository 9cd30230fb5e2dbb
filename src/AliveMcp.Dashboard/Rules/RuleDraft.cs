using System.Globalization;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Rules;
using AliveMcp.Dashboard.Pages;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Dashboard.Rules;

/// <summary>A rule as its form holds it: as typed, whether it can be read or not, so that nothing typed is lost.</summary>
public sealed record RuleDraft
{
    internal const int MostSteps = 10;
    private const int Blank = 3;

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it holds.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Slugs, in one line.</summary>
    public string Servers { get; init; } = "";

    /// <summary>In one line.</summary>
    public string Tags { get; init; } = "";

    /// <summary>In one line.</summary>
    public string Regions { get; init; } = "";

    /// <summary>Words of kinds.</summary>
    public IReadOnlyCollection<string> Kinds { get; init; } = [];

    /// <summary><c>P1</c> to <c>P3</c>.</summary>
    public IReadOnlyCollection<string> Severities { get; init; } = [];

    /// <summary>For example <c>22:00</c>.</summary>
    public string QuietFrom { get; init; } = "";

    /// <summary>For example <c>07:00</c>.</summary>
    public string QuietTo { get; init; } = "";

    /// <summary>For example <c>Europe/Berlin</c>.</summary>
    public string QuietZone { get; init; } = "";

    /// <summary>The ladder, with empty rungs to be filled in.</summary>
    public IReadOnlyList<StepDraft> Steps { get; init; } = Padded([]);

    /// <summary>Of a rule that there is.</summary>
    public static RuleDraft Of(SeenRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new RuleDraft
        {
            Name = rule.Name,
            Enabled = rule.Enabled,
            Servers = Line(rule.Match.Servers),
            Tags = Line(rule.Match.Tags),
            Regions = Line(rule.Match.Regions),
            Kinds = rule.Match.Kinds,
            Severities = rule.Match.Severities,
            QuietFrom = rule.QuietHours?.From ?? "",
            QuietTo = rule.QuietHours?.To ?? "",
            QuietZone = rule.QuietHours?.Zone ?? "",
            Steps = Padded(
                rule.Steps.Select(step => new StepDraft(
                    step.AfterMinutes.ToString(CultureInfo.InvariantCulture),
                    step.Sinks
                ))
            ),
        };
    }

    internal static RuleDraft Of(IFormCollection form) =>
        new()
        {
            Name = form.Text("name"),
            Enabled = form["enabled"] == "on",
            Servers = form.Text("servers"),
            Tags = form.Text("tags"),
            Regions = form.Text("regions"),
            Kinds = [.. form["kinds"].OfType<string>()],
            Severities = [.. form["severities"].OfType<string>()],
            QuietFrom = form.Text("quiet_from"),
            QuietTo = form.Text("quiet_to"),
            QuietZone = form.Text("quiet_zone"),
            Steps = Padded(
                Enumerable
                    .Range(0, MostSteps)
                    .Select(index => new StepDraft(form.Text($"after_{index}"), Numbers(form[$"sinks_{index}"])))
                    .Where(step => !step.IsEmpty)
            ),
        };

    /// <summary>As the API takes it.</summary>
    internal JsonObject ToBody()
    {
        var body = new JsonObject
        {
            ["name"] = Name.Length > 0 ? Name : null,
            ["enabled"] = Enabled,
            ["match"] = new JsonObject
            {
                ["servers"] = Words(Servers),
                ["tags"] = Words(Tags),
                ["kinds"] = List(Kinds),
                ["severities"] = List(Severities),
                ["regions"] = Words(Regions),
            },
            ["steps"] = new JsonArray([.. Steps.Where(step => !step.IsEmpty).Select(step => step.ToBody())]),
        };
        if (QuietFrom.Length + QuietTo.Length + QuietZone.Length > 0)
        {
            body["quiet_hours"] = new JsonObject
            {
                ["from"] = QuietFrom,
                ["to"] = QuietTo,
                ["zone"] = QuietZone,
            };
        }

        return body;
    }

    /// <summary>Three rungs at least, and one more than are filled in.</summary>
    private static List<StepDraft> Padded(IEnumerable<StepDraft> steps)
    {
        var all = steps.ToList();
        while (all.Count < MostSteps && (all.Count < Blank || !all[^1].IsEmpty))
        {
            all.Add(new StepDraft("", []));
        }

        return all;
    }

    private static string Line(IEnumerable<string> words) => string.Join(", ", words);

    private static JsonArray Words(string line) =>
        List(line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static JsonArray List(IEnumerable<string> words) =>
        new([.. words.Select(word => (JsonNode)JsonValue.Create(word))]);

    private static List<int> Numbers(IEnumerable<string?> texts) =>
        [
            .. texts
                .Select(text =>
                    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sink) ? sink : 0
                )
                .Where(sink => sink > 0),
        ];
}

/// <summary>A rung of the ladder as typed.</summary>
/// <param name="After">Minutes; empty: at once.</param>
/// <param name="Sinks">Numbers of those that are ticked.</param>
public sealed record StepDraft(string After, IReadOnlyList<int> Sinks)
{
    internal bool IsEmpty => Sinks.Count == 0 && After.Length == 0;

    internal JsonNode ToBody() =>
        new JsonObject
        {
            ["after_minutes"] =
                After.Length == 0 ? 0
                : int.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes
                : After,
            ["sinks"] = new JsonArray([.. Sinks.Select(sink => (JsonNode)JsonValue.Create(sink))]),
        };
}
