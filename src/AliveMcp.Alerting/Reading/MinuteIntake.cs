using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Archive.Drain;
using AliveMcp.Servers.Alerts;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Alerting.Reading;

/// <summary>Applies minutes to what is known of their servers, inside the caller's transaction. A live minute like those before costs neither a question nor a row.</summary>
internal sealed partial class MinuteIntake(IncidentOpener opener, TimeProvider clock, ILogger<MinuteIntake> log)
{
    /// <summary>Loads what is stored of the servers of some shards.</summary>
    public async Task RememberAsync(
        NpgsqlTransaction transaction,
        IReadOnlyDictionary<Shard, ShardMemory> memories,
        IReadOnlyCollection<Shard> shards,
        CancellationToken cancellationToken
    )
    {
        var now = MinuteStamp.Of(clock.GetUtcNow());
        foreach (var (server, standing) in await StandingTable.LoadAsync(transaction, shards, cancellationToken))
        {
            memories[Shard.Of(server.Server)].Servers[server.Server] = new KnownServer(server, standing, now.Value);
        }
    }

    /// <summary>Applies every minute whose turn it is; returns how many there were.</summary>
    public async Task<int> ApplyAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<(ShardMemory Memory, IReadOnlyList<SealedMinute> Read)> pages,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var (count, news) = (0, new List<News>());
        foreach (var (memory, read) in pages)
        {
            foreach (var minute in read)
            {
                Take(memory, minute, now);
            }

            foreach (var (server, minute) in memory.Take(now))
            {
                count++;
                // Behind a minute that says something new all of them do: it may change what is plain.
                if (
                    (news.Count > 0 && news[^1].Server == server) || !StateTracker.IsPlain(server.Standing, minute.Skim)
                )
                {
                    news.Add(new News(memory, server, minute));
                }
            }
        }

        if (news.Count > 0)
        {
            await TellAsync(transaction, news, cancellationToken);
        }

        return count;
    }

    private void Take(ShardMemory memory, SealedMinute minute, DateTimeOffset now)
    {
        try
        {
            if (minute.Packed is not { } packed)
            {
                return;
            }

            var skim = MinuteSkim.Read(packed.Span);
            if (!memory.Servers.TryGetValue(skim.Server.Server, out var server))
            {
                server = new KnownServer(skim.Server, Standing.New, MinuteStamp.Of(now).Value);
                memory.Servers[skim.Server.Server] = server;
            }

            memory.Wait(server, new ReadMinute(minute.Seq, skim, packed));
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            // The archiver sets its bytes aside; here it is a minute that nobody saw.
            LogUnreadable(minute.Member, fault.Message);
        }
    }

    private async Task TellAsync(NpgsqlTransaction transaction, List<News> news, CancellationToken cancellationToken)
    {
        var servers = await AlertedServers.OfAsync(
            transaction.Connection!,
            [.. news.Select(one => one.Server.Key.Server).Distinct()],
            cancellationToken
        );
        var changed = new HashSet<KnownServer>();
        var report = new ChangeReport(clock.GetUtcNow());
        foreach (var one in news)
        {
            if (!servers.TryGetValue(one.Server.Key.Server, out var facts) || facts.Key != one.Server.Key)
            {
                one.Memory.Forget(one.Server.Key.Server);
                continue;
            }

            var minute = TrackedMinute.Of(VerdictCodec.Unpack(one.Minute.Packed.Span));
            var tracked = StateTracker.Next(
                one.Server.Standing with
                {
                    Last = Math.Max(one.Server.Standing.Last, minute.Minute.Value - 1),
                },
                minute,
                TrackerSettings.Of(facts.Alerts)
            );
            if (one.Server.Settle(tracked.Standing))
            {
                changed.Add(one.Server);
            }

            report.Add(facts, minute, tracked);
        }

        await StandingTable.SaveAsync(
            transaction,
            [.. changed.Select(server => (server.Key, server.Standing))],
            cancellationToken
        );
        await opener.WriteAsync(transaction, report, cancellationToken);
    }

    private sealed record News(ShardMemory Memory, KnownServer Server, ReadMinute Minute);

    [LoggerMessage(LogLevel.Warning, "Sealed minute {Member} cannot be read and alerts nobody: {Reason}")]
    private partial void LogUnreadable(string member, string reason);
}
