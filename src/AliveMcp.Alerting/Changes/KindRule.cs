using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Changes;

/// <summary>How one kind of trouble is seen in minutes.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Judge">What a minute says about it; the standing is that before the minute, its unknown minutes counted.</param>
/// <param name="Confirm">When it is believed and when it is over.</param>
internal sealed record KindRule(
    AlertKind Kind,
    Func<TrackedMinute, Standing, Bearing> Judge,
    Func<TrackedMinute, TrackerSettings, Confirmation> Confirm
);
