using AliveMcp.Collector.Minutes;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Intake;

/// <summary>
/// Brings reports into their minutes.
/// 1. Fold the tries and record the entry.
/// 2. Count what was seen: a region that fails where others live comes into doubt before any minute of the batch is judged.
/// 3. Let each minute take its turn: wait, ask the confirmation round, or be sealed.
/// Whoever dies in between leaves nothing that the next delivery of the report, or the sweep, would not finish.
/// </summary>
internal sealed class EntryIntake(
    RecordScript record,
    RegionDoubts doubts,
    ConfirmationRound round,
    MinuteSealer sealer
)
{
    public async Task<IReadOnlyList<TakenReport>> TakeAsync(IReadOnlyList<TicketReport> reports)
    {
        var recorded = await Task.WhenAll(reports.Select(RecordAsync));
        await doubts.CountAsync([
            .. recorded
                .Where(one => one.Answer is { Outcome: RecordOutcome.Recorded })
                .Select(one => (one.Entry, one.Answer!.Open)),
        ]);
        return await Task.WhenAll(recorded.Select(FinishAsync));
    }

    private async Task<Recorded> RecordAsync(TicketReport report)
    {
        var entry = RegionFold.Fold(report.Region, report.Attempts, report.Observed.ContractHash);
        try
        {
            return new Recorded(report, entry, await record.RunAsync(report.Server.Server, report.Minute, entry));
        }
        catch (FormatException)
        {
            return new Recorded(report, entry, null);
        }
    }

    private async Task<TakenReport> FinishAsync(Recorded recorded)
    {
        try
        {
            return await TurnAsync(recorded);
        }
        catch (FormatException)
        {
            // The sweep tells of such a minute and sets it aside; the batch's other reports go on.
            return new TakenReport(recorded.Report, recorded.Entry, Taken.Refused);
        }
    }

    private async Task<TakenReport> TurnAsync(Recorded recorded)
    {
        var (report, entry, answer) = recorded;
        if (answer is null)
        {
            return new TakenReport(report, entry, Taken.Refused);
        }

        var minute = answer.Open is { } open ? await doubts.BelievedAsync(open) : null;
        switch (MinuteCourse.Next(minute, answer.IsRoundAgain))
        {
            case MinuteTurn.AskRound when await round.AskAsync(minute!.Plan):
            case MinuteTurn.Wait:
                break;
            default:
                await sealer.SealAsync(minute!, isOver: false);
                break;
        }

        // What a region in doubt seemed to see is neither remembered nor kept as a failure.
        return new TakenReport(report, await doubts.BelievedAsync(entry, report.Minute), Of(answer.Outcome));
    }

    private static Taken Of(RecordOutcome outcome) =>
        outcome switch
        {
            RecordOutcome.Recorded => Taken.Recorded,
            RecordOutcome.Again => Taken.Again,
            RecordOutcome.Late => Taken.Late,
            _ => Taken.Refused,
        };

    private sealed record Recorded(TicketReport Report, RegionEntry Entry, RecordAnswer? Answer);
}
