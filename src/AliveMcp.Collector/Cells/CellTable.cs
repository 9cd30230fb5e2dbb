using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Dapper;

namespace AliveMcp.Collector.Cells;

/// <summary>
/// Tables <c>collector.cell_row</c>, the newest rows of each region for a week at most, and <c>collector.tenant_kills</c>, two days. Nothing is
/// written of an erased tenant.
/// </summary>
internal sealed class CellTable(PostgresDoors postgres)
{
    /// <summary>Rows kept of one region: the holder of one region's token does not push out another's.</summary>
    public const int Most = 5_000;

    private const string Add = """
        INSERT INTO collector.cell_row (region, prober, lane, tenant_id, ended, exit_code, orders, unanswered, cpu_ms, rss,
            wall_ms, bytes)
        SELECT @region, @prober, cell.*
        FROM unnest(@lanes, @tenants, @ends, @exits, @orders, @open, @cpu, @rss, @wall, @bytes)
            AS cell (lane, tenant_id, ended, exit_code, orders, unanswered, cpu_ms, rss, wall_ms, bytes)
        WHERE NOT EXISTS (SELECT FROM erasure.tenant_tombstone AS stone WHERE stone.tenant_id = cell.tenant_id);
        DELETE FROM collector.cell_row WHERE region = @region AND cell_row_id <= (
            SELECT cell_row_id FROM collector.cell_row WHERE region = @region
            ORDER BY cell_row_id DESC OFFSET @most LIMIT 1);
        DELETE FROM collector.cell_row WHERE created_at < now() - interval '7 days'
        """;

    private const string Note = """
        INSERT INTO collector.tenant_kills (tenant_id, region, prober, kills, throttled)
        SELECT killed.tenant_id, @region, @prober, killed.kills, killed.throttled
        FROM unnest(@tenants, @kills, @throttled) AS killed (tenant_id, kills, throttled)
        WHERE NOT EXISTS (SELECT FROM erasure.tenant_tombstone AS stone WHERE stone.tenant_id = killed.tenant_id)
        ORDER BY 1
        ON CONFLICT (tenant_id, region) DO UPDATE
            SET prober = excluded.prober, kills = excluded.kills, throttled = excluded.throttled, seen_at = now();
        DELETE FROM collector.tenant_kills WHERE seen_at < now() - interval '2 days'
        """;

    /// <summary>Whoever sets the mark tells; others, and other regions, find it set.</summary>
    private const string Mark = """
        UPDATE collector.tenant_kills AS mine SET told_at = now()
        WHERE region = @region AND tenant_id = ANY(@tenants) AND throttled AND NOT EXISTS (
            SELECT FROM collector.tenant_kills AS known
            WHERE known.tenant_id = mine.tenant_id AND known.told_at > now() - interval '1 day')
        RETURNING tenant_id
        """;

    public async Task AddAsync(
        Region region,
        string prober,
        IReadOnlyList<CellLine> cells,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            region = region.Name,
            prober,
            lanes = Of(cells, cell => cell.Lane),
            tenants = Of(cells, cell => cell.Tenant),
            ends = Of(cells, cell => cell.End),
            exits = Of(cells, cell => cell.ExitCode),
            orders = Of(cells, cell => cell.Orders),
            open = Of(cells, cell => cell.Open),
            cpu = Of(cells, cell => (long)cell.Cpu.TotalMilliseconds),
            rss = Of(cells, cell => cell.Rss),
            wall = Of(cells, cell => (long)cell.Wall.TotalMilliseconds),
            bytes = Of(cells, cell => cell.Bytes),
            most = Most,
        };
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Add, values, cancellationToken: cancellationToken));
    }

    /// <summary>Notes what a region's prober says of tenants, each once.</summary>
    /// <returns>Those that are looked at less often, and of whom nobody was told within a day.</returns>
    public async Task<IReadOnlyList<int>> NoteAsync(
        Region region,
        string prober,
        IReadOnlyList<CellKills> killed,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            region = region.Name,
            prober,
            tenants = Of(killed, tenant => tenant.Tenant),
            kills = Of(killed, tenant => tenant.Kills),
            throttled = Of(killed, tenant => tenant.Throttled),
        };
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Note, values, cancellationToken: cancellationToken));
        return
        [
            .. await connection.QueryAsync<int>(
                new CommandDefinition(Mark, values, cancellationToken: cancellationToken)
            ),
        ];
    }

    private static T[] Of<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value) => [.. rows.Select(value)];
}
