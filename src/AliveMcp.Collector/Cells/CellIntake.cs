using AliveMcp.Collector.Fleet;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Collector.Cells;

/// <summary>Takes what probers tell of their cells: it is kept for operators, and they are told once a day whose servers are looked at less often.</summary>
internal sealed partial class CellIntake(CellTable table, ILogger<CellIntake> logger)
{
    /// <returns>What is wrong with it, as the desk spells it; null: it is taken.</returns>
    public async Task<string?> TakeAsync(WatchRegion caller, CellReport report, CancellationToken cancellationToken)
    {
        if (!CellShape.IsSound(report))
        {
            return "malformed";
        }

        var tenants = report
            .Cells.Select(cell => cell.Tenant)
            .Concat(report.Kills.Select(tenant => (int?)tenant.Tenant));
        if (caller.Tenant is { } owner && tenants.Any(tenant => tenant is not null && tenant != owner.Value))
        {
            return "not_theirs";
        }

        if (report.Cells.Count > 0)
        {
            await table.AddAsync(caller.Region, report.Prober, report.Cells, cancellationToken);
        }

        if (report.Kills.Count > 0)
        {
            await NoteAsync(caller.Region, report, cancellationToken);
        }

        return null;
    }

    private async Task NoteAsync(Region region, CellReport report, CancellationToken cancellationToken)
    {
        var untold = await table.NoteAsync(region, report.Prober, report.Kills, cancellationToken);
        foreach (var killed in report.Kills.Where(killed => untold.Contains(killed.Tenant)))
        {
            LessOften(logger, killed.Tenant, killed.Kills, report.Prober, region);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Cells of tenant {Tenant} had to be killed {Kills} times within an hour by prober {Prober} of {Region}: there each of its servers with a credential or a private address is looked at once in five minutes. Said once a day."
    )]
    private static partial void LessOften(ILogger logger, int tenant, int kills, string prober, Region region);
}
