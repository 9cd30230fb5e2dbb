using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Rules;

/// <content>Taking over what somebody wishes.</content>
internal sealed partial class Rule
{
    public static Rule Of(RuleWish wish, TenantId tenant, DateTimeOffset now)
    {
        var rule = new Rule
        {
            TenantId = tenant,
            Name = wish.Name,
            Enabled = wish.Enabled,
            Servers = [],
            Tags = [],
            Kinds = [],
            Severities = [],
            Regions = [],
            CreatedAt = now,
        };
        rule.Take(wish);
        return rule;
    }

    /// <summary>Everything anew.</summary>
    public void Take(RuleWish wish)
    {
        Name = wish.Name;
        Enabled = wish.Enabled;
        Servers = [.. wish.Match.Servers];
        Tags = [.. wish.Match.Tags];
        Kinds = [.. wish.Match.Kinds.Select(KindOf)];
        Severities = [.. wish.Match.Severities.Select(word => (short)Enum.Parse<Severity>(word))];
        Regions = [.. wish.Match.Regions];
        (QuietFrom, QuietTo, QuietZone) = (wish.Quiet?.From, wish.Quiet?.To, wish.Quiet?.Zone.Id);
        var wanted = wish
            .Steps.SelectMany(step => step.Sinks.Select(sink => ((short)step.AfterMinutes, sink)))
            .ToHashSet();
        Ladder.RemoveAll(rung => !wanted.Remove((rung.AfterMinutes, rung.SinkId)));
        Ladder.AddRange(
            wanted.Select(rung => new RuleSink
            {
                TenantId = TenantId,
                AfterMinutes = rung.Item1,
                SinkId = rung.sink,
            })
        );
    }

    private static short KindOf(string word) =>
        AlertWords.TryParse(word, out AlertKind kind)
            ? (short)kind
            : throw new InvalidOperationException($"'{word}' was read as a kind and is none.");
}
