using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Rules;

/// <summary>What a rule asks of an alert. Empty sets ask nothing.</summary>
internal sealed record RuleMatch
{
    /// <summary>What a tenant without rules has: all that is not only written down.</summary>
    public static RuleMatch Default { get; } = new();

    public IReadOnlyCollection<string> Servers { get; init; } = [];

    public IReadOnlyCollection<string> Tags { get; init; } = [];

    public IReadOnlyCollection<AlertKind> Kinds { get; init; } = [];

    public IReadOnlyCollection<Severity> Severities { get; init; } = [];

    public IReadOnlyCollection<string> Regions { get; init; } = [];

    /// <param name="kind">Of the alert.</param>
    /// <param name="severity">Of the alert.</param>
    /// <param name="slug">Of its server, as it is now; null: it is about none.</param>
    /// <param name="tags">Of its server.</param>
    /// <param name="failing">Regions in which it is not live.</param>
    public bool Takes(
        AlertKind kind,
        Severity severity,
        string? slug,
        IReadOnlyCollection<string> tags,
        IReadOnlyCollection<string> failing
    ) =>
        severity != Severity.P4
        && (Kinds.Count == 0 || Kinds.Contains(kind))
        && (Severities.Count == 0 || Severities.Contains(severity))
        && (Servers.Count == 0 || (slug is not null && Servers.Contains(slug, StringComparer.Ordinal)))
        && (Tags.Count == 0 || Tags.Any(tag => tags.Contains(tag, StringComparer.Ordinal)))
        && (Regions.Count == 0 || Regions.Any(region => failing.Contains(region, StringComparer.Ordinal)));
}
