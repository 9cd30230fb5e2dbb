using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Intake;

/// <summary>Whether a report can be what one of our probers says. A prober speaks with strangers all day and is not believed blindly.</summary>
internal static class ReportShape
{
    public static bool IsSound(TicketReport report) =>
        report.Attempts is { Count: 1 or 2 } && IsSound(report.Observed) && report.Attempts.All(IsSound);

    /// <summary>Of a live look.</summary>
    public static bool IsSound(ProbeAttempt attempt, Observed observed) => IsSound(observed) && IsSound(attempt);

    private static bool IsSound(Observed? observed) =>
        observed is { Requests: >= 0, Bytes: >= 0 }
        && observed.ToolCount is null or >= 0
        && observed.ListBytes is null or >= 0
        && Enum.IsDefined(observed.Era)
        && Enum.IsDefined(observed.Transport);

    private static bool IsSound(ProbeAttempt attempt) =>
        attempt is { Phases: not null }
        && Enum.IsDefined(attempt.State)
        && Enum.IsDefined(attempt.Why)
        && Enum.IsDefined(attempt.Access)
        && Enum.IsDefined(attempt.VerifiedTo)
        && (attempt.FailedAt is null || Enum.IsDefined(attempt.FailedAt.Value))
        && IsSound(attempt.Phases);

    /// <summary>Two minutes, in microseconds: four times what the longest try may take. More is not a time that was measured.</summary>
    private const int LongestPhase = 120_000_000;

    private static bool IsSound(PhaseTimes phases) =>
        IsSound(phases.Resolve)
        && IsSound(phases.Connect)
        && IsSound(phases.Tls)
        && IsSound(phases.Handshake)
        && IsSound(phases.Tools)
        && IsSound(phases.TestCall)
        && IsSound(phases.FirstByte)
        && IsSound(phases.Total);

    private static bool IsSound(int micros) => micros is >= 0 and <= LongestPhase;
}
