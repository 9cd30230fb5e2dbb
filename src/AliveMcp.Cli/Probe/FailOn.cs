namespace AliveMcp.Cli.Probe;

/// <summary>From where on a look fails, each including those before it; <see cref="Security"/> and <see cref="Finding"/> leave warnings alone.</summary>
internal enum FailOn
{
    Down = -1,

    /// <summary>The default.</summary>
    Degraded = 0,
    Security,
    Finding,
    Warning,
}
