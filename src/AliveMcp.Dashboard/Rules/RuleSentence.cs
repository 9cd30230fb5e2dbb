using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Rules;

namespace AliveMcp.Dashboard.Rules;

/// <summary>What a rule does, in a sentence. Pure.</summary>
public static class RuleSentence
{
    /// <summary>For example <c>P1 and P2 of servers tagged prod go to ops at once, and to pager after 5 min unless somebody looks after it. …</c></summary>
    /// <param name="rule">Which.</param>
    /// <param name="sinks">What the tenant's sinks are called, by number.</param>
    public static string Of(SeenRule rule, IReadOnlyDictionary<int, string> sinks)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(sinks);
        var says = $"{What(rule.Match)} {Ladder(rule.Steps, sinks)}.";
        if (rule.QuietHours is { } quiet)
        {
            says += $" Quiet from {quiet.From} to {quiet.To} {quiet.Zone}, except for P1.";
        }

        return says;
    }

    private static string What(SeenMatch match)
    {
        var says = match.Severities.Count is 0 or 3
            ? "Everything from P1 to P3"
            : All([.. match.Severities.Order(StringComparer.Ordinal)]);
        if (match.Kinds.Count > 0)
        {
            says += $", if it is {Any([.. match.Kinds.Select(Label)])},";
        }

        if (match.Servers.Count > 0)
        {
            says += $" of {Any(match.Servers)}";
        }

        if (match.Tags.Count > 0)
        {
            says += match.Servers.Count > 0 ? $" tagged {Any(match.Tags)}" : $" of servers tagged {Any(match.Tags)}";
        }

        if (match.Regions.Count > 0)
        {
            says += $" failing in {Any(match.Regions)}";
        }

        return says.TrimEnd(',');
    }

    private static string Ladder(IReadOnlyList<SeenStep> steps, IReadOnlyDictionary<int, string> sinks) =>
        steps.Count == 0
            ? "goes nowhere: the sinks that it named are gone"
            : "goes "
                + All([
                    .. steps.Select(step =>
                        $"to {All([.. step.Sinks.Select(sink => sinks.GetValueOrDefault(sink) ?? $"sink {sink}")])} {When(step)}"
                    ),
                ]);

    private static string When(SeenStep step) =>
        step.AfterMinutes == 0 ? "at once" : $"after {step.AfterMinutes} min unless somebody looks after it";

    private static string Label(string kind) =>
        AlertWords.TryParse(kind, out AlertKind known) ? $"“{known.Label()}”" : kind;

    private static string All(IReadOnlyList<string> parts) => Joined(parts, "and");

    private static string Any(IReadOnlyList<string> parts) => Joined(parts, "or");

    private static string Joined(IReadOnlyList<string> parts, string last) =>
        parts.Count switch
        {
            0 => "nobody",
            1 => parts[0],
            > 6 => $"{string.Join(", ", parts.Take(5))} {last} {parts.Count - 5} more",
            _ => $"{string.Join(", ", parts.Take(parts.Count - 1))} {last} {parts[^1]}",
        };
}
