using AliveMcp.Alerting.Messages;
using AliveMcp.Servers.Alerts;

namespace AliveMcp.Alerting.Changes;

/// <summary>What a server's owner chose about its alerts.</summary>
internal sealed record TrackerSettings
{
    public static TrackerSettings Default { get; } = new();

    /// <summary>Bad planned minutes that confirm, and of how many; null: 2 of 3, of a server that one region looks at 3 of 4.</summary>
    public (int Bad, int OutOf)? Confirm { get; init; }

    /// <summary>Planned minutes in a row that are not down and end an outage.</summary>
    public int Recover { get; init; } = 2;

    public IReadOnlyDictionary<AlertKind, Severity> Severities { get; init; } = new Dictionary<AlertKind, Severity>();

    /// <summary>Kinds that open nothing.</summary>
    public IReadOnlySet<AlertKind> Off { get; init; } = new HashSet<AlertKind> { AlertKind.Latency };

    /// <summary>As the owner wrote it; words that no kind has any more are left out.</summary>
    public static TrackerSettings Of(AlertSettings chosen)
    {
        if (chosen == AlertSettings.Usual)
        {
            return Default;
        }

        var off = Default.Off.Union(Kinds(chosen.Off)).Except(Kinds(chosen.On)).ToHashSet();
        return new TrackerSettings
        {
            Confirm = chosen.Confirm is { } bad ? (bad, Math.Max(bad, chosen.OutOf ?? bad)) : null,
            Recover = chosen.Recover ?? Default.Recover,
            Severities = chosen
                .Severity.Where(pair => AlertWords.TryParse(pair.Key, out AlertKind _))
                .ToDictionary(pair => Kinds([pair.Key]).Single(), pair => (Severity)pair.Value),
            Off = off,
        };
    }

    public Confirmation ConfirmationOf(TrackedMinute minute)
    {
        var (bad, outOf) = Confirm ?? (minute.Regions.Count > 1 ? (2, 3) : (3, 4));
        return new Confirmation(bad, outOf, Recover, Confirmation.GapOf(minute.Weight));
    }

    private static IEnumerable<AlertKind> Kinds(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            if (AlertWords.TryParse(word, out AlertKind kind))
            {
                yield return kind;
            }
        }
    }
}
