namespace AliveMcp.Alerting.Changes;

/// <summary>What the tracker answers.</summary>
/// <param name="Standing">As it is from now on.</param>
/// <param name="Changes">Confirmed changes, in their order; mostly none.</param>
/// <param name="IsFirstBad">The minute is the first bad one after a good time: not yet confirmed, but perhaps one of many.</param>
internal readonly record struct Tracked(
    Standing Standing,
    IReadOnlyList<StatusChange> Changes,
    bool IsFirstBad = false
);
