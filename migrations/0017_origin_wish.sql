-- Origins whose owners asked us not to watch what nobody has claimed there (/.well-known/alivemcp.json), and when we last read it.
-- A row holds for a day; then the origin is asked again before anything else is asked of it.

CREATE TABLE servers.origin_wish (
    origin  text PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON servers.origin_wish TO alivemcp_worker;
GRANT SELECT ON servers.origin_wish TO alivemcp_app;

ALTER TABLE collector.server_memory ADD COLUMN owner_asked_at timestamptz;
COMMENT ON COLUMN collector.server_memory.owner_asked_at IS 'When an unclaimed listing''s origin was last asked whether we may watch; null: never.';
