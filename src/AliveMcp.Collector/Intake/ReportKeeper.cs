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
    public async Task KeepAsync(IReadOnlyList<TakenReport> reports, CancellationToken cancellationToken)
    {
        try
        {
            var servers = reports.Select(report => (report.Report!.Server.Server, 0)).Distinct().ToList();
            var found = await settings.OfAsync(servers, cancellationToken);
            foreach (var taken in reports)
            {
                if (found.TryGetValue(taken.Report!.Server.Server, out var server))
                {
                    await KeepAsync(taken, server.Url.OriginalString, cancellationToken);
                }
            }
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
