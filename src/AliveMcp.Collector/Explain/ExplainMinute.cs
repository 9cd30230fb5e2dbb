using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Minutes;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;
using Dapper;
using StackExchange.Redis;

namespace AliveMcp.Collector.Explain;

/// <summary>Tells how a minute went from plan to seal. Changes nothing.</summary>
public sealed class ExplainMinute(RedisDoor redis, PostgresDoors postgres)
{
    /// <returns>Null when Redis does not know the minute of this tenant's server: never planned, trimmed since, or lost.</returns>
    public async Task<MinuteStory?> ExplainAsync(
        ServerKey server,
        MinuteStamp minute,
        CancellationToken cancellationToken
    )
    {
        var fields = await redis.Database.HashGetAllAsync(CollectorKeys.Minute(server.Server, minute));
        var packed = fields.FirstOrDefault(field => field.Name == "sealed").Value;
        var verdict = packed.IsNull ? null : VerdictCodec.Unpack((byte[])packed!);
        var open = verdict is null ? OpenMinute.Read(fields) : null;
        var plan = verdict?.Plan ?? open?.Plan;
        if (plan is null || plan.Server != server)
        {
            return null;
        }

        return new MinuteStory
        {
            Plan = plan,
            Waiting = await WaitingAsync(plan),
            Entries = open?.Entries ?? [],
            Deadline = verdict is null ? minute.Start + MinuteTimes.Deadline : null,
            Verdict = verdict,
            Evidence = await EvidenceAsync(server, minute, cancellationToken),
            StaysAwayUntil = await StaysAwayUntilAsync(server, cancellationToken),
        };
    }

    /// <returns>Until when the server asked us to wait, if that is still to come at the minute's end; else null.</returns>
    public async Task<DateTimeOffset?> WaitsAsync(ServerId server, MinuteStamp minute) =>
        await BackoffNote.ReadAsync(redis.Database, server) is { } until && until > (minute + 1).Start ? until : null;

    private async Task<IReadOnlyList<WaitingTicket>> WaitingAsync(MinutePlan plan)
    {
        RedisValue member = HandoverKeys.Member(plan.Server.Server, plan.Minute);
        var waiting = new List<WaitingTicket>();
        foreach (var region in plan.Regions)
        {
            foreach (var lane in Enum.GetValues<Lane>())
            {
                if (await redis.Database.SortedSetScoreAsync(CollectorKeys.Queue(region, lane), member) is { } start)
                {
                    waiting.Add(new WaitingTicket(region, lane, DateTimeOffset.FromUnixTimeMilliseconds((long)start)));
                }
            }
        }

        return waiting;
    }

    private async Task<DateTimeOffset?> StaysAwayUntilAsync(ServerKey server, CancellationToken cancellationToken)
    {
        const string sql =
            "SELECT backoff_until FROM collector.server_memory WHERE server_id = @server AND backoff_until > now()";
        await using var session = await postgres.OpenAsync(server.Tenant, cancellationToken);
        return
            await session.Connection.ExecuteScalarAsync<DateTime?>(
                new CommandDefinition(
                    sql,
                    new { server = server.Server.Value },
                    session.Transaction,
                    cancellationToken: cancellationToken
                )
            )
                is { } until
            ? new DateTimeOffset(until, TimeSpan.Zero)
            : null;
    }

    private async Task<IReadOnlyList<EvidenceLine>> EvidenceAsync(
        ServerKey server,
        MinuteStamp minute,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT region, state, why, late, detail FROM collector.evidence
            WHERE server_id = @server AND minute = @minute ORDER BY evidence_id LIMIT 100
            """;
        await using var session = await postgres.OpenAsync(server.Tenant, cancellationToken);
        var rows = await session.Connection.QueryAsync<(
            string Region,
            short State,
            short Why,
            bool Late,
            string? Detail
        )>(
            new CommandDefinition(
                sql,
                new { server = server.Server.Value, minute = minute.Value },
                session.Transaction,
                cancellationToken: cancellationToken
            )
        );
        return
        [
            .. rows.Select(row => new EvidenceLine(
                Region.Of(row.Region),
                (ServerState)row.State,
                (Why)row.Why,
                row.Late,
                row.Detail
            )),
        ];
    }
}
