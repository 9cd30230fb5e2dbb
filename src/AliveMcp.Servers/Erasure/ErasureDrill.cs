using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Erasure;

/// <summary>
/// Erases somebody who never was: makes a tenant with a server and a row on every surface, erases it, and looks for what is left, by the
/// database's own catalogue and by name in Redis.
/// </summary>
public sealed class ErasureDrill(
    PostgresDoors doors,
    RedisDoor redis,
    TenantEraser eraser,
    ErasureTraces traces,
    TimeProvider clock
)
{
    private static readonly Actor Drill = Actor.System with { Name = "erasure drill" };
    private static readonly TimeSpan KeysWithin = TimeSpan.FromSeconds(60);

    /// <summary>Takes this period's turn; false when another process has it, or the period is not over.</summary>
    public async Task<bool> TakeTurnAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE erasure.drill SET last_at = now() WHERE last_at <= now() - @period";
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(
                new CommandDefinition(sql, new { period }, cancellationToken: cancellationToken)
            ) > 0;
    }

    /// <summary>One drill. What a drill before this one left half done is erased first.</summary>
    public async Task<DrillOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await EraseLeftAsync(cancellationToken);
        var server = await PlantAsync(cancellationToken);
        await redis.Database.StringSetAsync(HandoverKeys.Hot(server.Server), "drill");
        var planted = await traces.OfTenantAsync(server.Tenant, cancellationToken);
        await eraser.EraseAsync(server.Tenant, Drill, cancellationToken);
        var left = await traces.OfTenantAsync(server.Tenant, cancellationToken);
        var keysLeft = await KeysLeftAsync(server.Server, cancellationToken);
        return new DrillOutcome(server, await UnplantedAsync(planted, cancellationToken), left, keysLeft)
        {
            Planted = planted,
        };
    }

    private async Task EraseLeftAsync(CancellationToken cancellationToken)
    {
        // A younger one may be another drill's, which is not done with it.
        const string sql = """
            SELECT tenant_id FROM tenancy.tenant
            WHERE slug LIKE 'erasure-drill-%' AND tenant_id >= 2000000000 AND created_at < now() - interval '10 minutes'
            """;
        foreach (var tenant in await AskAsync<int>(sql, cancellationToken))
        {
            await eraser.EraseAsync(new TenantId(tenant), Drill, cancellationToken);
        }
    }

    private async Task<ServerKey> PlantAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var (tenant, server) = await connection.QuerySingleAsync<(int, int)>(
            new CommandDefinition("SELECT tenant, server FROM erasure.plant()", cancellationToken: cancellationToken)
        );
        return new ServerKey(new TenantId(tenant), new ServerId(server));
    }

    /// <summary>Tables that hold rows of servers or tenants, and of which the drill had none: it would prove nothing of them.</summary>
    private async Task<IReadOnlyList<string>> UnplantedAsync(
        IReadOnlyList<SurfaceRows> planted,
        CancellationToken cancellationToken
    )
    {
        var tables = await traces.TablesAsync(cancellationToken);
        return [.. tables.Except(planted.Select(surface => surface.Relation), StringComparer.Ordinal)];
    }

    /// <summary>Redis is emptied by the collector, which is told through the outbox.</summary>
    private async Task<bool> KeysLeftAsync(ServerId server, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + KeysWithin;
        while (await redis.Database.KeyExistsAsync(HandoverKeys.Hot(server)))
        {
            if (clock.GetUtcNow() >= until)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancellationToken);
        }

        return false;
    }

    private async Task<IReadOnlyList<T>> AskAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<T>(new CommandDefinition(sql, cancellationToken: cancellationToken));
        return rows.AsList();
    }
}

/// <summary>How a drill went.</summary>
/// <param name="Server">Whom it erased.</param>
/// <param name="Untried">Tables of which it had no row.</param>
/// <param name="Left">What was found after the erasure.</param>
/// <param name="KeysLeft">Redis still held the server after a minute.</param>
public sealed record DrillOutcome(
    ServerKey Server,
    IReadOnlyList<string> Untried,
    IReadOnlyList<SurfaceRows> Left,
    bool KeysLeft
)
{
    /// <summary>What was there before.</summary>
    public IReadOnlyList<SurfaceRows> Planted { get; init; } = [];

    /// <summary>Everything was tried and nothing is left.</summary>
    public bool IsOk => Untried.Count == 0 && Left.Count == 0 && !KeysLeft;

    /// <summary>In one sentence; names the tables when it did not go well.</summary>
    public override string ToString() =>
        IsOk
            ? $"{Planted.Sum(surface => surface.Rows)} rows on {Planted.Count} surfaces erased, none left"
            : $"left: [{string.Join(", ", Left.Select(surface => $"{surface.Relation} {surface.Rows}"))}], "
                + $"not tried: [{string.Join(", ", Untried)}], keys in Redis: {(KeysLeft ? "left" : "none")}";
}
