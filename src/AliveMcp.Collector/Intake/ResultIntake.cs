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
        var sound = new List<TicketReport>();
        var shared = new List<TicketReport>();
        var refused = new List<TakenReport>();
        foreach (var report in batch.Reports)
        {
            if (report is not null && SharersOf(signer, region, batch.Prober, report) is { } sharers)
            {
                sound.Add(report);
                shared.AddRange(sharers.Select(sharer => report with { Server = sharer }));
            }
            else
            {
                refused.Add(new TakenReport(report, null, Taken.Refused));
            }
        }

        var taken = await entries.TakeAsync([.. sound, .. shared]);
        foreach (var report in taken.Concat(refused))
        {
            meter.Result(region, report.Outcome.ToString().ToLowerInvariant());
        }

        await keeper.KeepAsync(
            [.. taken.Where(report => report.Outcome is Taken.Recorded or Taken.Late)],
            cancellationToken
        );

        // A prober is answered for what it sent; that others were served by it is not its business.
        IReadOnlyList<TakenReport> sent = [.. taken.Take(sound.Count), .. refused];
        return new ReportAnswer(
            sent.Count(report => report.Outcome is Taken.Recorded or Taken.Again),
            sent.Count(report => report.Outcome == Taken.Late),
            sent.Count(report => report.Outcome == Taken.Refused)
        );
    }

    /// <returns>Whose minutes the look serves, too; null when the report is not of one of our tickets, or not sound.</returns>
    private IReadOnlyList<ServerKey>? SharersOf(TicketSigner signer, Region region, string prober, TicketReport report)
    {
        if (
            report.Region != region
            || !signer.TryOpen(report.Signature, prober, report.Server, report.Region, report.Minute, out var sharers)
        )
        {
            meter.Refused("signature");
            return null;
        }

        return ReportShape.IsSound(report) ? sharers : null;
    }
}
