-- Servers that are looked at alike at one URL share one look. The key says who is alike; null: it is looked at for itself alone.

CREATE FUNCTION servers.probe_key(
    url text, transport smallint, expects smallint, tools text[], timeout_ms integer, slow_after_ms integer, weight smallint, regions text[]
) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = ''
    AS $$
    SELECT pg_catalog.md5(jsonb_build_array(url, transport, expects, tools, timeout_ms, slow_after_ms, weight, regions)::text)::uuid $$;

ALTER TABLE servers.server ADD COLUMN probe_key uuid GENERATED ALWAYS AS (
    CASE WHEN test_calls = '[]' AND health IS NULL
        THEN servers.probe_key(canonical_url, transport, expects, expected_tools, timeout_ms, slow_after_ms, weight, regions) END
) STORED;
CREATE INDEX server_alike ON servers.server (probe_key, server_id)
    WHERE paused_at IS NULL AND erase_asked_at IS NULL AND probe_key IS NOT NULL;
