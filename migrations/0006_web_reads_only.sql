-- The web role answers strangers. What was seen is not its to write: no slip in a request can change a sealed minute, lift a tombstone
-- or raise a plan. It writes the catalogue, keys and the outbox; everything else is the workers'.

REVOKE INSERT, UPDATE, DELETE ON
    tenancy.tenant,
    erasure.tombstone,
    collector.server_memory, collector.contract_version, collector.evidence,
    archive.verdict_minute, archive.verdict_hour, archive.verdict_day,
    archive.dirty_hour, archive.dirty_day, archive.watch_period
    FROM alivemcp_app;
