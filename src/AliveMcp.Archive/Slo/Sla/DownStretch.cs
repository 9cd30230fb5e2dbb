using AliveMcp.Archive.History;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Slo.Sla;

/// <summary>One time in which a server was down, or in which that was left out because maintenance was planned.</summary>
public sealed record DownStretch
{
    /// <summary>Its first down minute in the month.</summary>
    public required MinuteStamp From { get; init; }

    /// <summary>The first minute after its last down one; null when the month ended, or the report was made, before another state was known.</summary>
    public required MinuteStamp? To { get; init; }

    /// <summary>Down minutes that count: together they are the month's down minutes.</summary>
    public required int Minutes { get; init; }

    /// <summary>Down minutes that lie in planned maintenance and do not count.</summary>
    public required int ExcludedMinutes { get; init; }

    /// <summary>Why, as of its first minute.</summary>
    public required Why Why { get; init; }

    /// <summary>The step that gave the reason.</summary>
    public required ProbeStep? FailedAt { get; init; }

    /// <summary>Nothing else was known in the month before it.</summary>
    public required bool MayHaveBegunBefore { get; init; }

    internal static IReadOnlyList<DownStretch> Of(IEnumerable<StateRun> runs) =>
        [
            .. runs.Where(run => run.State == ServerState.Down)
                .Select(run => new DownStretch
                {
                    From = run.From,
                    To = run.To,
                    Minutes = run.Minutes - run.MaintenanceMinutes,
                    ExcludedMinutes = run.MaintenanceMinutes,
                    Why = run.Why,
                    FailedAt = run.FailedAt,
                    MayHaveBegunBefore = run.MayHaveBegunBefore,
                }),
        ];
}
