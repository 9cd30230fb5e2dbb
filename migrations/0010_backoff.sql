-- Until when a server asked us to stay away, and how long we last did.

ALTER TABLE collector.server_memory ADD COLUMN backoff_until timestamptz;
ALTER TABLE collector.server_memory ADD COLUMN backoff_minutes smallint NOT NULL DEFAULT 0 CHECK (backoff_minutes BETWEEN 0 AND 60);
COMMENT ON COLUMN collector.server_memory.backoff_until IS 'No look is planned before this; null: it did not ask since it last answered.';

-- The planner reads the few servers that are looked at otherwise than their owners chose.
CREATE INDEX server_memory_slowed ON collector.server_memory (server_id)
    WHERE backoff_until IS NOT NULL OR delete_refused OR issues_sessions;
