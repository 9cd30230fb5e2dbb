namespace AliveMcp.Alerting.Messages;

/// <summary>What a message tells. The numbers are stored; the words are in <see cref="AlertWords"/>.</summary>
internal enum AlertType : byte
{
    Triggered = 1,
    Updated = 2,
    Resolved = 3,
    Drift = 10,
    Finding = 11,
    Burn = 12,
    Certificate = 13,
    Credential = 14,
    Digest = 20,
    Test = 21,
}
