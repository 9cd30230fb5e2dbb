namespace AliveMcp.Alerting.SelfTest;

/// <summary>What whoever runs the install says about alerts; section <c>Alerts</c>.</summary>
public sealed class AlertOptions
{
    /// <summary>
    /// A dead-man's switch: an address that is asked once a minute with GET, each time that a made-up incident has come through the whole path
    /// from the tracker to a sink, and not otherwise. Whoever watches that address hears when alerts no longer leave. Null, the default: the
    /// incident is made and followed nevertheless, and only the health check <c>alerts</c> says what came of it.
    /// </summary>
    public Uri? HeartbeatUrl { get; set; }
}
