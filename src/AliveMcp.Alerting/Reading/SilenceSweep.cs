using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Archive.Drain;
using AliveMcp.Servers.Alerts;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Alerting.Reading;

/// <summary>
/// Finds servers of which no minute comes any more: nobody looks at them on purpose, or we are blind. When most of them are silent at once
/// it is we who fail, and no owner is told.
/// </summary>
internal sealed partial class SilenceSweep(
    PostgresDoors doors,
    IncidentOpener opener,
    TenantStandings tenants,
    TimeProvider clock,
    ILogger<SilenceSweep> log
)
{
    private const int Patience = 15;
    private const int Few = 20;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private DateTimeOffset _again;
    private bool _isOurs;

    /// <summary>Looks when it is time to. Called by whoever drains, and never beside it.</summary>
    public async Task LookAsync(IReadOnlyDictionary<Shard, ShardMemory> memories, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _again)
        {
            return;
        }

        _again = now + Every;
        var minute = MinuteStamp.Of(now);
        var silent = memories
            .Values.SelectMany(memory => memory.Servers.Values)
            .Where(server => IsSilent(server, minute))
            .ToList();
        var known = memories.Values.Sum(memory => memory.Servers.Count(server => !server.Value.IsResting));
        if (IsOurs(silent.Count, known) || silent.Count == 0)
        {
            return;
        }

        await TellAsync(silent, minute, cancellationToken);
    }

    private static bool IsSilent(KnownServer server, MinuteStamp now) =>
        !server.IsResting
        && server.Standing.IsArmed
        && !server.Standing.IsOpen(AlertKind.Blind)
        && server.Key.Tenant != TenantId.Public
        && now.Value - server.SeenUntil >= Math.Max(Patience, 3 * server.Weight);

    private bool IsOurs(int silent, int known)
    {
        var isOurs = silent > Few && silent * 2 > known;
        if (isOurs && !_isOurs)
        {
            LogOurs(silent, known);
        }

        return _isOurs = isOurs;
    }

    private async Task TellAsync(List<KnownServer> silent, MinuteStamp now, CancellationToken cancellationToken)
    {
        var suspended = await tenants.SuspendedAsync(cancellationToken);
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var shards = silent.Select(server => Shard.Of(server.Key.Server)).ToHashSet();
        var marks = await LogMarks.Alert.TakeAsync(connection, transaction, shards, cancellationToken);
        var servers = await AlertedServers.OfAsync(
            connection,
            [.. silent.Select(server => server.Key.Server)],
            cancellationToken
        );
        var report = new ChangeReport(clock.GetUtcNow());
        var settled = new List<(KnownServer Server, Tracked Tracked)>();
        foreach (var server in silent.Where(server => marks.ContainsKey(Shard.Of(server.Key.Server))))
        {
            if (!servers.TryGetValue(server.Key.Server, out var facts))
            {
                server.Rest();
                continue;
            }

            var settings = TrackerSettings.Of(facts.Alerts);
            var isWatched = !facts.IsPaused && !suspended.Contains(server.Key.Tenant);
            var tracked = isWatched
                ? StateTracker.Silence(server.Standing, server.Key, new MinuteStamp(server.SeenUntil), now, settings)
                : StateTracker.Unwatch(server.Standing, server.Key, now, settings);
            settled.Add((server, tracked));
            report.Add(facts, null, tracked);
        }

        await StandingTable.SaveAsync(
            transaction,
            [.. settled.Select(one => (one.Server.Key, one.Tracked.Standing))],
            cancellationToken
        );
        await opener.WriteAsync(transaction, report, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var (server, tracked) in settled)
        {
            server.Settle(tracked.Standing);
            server.Rest();
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "No minutes come of {Silent} of {Known} servers: that is our own failure, and their owners are not told"
    )]
    private partial void LogOurs(int silent, int known);
}
