using System.CommandLine;
using System.Globalization;
using AliveMcp.Cli.Looking;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Rules;

/// <summary>The options that say what a rule is: of <c>add</c> and of <c>change</c>, where what is not named stays.</summary>
internal sealed class RuleFlags
{
    private readonly Option<string[]> _servers = Many("--server", "SLUG", "Only of this server; again for another.");
    private readonly Option<string[]> _tags = Many("--tag", "TAG", "Only of servers with this tag; again for another.");
    private readonly Option<string[]> _kinds = Many("--kind", "KIND", "Only of this kind, for example outage.");
    private readonly Option<string[]> _severities = Many("--severity", "P1|P2|P3", "Only of this severity.");
    private readonly Option<string[]> _regions = Many("--region", "REGION", "Only what fails in this region.");

    private readonly Option<string[]> _sinks = Many("--sink", "SINK", "Who hears at once: number or name of a sink.");

    private readonly Option<string[]> _then = Many(
        "--then",
        "MINUTES=SINK",
        "Who hears when nobody answers for so long, for example 5=pager."
    );

    private readonly Option<string> _quiet = Flags.Text(
        "--quiet",
        "FROM-TO",
        "Hours in which only P1 is told, for example 22:00-07:00; none takes them away.",
        text =>
            text == "none" || text.Split('-') is [{ Length: > 0 }, { Length: > 0 }]
                ? null
                : "give two times of day, for example 22:00-07:00, or none."
    );

    private readonly Option<string> _zone = Flags.Text(
        "--zone",
        "ZONE",
        "Of those hours, for example Europe/Zurich; UTC unless told."
    );

    private readonly Option<bool?> _enabled = new("--enabled")
    {
        Description = "false: it takes nothing until it is true again.",
        HelpName = "true|false",
    };

    public IEnumerable<Option> All =>
        [_servers, _tags, _kinds, _severities, _regions, _sinks, _then, _quiet, _zone, _enabled];

    /// <summary>What the rule becomes.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="rule">What it is.</param>
    /// <param name="sinkOf">The number of a sink by number or name.</param>
    /// <exception cref="CallFailedException">A step cannot be read.</exception>
    public RuleAnswer Take(ParseResult parsed, RuleAnswer rule, Func<string, int> sinkOf)
    {
        var match = rule.Match with
        {
            Servers = Given(parsed, _servers) ?? rule.Match.Servers,
            Tags = Given(parsed, _tags) ?? rule.Match.Tags,
            Kinds = Given(parsed, _kinds) ?? rule.Match.Kinds,
            Severities = Given(parsed, _severities) ?? rule.Match.Severities,
            Regions = Given(parsed, _regions) ?? rule.Match.Regions,
        };
        return rule with
        {
            Match = match,
            Enabled = parsed.GetValue(_enabled) ?? rule.Enabled,
            QuietHours = Quiet(parsed, rule.QuietHours),
            Steps = Steps(parsed, rule.Steps, sinkOf),
        };
    }

    private RuleQuiet? Quiet(ParseResult parsed, RuleQuiet? known)
    {
        if (parsed.GetValue(_quiet) is not { } hours)
        {
            return parsed.GetValue(_zone) is { } zone && known is not null ? known with { Zone = zone } : known;
        }

        var ends = hours.Split('-');
        return hours == "none"
            ? null
            : new RuleQuiet(ends[0], ends[^1], parsed.GetValue(_zone) ?? known?.Zone ?? "UTC");
    }

    private IReadOnlyList<RuleStep> Steps(ParseResult parsed, IReadOnlyList<RuleStep> known, Func<string, int> sinkOf)
    {
        var (first, then) = (Given(parsed, _sinks), Given(parsed, _then));
        if (first is null && then is null)
        {
            return known;
        }

        var steps = new List<(int After, int Sink)>();
        steps.AddRange((first ?? []).Select(sink => (0, sinkOf(sink))));
        steps.AddRange(
            (then ?? []).Select(step =>
                step.Split('=', 2) is [var minutes, { Length: > 0 } sink]
                && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
                    ? (after, sinkOf(sink))
                    : throw new CallFailedException(
                        ExitCodes.Usage,
                        $"--then is '{SafeText.Of(step, 80)}': give minutes and a sink, for example 5=pager."
                    )
            )
        );
        return
        [
            .. steps
                .GroupBy(step => step.After)
                .OrderBy(step => step.Key)
                .Select(step => new RuleStep(step.Key, [.. step.Select(one => one.Sink)])),
        ];
    }

    private static string[]? Given(ParseResult parsed, Option<string[]> option) =>
        parsed.GetResult(option) is null ? null : [.. (parsed.GetValue(option) ?? []).Where(word => word != "all")];

    private static Option<string[]> Many(string name, string helpName, string description) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
}
