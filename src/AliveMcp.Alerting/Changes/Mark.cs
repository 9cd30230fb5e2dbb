namespace AliveMcp.Alerting.Changes;

/// <summary>One planned minute in a window that is counted over.</summary>
/// <param name="Minute">Counted from 1970.</param>
/// <param name="IsBad">What the window counts.</param>
internal readonly record struct Mark(int Minute, bool IsBad);
