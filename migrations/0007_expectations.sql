-- What an owner expects beyond the tool list: test calls, a health URL, and how long a look may take.

ALTER TABLE servers.server ADD COLUMN test_calls text NOT NULL DEFAULT '[]' CHECK (length(test_calls) <= 1048576);
ALTER TABLE servers.server ADD COLUMN health text CHECK (length(health) <= 8192);
ALTER TABLE servers.server ADD COLUMN timeout_ms integer CHECK (timeout_ms BETWEEN 1000 AND 30000);
ALTER TABLE servers.server ADD COLUMN slow_after_ms integer CHECK (slow_after_ms BETWEEN 100 AND 30000);
COMMENT ON COLUMN servers.server.test_calls IS 'A JSON list of calls, as text: compared byte by byte with what a file says.';
COMMENT ON COLUMN servers.server.health IS 'JSON: url, every (minutes), status, contains; null: none.';
COMMENT ON COLUMN servers.server.timeout_ms IS 'Longest time of one try; null: the default.';
COMMENT ON COLUMN servers.server.slow_after_ms IS 'Handshake and list above this are slow; null: the default.';
