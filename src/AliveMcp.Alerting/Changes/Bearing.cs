namespace AliveMcp.Alerting.Changes;

/// <summary>What a minute says about one kind of trouble.</summary>
internal enum Bearing
{
    /// <summary>Nothing: the window is as if it had not been.</summary>
    Skip,
    Good,
    Bad,
}
