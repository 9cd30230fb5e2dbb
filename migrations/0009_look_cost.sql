-- What one ordinary look costs the server that is watched; its page says so.

ALTER TABLE collector.server_memory ADD COLUMN look_requests integer;
ALTER TABLE collector.server_memory ADD COLUMN look_bytes bigint;
COMMENT ON COLUMN collector.server_memory.look_requests IS 'Requests of one ordinary look; null: none was whole yet.';
COMMENT ON COLUMN collector.server_memory.look_bytes IS 'Bytes that one ordinary look received, to within an eighth.';
