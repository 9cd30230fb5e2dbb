using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Intake;

/// <summary>What a report leaves in tables besides the server's memory: evidence, and an origin's wish.</summary>
internal sealed class SideNotes(EvidenceTable evidence, OwnerWishes wishes)
{
    /// <param name="taken">The report.</param>
    /// <param name="wantsEvidence">What it saw is new.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task KeepAsync(TakenReport taken, bool wantsEvidence, CancellationToken cancellationToken)
    {
        var (report, entry) = (taken.Report!, taken.Entry!);
        if (report.Observed.OwnerWish is OwnerWish.Declines or OwnerWish.MayWatch)
        {
            var declines = report.Observed.OwnerWish == OwnerWish.Declines;
            await wishes.NoteAsync(report.Server, declines, cancellationToken);
        }

        if (wantsEvidence)
        {
            var late = taken.Outcome == Taken.Late;
            await evidence.AddAsync(EvidenceRow.Of(report, entry, late), cancellationToken);
        }
    }
}
