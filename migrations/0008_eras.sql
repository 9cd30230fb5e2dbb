-- When the era that probes do not come in by answered last, and what the timeline says when the remembered era changes.

ALTER TABLE collector.server_memory ADD COLUMN other_leg_at timestamptz;
COMMENT ON COLUMN collector.server_memory.other_leg_at IS 'The other protocol era answered last at; null: it never did.';
COMMENT ON TABLE servers.event IS
    'The timeline of a server: created, url_changed, paused, resumed, made_public, made_private, era_changed.';
