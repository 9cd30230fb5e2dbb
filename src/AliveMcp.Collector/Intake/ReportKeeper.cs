using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Memory;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Collector.Intake;

/// <summary>What reports leave behind besides the minute: the server's memory, and evidence where it is worth keeping. Best effort.</summary>
internal sealed partial class ReportKeeper(
    SettingsCache settings,
    ServerMemories memories,
    SideNotes notes,
    TimeProvider time,
    ILogger<ReportKeeper> logger
)
{
    /// <summary>
    /// Of one batch. The prober's next batch waits for it, and when a whole network fails every report says something new: one after the
    /// other they would hold up the minutes that they are kept beside.
    /// </summary>
    private const int AtOnce = 16;

    public async Task KeepAsync(IReadOnlyList<TakenReport> reports, CancellationToken cancellationToken)
    {
        try
        {
            var servers = reports.Select(report => (report.Report!.Server.Server, 0)).Distinct().ToList();
            var found = await settings.OfAsync(servers, cancellationToken);
            await Parallel.ForEachAsync(
                reports.GroupBy(report => report.Report!.Server.Server).Where(own => found.ContainsKey(own.Key)),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (own, stop) =>
                {
                    foreach (var taken in own)
                    {
                        await KeepAsync(taken, found[own.Key].Url.OriginalString, stop);
                    }
                }
            );
        }
        catch (NpgsqlException fault)
        {
            NotKept(logger, reports.Count, fault.Message);
        }
    }

    private async Task KeepAsync(TakenReport taken, string url, CancellationToken cancellationToken)
    {
        var (report, entry) = (taken.Report!, taken.Entry!);
        var now = time.GetUtcNow();
        var wanted = false;
        await memories.ChangeAsync(
            report.Server,
            url,
            memory =>
            {
                wanted = MemoryRule.WantsEvidence(memory, entry, now);
                return MemoryRule.Learn(memory, entry, report.Observed, now);
            },
            cancellationToken
        );
        await notes.KeepAsync(taken, wanted, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What {Count} reports brought besides was not kept: {Fault}")]
    private static partial void NotKept(ILogger logger, int count, string fault);
}
