using AliveMcp.Collector.Desk;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Intake;

/// <summary>
/// Takes a prober's reports: verify the ticket, then hand the sound ones to the minutes. What is learnt and kept besides comes afterwards and
/// never stands in the way of the minute.
/// </summary>
internal sealed class ResultIntake(EntryIntake entries, ReportKeeper keeper, DeskKey key, CollectorMeter meter)
{
    public async Task<ReportAnswer> TakeAsync(Region region, ReportBatch batch, CancellationToken cancellationToken)
    {
        var signer = await key.SignerAsync(cancellationToken);
        var bySound = batch.Reports.ToLookup(report =>
            report is not null && IsOurs(signer, region, batch.Prober, report)
        );
        var taken = await entries.TakeAsync([.. bySound[true]]);
        taken = [.. taken, .. bySound[false].Select(report => new TakenReport(report, null, Taken.Refused))];
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
}
