using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Hours;

/// <summary>What a closed hour keeps of a verdict-minute: its answer, not how the regions came to it.</summary>
internal readonly record struct KeptMinute
{
    public required MinuteStamp Minute { get; init; }

    public required ServerState State { get; init; }

    public required Why Why { get; init; }

    public required ProbeStep? FailedAt { get; init; }

    public required Access Access { get; init; }

    public required VerifiedTo VerifiedTo { get; init; }

    public required int Weight { get; init; }

    public required bool Maintenance { get; init; }

    /// <summary>Median of the regions that saw the server, whole milliseconds and at least 1; null when none did.</summary>
    public required int? LatencyMs { get; init; }

    public static KeptMinute Of(VerdictMinute verdict) =>
        new()
        {
            Minute = verdict.Minute,
            State = verdict.State,
            Why = verdict.Why,
            FailedAt = verdict.FailedAt,
            Access = verdict.Access,
            VerifiedTo = verdict.VerifiedTo,
            Weight = verdict.Plan.Weight,
            Maintenance = verdict.Plan.Maintenance,
            LatencyMs = Latency(verdict),
        };

    /// <summary>The same of a packed verdict, read to its end, with the contract that its regions agree on.</summary>
    /// <exception cref="FormatException">The bytes are not a packed verdict.</exception>
    public static KeptMinute Of(ref VerdictSkim verdict, out ulong? agreed)
    {
        Span<int> totals = stackalloc int[verdict.Regions];
        var (count, marks, plan) = (0, new MarkAgreement(), verdict.Plan);
        while (verdict.Next())
        {
            var entry = verdict.Entry;
            marks.Add(entry.State, entry.ContractMark);
            if (entry is { State: ServerState.Live or ServerState.Degraded, Total: { } total })
            {
                totals[count++] = total;
            }
        }

        agreed = marks.Of(plan.Rotating, plan.Quorum, verdict.Regions);
        return new KeptMinute
        {
            Minute = plan.Minute,
            State = verdict.Seen.State,
            Why = verdict.Seen.Why,
            FailedAt = verdict.Seen.FailedAt,
            Access = verdict.Seen.Access,
            VerifiedTo = verdict.Seen.VerifiedTo,
            Weight = plan.Weight,
            Maintenance = plan.Maintenance,
            LatencyMs = Median(totals[..count]),
        };
    }

    /// <summary>The same minute with the part of its weight that reaches beyond a moment; 0 when it ends before.</summary>
    public KeptMinute Beyond(MinuteStamp until) =>
        this with
        {
            Weight = Math.Clamp(Minute + Weight - until, 0, Weight),
        };

    private static int? Latency(VerdictMinute verdict)
    {
        Span<int> totals = stackalloc int[verdict.Entries.Count];
        var count = 0;
        foreach (var entry in verdict.Entries)
        {
            if (entry is { State: ServerState.Live or ServerState.Degraded, Phases: { } phases })
            {
                totals[count++] = phases.Total;
            }
        }

        return Median(totals[..count]);
    }

    /// <summary>Of an even number the lower middle: a latency that a region really saw.</summary>
    private static int? Median(Span<int> totals)
    {
        totals.Sort();
        return totals.IsEmpty ? null : Milliseconds(totals[(totals.Length - 1) / 2]);
    }

    /// <summary>Whole milliseconds as they are shown; something that took time never took none.</summary>
    public static int Milliseconds(int micros) => Math.Max(1, (micros + 500) / 1000);
}
