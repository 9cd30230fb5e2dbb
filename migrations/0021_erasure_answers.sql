-- The answer of every table that there is; see erasure.cover.

-- The row of a set-aside record knows its server when the record can be read that far; its tenant always.
ALTER TABLE archive.set_aside ADD COLUMN told_by integer;
COMMENT ON COLUMN archive.set_aside.told_by IS 'The tenant of an outbox record; null: a sealed minute, of which the server alone is known.';

-- Hours before days before months, as those who compute them take them; the server's own row last. Samples are of now, and none is due to
-- be worked on.
SELECT erasure.cover('archive.dirty_hour', 1, $$
    INSERT INTO archive.dirty_hour (hour, server_id, tenant_id, come_back_at) VALUES (0, %2$s, %1$s, 'infinity') $$);
SELECT erasure.cover('archive.dirty_day', 2, $$
    INSERT INTO archive.dirty_day (day, server_id, tenant_id, come_back_at) VALUES (0, %2$s, %1$s, 'infinity') $$);
SELECT erasure.cover('archive.dirty_month', 3, $$
    INSERT INTO archive.dirty_month (month, server_id, tenant_id, come_back_at) VALUES (0, %2$s, %1$s, 'infinity') $$);
SELECT erasure.cover('archive.contract_doubt', 4, $$
    INSERT INTO archive.contract_doubt (server_id, tenant_id, come_back_at) VALUES (%2$s, %1$s, 'infinity') $$);
SELECT erasure.cover('archive.contract_drift', 4, $$
    INSERT INTO archive.contract_drift (tenant_id, server_id, minute, kind, from_hash, to_hash, to_list, from_key, to_key,
        gravest, classes, change_count, changes)
    VALUES (%1$s, %2$s, extract(epoch FROM now())::integer / 60, 1, 'a', 'b', 'b', '{}', '{}', 0, '{}', 0, '[]') $$);
SELECT erasure.cover('archive.settled_contract', 4, $$
    INSERT INTO archive.settled_contract (server_id, tenant_id, mark, contract_hash, url, minute, recent_marks, recent_minutes)
    VALUES (%2$s, %1$s, 1, 'a', 'https://drill.invalid/mcp', extract(epoch FROM now())::integer / 60, '{}', '{}') $$);
SELECT erasure.cover('archive.set_aside', 4, $$
    INSERT INTO archive.set_aside (source, member, member_hash, server_id, reason, packed, come_back_at)
    VALUES ('drill', '%2$s:0', sha256('%2$s:0'), %2$s, 'a drill', '\x00', 'infinity') $$);
SELECT erasure.cover('archive.verdict_minute', 4, $$
    SELECT archive.make_minute_day(extract(epoch FROM now())::integer / 86400);
    INSERT INTO archive.verdict_minute (minute, server_id, tenant_id, state, why, weight, maintenance, packed)
    VALUES ((extract(epoch FROM now())::integer / 86400) * 1440 + 1439, %2$s, %1$s, 1, 0, 1, false, '\x00') $$,
    false, 'the drain holds its shards'' marks while it looks for stones and writes',
    'minute = ANY(ARRAY(SELECT day * 1440 + place FROM archive.minute_days() AS day, generate_series(0, 1439) AS place))');
SELECT erasure.cover('archive.verdict_hour', 4, $$
    SELECT archive.make_hour_month(1::smallint, extract(epoch FROM now())::integer / 3600);
    INSERT INTO archive.verdict_hour (server_id, hour, tenant_id, retention, minutes, live, degraded, down, unknown,
        maintenance, tries, failed_tries, packed, latency, regions, marks)
    VALUES (%2$s, extract(epoch FROM now())::integer / 3600, %1$s, 1, 60, 60, 0, 0, 0, 0, 60, 0, '\x00', '\x00', '\x00', '\x00') $$);
SELECT erasure.cover('archive.verdict_day', 4, $$
    SELECT archive.make_day_year(1::smallint, extract(epoch FROM now())::integer / 86400);
    INSERT INTO archive.verdict_day (server_id, day, tenant_id, retention, hours, live, degraded, down, unknown,
        maintenance, tries, failed_tries, latency)
    VALUES (%2$s, extract(epoch FROM now())::integer / 86400, %1$s, 1, 24, 1440, 0, 0, 0, 0, 1440, 0, '\x00') $$);
