namespace AliveMcp.Alerting.Messages;

/// <summary>What is wrong. The numbers are stored; the words are in <see cref="AlertWords"/>.</summary>
public enum AlertKind : byte
{
    Outage = 1,
    Degraded = 2,
    Regional = 3,
    Drift = 4,
    Finding = 5,
    Latency = 6,
    ErrorRate = 7,
    AccessChanged = 8,
    DoorOpen = 9,

    /// <summary>Only unknown minutes, or none: we do not see it.</summary>
    Blind = 10,

    /// <summary>A wall for robots, or 429, that stays.</summary>
    Blocked = 11,
    Certificate = 12,
    Credential = 13,

    /// <summary>The error budget burns too fast.</summary>
    Burn = 14,

    /// <summary>Added, and never seen live.</summary>
    NeverLive = 15,

    /// <summary>A prober or a region of ours is unwell: told to operators alone.</summary>
    ProberUnwell = 16,

    /// <summary>The owner's own test call went wrong.</summary>
    TestCall = 17,

    /// <summary>Opened by hand.</summary>
    Manual = 18,
}
