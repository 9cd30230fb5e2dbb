using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>What waits in the pipeline and what it gave up, of all tenants: counts alone, for operators.</summary>
internal sealed class AlertBacklog(PostgresDoors doors, TimeProvider clock)
{
    private const string Sql = """
        SELECT (SELECT count(*)::int FROM alerting.alert WHERE routed_at IS NULL) AS Unrouted,
            (SELECT min(told_at) FROM alerting.alert WHERE routed_at IS NULL) AS UnroutedSince,
            (SELECT count(*)::int FROM alerting.delivery WHERE state = 'waiting' AND next_at <= @now) AS Due,
            (SELECT min(next_at) FROM alerting.delivery WHERE state = 'waiting' AND next_at <= @now) AS DueSince,
            (SELECT count(*)::int FROM alerting.delivery WHERE state = 'waiting' AND tries > 0) AS Retrying,
            (SELECT count(*)::int FROM alerting.delivery WHERE state = 'dead' AND ended_at > @yesterday) AS DeadInADay
        """;

    public async Task<SeenBacklog> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<SeenBacklog>(
            new CommandDefinition(
                Sql,
                new { now, yesterday = now - TimeSpan.FromDays(1) },
                cancellationToken: cancellationToken
            )
        );
    }
}

/// <summary>How far the pipeline is behind.</summary>
internal sealed record SeenBacklog
{
    /// <summary>Alerts that wait for their route.</summary>
    public int Unrouted { get; init; }

    /// <summary>The oldest of them; null: none waits.</summary>
    public DateTimeOffset? UnroutedSince { get; init; }

    /// <summary>Messages that may leave and have not.</summary>
    public int Due { get; init; }

    /// <summary>The oldest of them; null: none is due.</summary>
    public DateTimeOffset? DueSince { get; init; }

    /// <summary>Messages that a sink has not taken yet and that are tried again.</summary>
    public int Retrying { get; init; }

    /// <summary>Messages that were given up in the last 24 hours.</summary>
    public int DeadInADay { get; init; }
}
