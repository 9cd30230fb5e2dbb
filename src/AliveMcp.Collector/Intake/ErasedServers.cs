using System.Text.Json;
using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Memory;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Dapper;
using StackExchange.Redis;

namespace AliveMcp.Collector.Intake;

/// <summary>
/// Deletes what Redis holds of an erased server, by name and never by a scan: what is at hand of it, and every minute it can still have.
/// The row of the outbox is done only when Redis has answered; until then it comes again.
/// </summary>
internal sealed class ErasedServers(
    PostgresDoors postgres,
    RedisDoor redis,
    RedisClock clock,
    SettingsCache settings,
    ServerMemories memories
)
{
    private static readonly OutboxReader Reader = new("collector");

    /// <returns>How many servers were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var records = await Reader.TakeAsync(connection, transaction, 20, cancellationToken);
        foreach (var record in records.Where(record => record.Topic == ServerTopics.Erased.Name))
        {
            var erased = JsonSerializer.Deserialize<ServerErased>(record.Json, OutboxTopic.Json)!;
            await ForgetAsync(new ServerId(erased.ServerId));
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "UPDATE erasure.tombstone SET keys_deleted_at = now() WHERE server_id = @ServerId",
                    erased,
                    transaction,
                    cancellationToken: cancellationToken
                )
            );
        }

        await transaction.CommitAsync(cancellationToken);
        return records.Count;
    }

    private async Task ForgetAsync(ServerId server)
    {
        settings.Forget(server);
        memories.Forget(server);
        var newest = MinuteStamp.Of(await clock.NowAsync()) + 2;
        var minutes = Enumerable
            .Range(0, (int)MinuteTimes.Kept.TotalMinutes + 5)
            .Select(back => newest - back)
            .ToList();
        var shard = Shard.Of(server);
        await redis.Database.KeyDeleteAsync([
            CollectorKeys.Hot(server),
            .. minutes.Select(minute => CollectorKeys.Minute(server, minute)),
        ]);
        RedisValue[] members = [.. minutes.Select(minute => (RedisValue)HandoverKeys.Member(server, minute))];
        await redis.Database.SortedSetRemoveAsync(CollectorKeys.Due(shard), members);
        await ForgetLogAsync(shard, server);
        await redis.Database.HashDeleteAsync(CollectorKeys.Rounds(shard), server.Value);
    }

    /// <summary>A shard's log holds what was not archived yet, seconds of it as a rule: it is looked through, in pages.</summary>
    private async Task ForgetLogAsync(Shard shard, ServerId server)
    {
        const int page = 1_000;
        var (log, own, after) = (CollectorKeys.Log(shard), LogEntry.Beginning(server), 0.0);
        SortedSetEntry[] read;
        do
        {
            read = await redis.Database.SortedSetRangeByScoreWithScoresAsync(
                log,
                after,
                double.PositiveInfinity,
                Exclude.Start,
                Order.Ascending,
                0,
                page
            );
            RedisValue[] members =
            [
                .. read.Select(entry => entry.Element).Where(member => ((byte[])member!).AsSpan().StartsWith(own)),
            ];
            if (members.Length > 0)
            {
                await redis.Database.SortedSetRemoveAsync(log, members);
            }

            after = read.Length == 0 ? after : read[^1].Score;
        } while (read.Length == page);
    }
}
