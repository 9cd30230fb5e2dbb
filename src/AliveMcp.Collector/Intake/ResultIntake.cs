using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Minutes;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Intake;

/// <summary>
/// Takes a prober's reports: verify the ticket, fold the tries, record the entry, and seal the minute when it waits for nobody any more.
/// What is learnt and kept besides comes afterwards and never stands in the way of the minute.
/// </summary>
internal sealed class ResultIntake(
    RecordScript record,
    MinuteSealer sealer,
    ReportKeeper keeper,
    DeskKey key,
    CollectorMeter meter
)
{
    public async Task<ReportAnswer> TakeAsync(Region region, ReportBatch batch, CancellationToken cancellationToken)
    {
        var signer = await key.SignerAsync(cancellationToken);
        var taken = await Task.WhenAll(
            batch.Reports.Select(report =>
                report is not null && IsOurs(signer, region, batch.Prober, report)
                    ? TakeAsync(report)
                    : Task.FromResult(new TakenReport(report, null, Taken.Refused))
            )
        );
        foreach (var report in taken)
        {
            meter.Result(region, report.Outcome.ToString().ToLowerInvariant());
        }

        await keeper.KeepAsync(
            [.. taken.Where(report => report.Outcome is Taken.Recorded or Taken.Late)],
            cancellationToken
        );
        return new ReportAnswer(
            taken.Count(report => report.Outcome is Taken.Recorded or Taken.Again),
            taken.Count(report => report.Outcome == Taken.Late),
            taken.Count(report => report.Outcome == Taken.Refused)
        );
    }

    private bool IsOurs(TicketSigner signer, Region region, string prober, TicketReport report)
    {
        var ours =
            report.Region == region
            && signer.Verifies(report.Signature, prober, report.Server, report.Region, report.Minute);
        if (!ours)
        {
            meter.Refused("signature");
        }

        return ours && ReportShape.IsSound(report);
    }

    private async Task<TakenReport> TakeAsync(TicketReport report)
    {
        var entry = RegionFold.Fold(report.Region, report.Attempts, report.Observed.ContractHash);
        try
        {
            var answer = await record.RunAsync(report.Server.Server, report.Minute, entry);
            if (answer.Complete is { } complete)
            {
                await sealer.SealAsync(complete);
            }

            return new TakenReport(report, entry, Of(answer.Outcome));
        }
        catch (FormatException)
        {
            // The sweep tells of such a minute and sets it aside; the batch's other reports go on.
            return new TakenReport(report, entry, Taken.Refused);
        }
    }

    private static Taken Of(RecordOutcome outcome) =>
        outcome switch
        {
            RecordOutcome.Recorded => Taken.Recorded,
            RecordOutcome.Again => Taken.Again,
            RecordOutcome.Late => Taken.Late,
            _ => Taken.Refused,
        };
}
