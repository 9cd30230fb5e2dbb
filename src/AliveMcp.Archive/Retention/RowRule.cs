namespace AliveMcp.Archive.Retention;

/// <summary>What goes row by row, a bounded number at a time. Never a minute, never what nobody has read yet, never what was set aside.</summary>
/// <param name="Surface">The table.</param>
/// <param name="Why">Why its rows go.</param>
/// <param name="Where">Which rows, as a condition on <c>old</c>.</param>
internal sealed record RowRule(string Surface, string Why, string Where)
{
    public static IReadOnlyList<RowRule> All { get; } =
    [
        new(
            "collector.evidence",
            "evidence older than 30 days, of failures older than 400",
            "old.minute < @evidence AND (old.state NOT IN (2, 3) OR old.minute < @failures)"
        ),
        new("storage.outbox", "records that their reader was done with 7 days ago", "old.processed_at < @told"),
        new(
            "archive.contract_drift",
            "declared drift from before the tenant's days and 30 days of grace",
            """
            EXISTS (SELECT FROM unnest(@tenants, @drift) AS own (tenant_id, first)
                WHERE own.tenant_id = old.tenant_id AND old.minute < own.first)
            """
        ),
        // A list seen first long ago may still be the one that is shown today, so age alone never decides: it stays while it is
        // the baseline, what any region saw last, or either side of a drift that is kept. One that comes again is brought again.
        new(
            "collector.contract_version",
            "lists from before the tenant's days and 30 days of grace that nothing refers to",
            """
            EXISTS (SELECT FROM unnest(@tenants, @drift) AS own (tenant_id, first)
                WHERE own.tenant_id = old.tenant_id AND old.first_seen < to_timestamp(own.first * 60.0))
            AND NOT EXISTS (SELECT FROM archive.settled_contract AS s WHERE s.server_id = old.server_id
                AND (s.full_hash = old.full_hash OR s.contract_hash = old.contract_hash))
            AND NOT EXISTS (SELECT FROM collector.server_memory AS m WHERE m.server_id = old.server_id
                AND (m.full_hash = old.full_hash OR m.contract_hash = old.contract_hash
                    OR EXISTS (SELECT FROM jsonb_each(m.regions) AS r WHERE r.value ->> 'full_hash' = old.full_hash)))
            AND NOT EXISTS (SELECT FROM archive.contract_drift AS d WHERE d.server_id = old.server_id
                AND (old.full_hash IN (d.from_list, d.to_list) OR old.contract_hash IN (d.from_hash, d.to_hash)))
            """
        ),
    ];
}
