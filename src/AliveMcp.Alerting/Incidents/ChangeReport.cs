using AliveMcp.Alerting.Changes;
using AliveMcp.Servers.Alerts;

namespace AliveMcp.Alerting.Incidents;

/// <summary>What a batch of minutes changed, to be written together with what it was read from.</summary>
internal sealed class ChangeReport(DateTimeOffset readAt)
{
    private readonly List<ReportedChange> _changes = [];
    private readonly List<TrackedMinute> _firstBad = [];

    /// <summary>When the minutes that decided were read: a moment after their seal.</summary>
    public DateTimeOffset ReadAt => readAt;

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<ReportedChange> Changes => _changes;

    public IReadOnlyList<TrackedMinute> FirstBad => _firstBad;

    public void Add(AlertedServer server, TrackedMinute? minute, Tracked tracked)
    {
        _changes.AddRange(tracked.Changes.Select(change => new ReportedChange(server, change)));
        if (tracked.IsFirstBad && minute is not null)
        {
            _firstBad.Add(minute);
        }
    }
}

/// <param name="Server">As its owner calls it.</param>
/// <param name="Change">What changed.</param>
internal sealed record ReportedChange(AlertedServer Server, StatusChange Change);
