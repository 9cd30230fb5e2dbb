using AliveMcp.Alerting.Rules;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Dashboard.Pages;

namespace AliveMcp.Dashboard.Rules;

/// <summary>Which alerts of a tenant go where.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Rules">All of them, by number.</param>
/// <param name="Sinks">The tenant's.</param>
public sealed record RulesView(Ground Ground, IReadOnlyList<SeenRule> Rules, IReadOnlyList<SeenSink> Sinks)
{
    /// <summary>What a rule does, in a sentence.</summary>
    public string Says(SeenRule rule) => RuleSentence.Of(rule, Sinks.ToDictionary(sink => sink.Id, sink => sink.Name));
}

/// <summary>A rule is made or changed.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Rule">As it is kept; null: it is a new one.</param>
/// <param name="Draft">As it is to be.</param>
/// <param name="Sinks">The tenant's.</param>
public sealed record RuleView(Ground Ground, SeenRule? Rule, RuleDraft Draft, IReadOnlyList<SeenSink> Sinks)
{
    /// <summary>Somebody else changed it while this form was filled in.</summary>
    public bool IsOvertaken { get; init; }

    /// <summary>What the rule does as it is kept.</summary>
    public string? Says =>
        Rule is null ? null : RuleSentence.Of(Rule, Sinks.ToDictionary(sink => sink.Id, sink => sink.Name));
}