SELECT erasure.cover('archive.verdict_month', 4, $$
    SELECT archive.make_month_year(1::smallint, archive.month_of(extract(epoch FROM now())::integer / 86400));
    INSERT INTO archive.verdict_month (server_id, month, tenant_id, retention, days, live, degraded, down, unknown,
        maintenance, tries, failed_tries, latency)
    VALUES (%2$s, archive.month_of(extract(epoch FROM now())::integer / 86400), %1$s, 1, 30, 43200, 0, 0, 0, 0, 43200, 0, '\x00') $$);
SELECT erasure.cover('archive.watch_period', 4, $$
    INSERT INTO archive.watch_period (server_id, from_minute, weight, tenant_id) VALUES (%2$s, 0, 1, %1$s) $$);
SELECT erasure.cover('collector.contract_version', 4, $$
    INSERT INTO collector.contract_version (tenant_id, server_id, full_hash, contract_hash, tool_count, tool_names, bytes)
    VALUES (%1$s, %2$s, 'sha256:' || repeat('0', 64), 'sha256:' || repeat('0', 64), 0, '{}', 2) $$);
SELECT erasure.cover('collector.evidence', 4, $$
    INSERT INTO collector.evidence (tenant_id, server_id, minute, region, state, why, late)
    VALUES (%1$s, %2$s, extract(epoch FROM now())::integer / 60, 'drill', 3, 1, false) $$);
SELECT erasure.cover('collector.server_memory', 4, $$
    INSERT INTO collector.server_memory (server_id, tenant_id, url) VALUES (%2$s, %1$s, 'https://drill.invalid/mcp') $$);
SELECT erasure.cover('servers.maintenance', 4, $$
    INSERT INTO servers.maintenance (tenant_id, server_id, from_at, to_at) VALUES (%1$s, %2$s, now(), now() + interval '1 hour') $$);
SELECT erasure.cover('servers.public_listing', 4, $$
    INSERT INTO servers.public_listing (public_slug, tenant_id, server_id, name, display_url, tags, paused)
    VALUES ('erasure-drill-%2$s', %1$s, %2$s, 'Erasure drill', 'drill.invalid', '{}', true) $$);
SELECT erasure.cover('servers.event', 4, $$
    INSERT INTO servers.event (tenant_id, server_id, kind, at) VALUES (%1$s, %2$s, 'created', now()) $$);
-- Planted first: it is paused, so that nobody looks at it.
SELECT erasure.cover('servers.server', 5, $$
    INSERT INTO servers.server (server_id, tenant_id, slug, public_slug, name, url, canonical_url, origin, visibility, managed_by,
        created_at, paused_at)
    OVERRIDING SYSTEM VALUE
    VALUES (%2$s, %1$s, 'erasure-drill', 'erasure-drill-%2$s', 'Erasure drill', 'https://drill.invalid/mcp', 'https://drill.invalid/mcp',
        'https://drill.invalid', 1, 'drill', now(), now()) $$,
    false, 'a number is given once; of an erased tenant none is made');
SELECT erasure.cover('collector.region', 1, $$
    INSERT INTO collector.region (name, city, tenant_id) VALUES ('drill-%2$s', 'Nowhere', %1$s) $$);
SELECT erasure.cover('tenancy.api_key', 1, $$
    INSERT INTO tenancy.api_key (tenant_id, prefix, secret_hash, name, scopes, revoked_at)
    VALUES (%1$s, 'drill-%2$s', sha256('drill'), 'Erasure drill', '{}', now()) $$);
SELECT erasure.cover('tenancy.tenant', 5, $$
    INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (%1$s, 'erasure-drill-%2$s', 'Erasure drill', 'public') $$);
CREATE TRIGGER buried BEFORE INSERT ON servers.server FOR EACH ROW EXECUTE FUNCTION erasure.refuse_buried_tenant();
CREATE TRIGGER buried BEFORE INSERT ON storage.outbox FOR EACH ROW EXECUTE FUNCTION erasure.leave_out_told();
INSERT INTO erasure.surface (relation, owner, step, why, sample) VALUES
    ('storage.outbox', 'tenant', 4, 'rows of a server by what they record; that it was erased stays until Redis has been emptied of it', $$
        INSERT INTO storage.outbox (tenant_id, topic, reader, record)
        VALUES (%1$s, 'drill', 'drill', '{"server_id": %2$s}'), (%1$s, 'drill', 'drill', '{}') $$),
    ('erasure.tombstone', 'server', NULL, 'keeps late writers and restored copies from bringing it back', NULL),
    ('erasure.tenant_tombstone', 'tenant', NULL, 'keeps late writers and restored copies from bringing it back', NULL),
    ('erasure.receipt', 'server', NULL, 'the proof: numbers and counts', NULL);
CREATE INDEX outbox_of_server ON storage.outbox (tenant_id, (record ->> 'server_id'));
