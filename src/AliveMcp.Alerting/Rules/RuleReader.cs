using System.Globalization;
using System.Text.Json;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Rules;

/// <summary>Takes a rule out of a body and names every field that is wrong. What nobody asked for is refused, not ignored.</summary>
internal static class RuleReader
{
    private const int LongestName = 120;
    private const int LongestList = 500;
    private const int MostSteps = 10;
    private const int MostSinks = 20;
    private const int LastStep = 1440;

    private static readonly string[] Severities = ["P1", "P2", "P3"];

    /// <param name="body">An object, as the API or a file has it.</param>
    /// <param name="names">The sinks by name, for a file; null: the API has their numbers.</param>
    public static Result<RuleWish> Read(JsonElement body, SinkNames? names = null)
    {
        var fields = new FieldReader("");
        if (!fields.Enter(body, "name", "enabled", "match", "quiet_hours", "steps"))
        {
            return fields.Problems;
        }

        var wish = new RuleWish
        {
            Name = fields.Text("name", LongestName) ?? "",
            Enabled = fields.Flag("enabled") ?? true,
            Match = Match(fields),
            Quiet = Quiet(fields),
            Steps = Steps(fields, names),
        };
        if (wish.Name.Length == 0)
        {
            fields.RefuseMissing("name", "say what the rule is for");
        }

        return fields.Problems.Count > 0 ? fields.Problems : wish;
    }

    private static SeenMatch Match(FieldReader fields)
    {
        var match = fields.Inner("match", "servers", "tags", "kinds", "severities", "regions");
        return new SeenMatch(
            match.Words("servers", LongestList, IsSlug, "a slug, for example weather"),
            match.Words("tags", LongestList, text => text.Length <= 60, "a tag"),
            match.Words(
                "kinds",
                LongestList,
                text => AlertWords.TryParse(text, out AlertKind _),
                "a kind of alert, for example outage"
            ),
            match.Words("severities", 3, Severities.Contains, "P1, P2 or P3; P4 is only written down"),
            match.Words("regions", LongestList, text => Region.TryParse(text, out _), "a region, for example us-east")
        );
    }

    private static QuietHours? Quiet(FieldReader fields)
    {
        if (!fields.Has("quiet_hours"))
        {
            return null;
        }

        var quiet = fields.Inner("quiet_hours", "from", "to", "zone");
        var (from, to) = (Clock(quiet, "from"), Clock(quiet, "to"));
        var name = quiet.Text("zone", 64);
        var zone = Zone(quiet, name);
        if (from is not null && from == to)
        {
            quiet.Refuse("to", "is the same as from; leave quiet_hours out for none");
        }

        return from is { } start && to is { } end && zone is not null && start != end
            ? new QuietHours(start, end, zone)
            : null;
    }

    private static TimeOnly? Clock(FieldReader quiet, string field)
    {
        var text = quiet.Text(field, 5);
        if (
            text is not null
            && TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        )
        {
            return time;
        }

        quiet.Refuse(field, "is not a time of day, for example 22:00");
        return null;
    }

    private static TimeZoneInfo? Zone(FieldReader quiet, string? name)
    {
        // Three letters and Windows names mean different things on different machines.
        if (
            name is not null
            && (name == "UTC" || name.Contains('/', StringComparison.Ordinal))
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            && zone.HasIanaId
        )
        {
            return zone;
        }

        quiet.Refuse("zone", "is no IANA time zone, for example Europe/Berlin");
        return null;
    }

    private static List<SeenStep> Steps(FieldReader fields, SinkNames? names)
    {
        List<SeenStep> steps = [];
        foreach (var step in fields.Each("steps", MostSteps, "after_minutes", "sinks"))
        {
            var after = step.Number("after_minutes", 0, LastStep) ?? 0;
            if (steps.Any(earlier => earlier.AfterMinutes == after))
            {
                step.Refuse("after_minutes", "is that of an earlier step");
            }

            steps.Add(
                new SeenStep(
                    after,
                    names is null
                        ? step.Numbers("sinks", MostSinks)
                        : step.Named("sinks", MostSinks, names.NumberOf, names.What)
                )
            );
        }

        if (steps.Count == 0 && fields.Problems.Count == 0)
        {
            fields.Refuse(
                "steps",
                $"names no sink; for example [{{\"after_minutes\": 0, \"sinks\": [{(names is null ? "3" : "ops")}]}}]"
            );
        }

        return steps;
    }

    private static bool IsSlug(string text) =>
        text.Length <= 63
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}

/// <summary>A rule as somebody wishes it, its form proven.</summary>
internal sealed record RuleWish
{
    public required string Name { get; init; }

    public required bool Enabled { get; init; }

    public required SeenMatch Match { get; init; }

    public required QuietHours? Quiet { get; init; }

    public required IReadOnlyList<SeenStep> Steps { get; init; }
}
