using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Rules;

/// <summary>The ways in which this slice says no.</summary>
internal static class RuleProblems
{
    public const int Most = 200;

    public static Problem NotFound(int id) =>
        new("rule_not_found", FormattableString.Invariant($"The tenant has no rule {id}."), "id");

    public static Problem Taken(string name) =>
        new("name_taken", $"There is a rule '{SafeText.Of(name, 80)}' already; choose another name.", "name");

    public static Problem Stale(int id) =>
        new(
            "rule_stale",
            FormattableString.Invariant(
                $"Rule {id} was changed in between: read it again, and send its new ETag in If-Match."
            ),
            "If-Match"
        );

    public static Problem Unconditional { get; } =
        new(
            "if_match_unconditional",
            "Say which state you are changing: send the ETag of the answer that you read in If-Match, or * to change it whatever it is.",
            "If-Match"
        );

    public static Problem TooMany { get; } =
        new(
            "rules_limit",
            FormattableString.Invariant($"The tenant has {Most} rules, which are the most: put some together.")
        );

    public static Problem NoSink(int sink, string field) =>
        new("sink_unknown", FormattableString.Invariant($"{field}: the tenant has no sink {sink}."), field);
}
