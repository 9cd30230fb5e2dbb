using AliveMcp.Alerting.Incidents;
using AliveMcp.Storage.Install;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Logging;

namespace AliveMcp.StatusPages.Incidents;

/// <summary>Reads incidents for pages and feeds, with the little patience that a public read has.</summary>
internal sealed partial class IncidentSource(
    ToldIncidents told,
    InstallNumber install,
    TimeProvider clock,
    ILogger<IncidentSource> log
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Those that began within a window or lasted into it, the newest first; null when it cannot be said now.</summary>
    public Task<IReadOnlyList<ToldIncident>?> BetweenAsync(
        ServerKey server,
        DateTimeOffset from,
        DateTimeOffset to,
        int most
    ) => TryAsync<ToldIncident>(server, async deadline => await told.OfAsync(server, from, to, most, deadline));

    /// <summary>The one of this number, or none; null when it cannot be said now.</summary>
    public Task<IReadOnlyList<ToldIncident>?> FindAsync(ServerKey server, IncidentId id) =>
        TryAsync<ToldIncident>(
            server,
            async deadline => await told.FindAsync(server, id, deadline) is { } found ? [found] : []
        );

    /// <summary>Of this install; null when it cannot be said now.</summary>
    public async Task<FeedIds?> IdsAsync(ServerKey server) =>
        await TryAsync<Guid>(server, async deadline => [await install.ReadAsync(deadline)]) is [var number]
            ? new FeedIds(number)
            : null;

    private async Task<IReadOnlyList<T>?> TryAsync<T>(
        ServerKey server,
        Func<CancellationToken, Task<IReadOnlyList<T>?>> read
    )
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        try
        {
            return await read(deadline.Token);
        }
#pragma warning disable CA1031 // Whatever failed, the reader is told that it cannot be said now; it is told here.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            CouldNotRead(log, server, fault);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The incidents of server {Server} could not be read.")]
    private static partial void CouldNotRead(ILogger log, ServerKey server, Exception fault);
}
