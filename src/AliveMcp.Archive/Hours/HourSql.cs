namespace AliveMcp.Archive.Hours;

/// <summary>The one statement that writes closed hours.</summary>
internal static class HourSql
{
    /// <summary>A server that changed its retention class within the hour has its row in one class only.</summary>
    public const string Store = """
        WITH new AS (
            SELECT * FROM unnest(
                @servers, @hours, @tenants, @retentions, @minutes, @live, @degraded, @down, @unknown, @maintenance,
                @tries, @failed, @packed, @latency, @regions, @marks)
            AS one (server_id, hour, tenant_id, retention, minutes, live, degraded, down, unknown, maintenance,
                tries, failed_tries, packed, latency, regions, marks)
            WHERE NOT EXISTS (SELECT FROM erasure.tombstone AS gone WHERE gone.server_id = one.server_id)),
        moved AS (
            DELETE FROM archive.verdict_hour AS old USING new
            WHERE old.server_id = new.server_id AND old.hour = new.hour AND old.retention <> new.retention),
        days AS (
            INSERT INTO archive.dirty_day (day, server_id, tenant_id)
            SELECT DISTINCT hour / 24, server_id, tenant_id FROM new ORDER BY 1, 2
            ON CONFLICT (day, server_id) DO UPDATE SET touched = dirty_day.touched + 1)
        INSERT INTO archive.verdict_hour (
            server_id, hour, tenant_id, retention, minutes, live, degraded, down, unknown, maintenance,
            tries, failed_tries, packed, latency, regions, marks)
        SELECT * FROM new
        ON CONFLICT (server_id, hour, retention) DO UPDATE SET
            minutes = excluded.minutes, live = excluded.live, degraded = excluded.degraded, down = excluded.down,
            unknown = excluded.unknown, maintenance = excluded.maintenance, tries = excluded.tries,
            failed_tries = excluded.failed_tries, packed = excluded.packed, latency = excluded.latency,
            regions = excluded.regions, marks = excluded.marks
        """;
}
