namespace AliveMcp.Alerting.Messages;

/// <summary>How urgent: <c>P1</c> wakes somebody, <c>P4</c> is only written down. The numbers are stored.</summary>
public enum Severity : byte
{
    P1 = 1,
    P2 = 2,
    P3 = 3,
    P4 = 4,
}
