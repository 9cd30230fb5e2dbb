-- What erases: stones first, then every surface, each in its order, and the receipt. See docs/decisions for why it is done so.

CREATE OR REPLACE FUNCTION erasure.bury(buried_tenant integer, buried_server integer) RETURNS void
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    -- Marks before the lock, as everybody who takes both does.
    PERFORM FROM archive.mark WHERE shard = buried_server % 64 ORDER BY reader FOR UPDATE;
    PERFORM pg_catalog.pg_advisory_xact_lock(7117, buried_server % 64);
    INSERT INTO erasure.tombstone (server_id, tenant_id, asked_by, asked_at)
    SELECT buried_server, buried_tenant, coalesce(asked.erase_asked_by, 'owner'), coalesce(asked.erase_asked_at, now())
    FROM (VALUES (1)) AS one
        LEFT JOIN servers.server AS asked ON asked.server_id = buried_server AND asked.tenant_id = buried_tenant
    ON CONFLICT DO NOTHING;
END $$;

-- A stone of another copy of this database, with its own time. Numbers that were given out there are not given again here.
CREATE FUNCTION erasure.keep_number(given integer) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence('servers.server', 'server_id')::regclass, given)
    WHERE given > coalesce(pg_catalog.pg_sequence_last_value(pg_catalog.pg_get_serial_sequence('servers.server', 'server_id')::regclass), 0) $$;
CREATE FUNCTION erasure.replay(buried_tenant integer, buried_server integer, asked_by text, asked_at timestamptz) RETURNS void
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    PERFORM erasure.keep_number(buried_server);
    IF NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = buried_server) THEN
        PERFORM erasure.bury(buried_tenant, buried_server);
        UPDATE erasure.tombstone AS stone SET asked_by = replay.asked_by, asked_at = replay.asked_at WHERE server_id = buried_server;
    END IF;
END $$;
REVOKE ALL ON FUNCTION erasure.keep_number(integer), erasure.replay(integer, integer, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erasure.keep_number(integer), erasure.replay(integer, integer, text, timestamptz) TO alivemcp_worker;

-- Empties every surface of a server in one transaction and writes the receipt; how many rows went where. May be run again, also by two at
-- once: the second waits at the stone, finds nothing and writes nothing.
DROP FUNCTION erasure.erase_server(integer, integer);
CREATE FUNCTION erasure.erase_server(erased_tenant integer, erased_server integer) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = ''
    AS $$
DECLARE
    stone erasure.tombstone;
    place record;
    gone bigint;
    total bigint := 0;
    row_counts jsonb := '{}';
BEGIN
    SELECT * INTO stone FROM erasure.tombstone WHERE server_id = erased_server AND tenant_id = erased_tenant FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Server %/% has no tombstone: bury it first.', erased_tenant, erased_server;
    END IF;
    FOR place IN SELECT relation, coalesce(narrow, 'true') AS narrow FROM erasure.surface
        WHERE owner = 'server' AND step IS NOT NULL ORDER BY step, relation LOOP
        EXECUTE format('DELETE FROM %s WHERE server_id = $1 AND %s', place.relation, place.narrow) USING erased_server;
        GET DIAGNOSTICS gone = ROW_COUNT;
        row_counts := row_counts || jsonb_build_object(place.relation, gone);
        total := total + gone;
    END LOOP;
    DELETE FROM storage.outbox
    WHERE tenant_id = erased_tenant AND record ->> 'server_id' = erased_server::text AND topic <> 'server.erased';
    GET DIAGNOSTICS gone = ROW_COUNT;
    row_counts := row_counts || jsonb_build_object('storage.outbox', gone);
    IF total + gone > 0 OR stone.erased_at IS NULL THEN
        PERFORM erasure.write_receipt(erased_tenant, erased_server, stone.asked_by, stone.asked_at, row_counts);
    END IF;
    UPDATE erasure.tombstone SET erased_at = now() WHERE server_id = erased_server;
    RETURN row_counts;
END $$;

-- The stone of a tenant: from its commit on nothing new can be made in its name.
CREATE FUNCTION erasure.bury_tenant(buried_tenant integer, asked_by text) RETURNS void
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    IF buried_tenant IN (1, 2) THEN
        RAISE EXCEPTION 'Tenant % belongs to the install: erase its servers instead.', buried_tenant;
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(7118, buried_tenant);
    INSERT INTO erasure.tenant_tombstone (tenant_id, asked_by) VALUES (buried_tenant, asked_by) ON CONFLICT DO NOTHING;
    UPDATE servers.server SET erase_asked_at = now(), erase_asked_by = bury_tenant.asked_by
    WHERE tenant_id = buried_tenant AND erase_asked_at IS NULL;
END $$;

-- Empties every surface of a tenant: its servers, each with its own receipt, and then what belongs to no server. May be run again.
CREATE FUNCTION erasure.erase_tenant(erased_tenant integer) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = ''
    AS $$
DECLARE
    stone erasure.tenant_tombstone;
    place record;
    gone bigint;
    total bigint := 0;
    row_counts jsonb := '{}';
BEGIN
    SELECT * INTO stone FROM erasure.tenant_tombstone WHERE tenant_id = erased_tenant FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Tenant % has no tombstone: bury it first.', erased_tenant;
    END IF;
    -- Both in one transaction: whoever writes a row of these servers waits for it and sees the stones.
    FOR place IN SELECT server_id FROM servers.server WHERE tenant_id = erased_tenant ORDER BY server_id LOOP
        PERFORM erasure.bury(erased_tenant, place.server_id);
        PERFORM erasure.erase_server(erased_tenant, place.server_id);
        INSERT INTO storage.outbox (tenant_id, topic, reader, record)
        VALUES (erased_tenant, 'server.erased', 'collector', jsonb_build_object('server_id', place.server_id));
    END LOOP;
    DELETE FROM archive.set_aside WHERE told_by = erased_tenant;
    GET DIAGNOSTICS gone = ROW_COUNT;
    row_counts := jsonb_build_object('archive.set_aside', gone);
    total := gone;
    FOR place IN SELECT relation FROM erasure.surface
        WHERE owner = 'tenant' AND step IS NOT NULL AND relation <> 'storage.outbox' ORDER BY step, relation LOOP
        EXECUTE format('DELETE FROM %s WHERE tenant_id = $1', place.relation) USING erased_tenant;
        GET DIAGNOSTICS gone = ROW_COUNT;
        row_counts := row_counts || jsonb_build_object(place.relation, gone);
        total := total + gone;
    END LOOP;
    DELETE FROM storage.outbox WHERE tenant_id = erased_tenant AND topic <> 'server.erased';
    GET DIAGNOSTICS gone = ROW_COUNT;
    row_counts := row_counts || jsonb_build_object('storage.outbox', gone);
    IF total + gone > 0 OR stone.erased_at IS NULL THEN
        PERFORM erasure.write_receipt(erased_tenant, NULL, stone.asked_by, stone.buried_at, row_counts);
    END IF;
    UPDATE erasure.tenant_tombstone SET erased_at = now() WHERE tenant_id = erased_tenant;
    RETURN row_counts;
END $$;

REVOKE ALL ON FUNCTION erasure.erase_server(integer, integer), erasure.bury_tenant(integer, text), erasure.erase_tenant(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erasure.erase_server(integer, integer), erasure.bury_tenant(integer, text), erasure.erase_tenant(integer)
    TO alivemcp_worker;

-- The drill's last run; one row. Whoever moves its time runs it: once in a period, however many processes there are.
CREATE TABLE erasure.drill (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    last_at timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO erasure.drill DEFAULT VALUES;
GRANT SELECT, UPDATE ON erasure.drill TO alivemcp_worker;

CREATE FUNCTION erasure.next_number() RETURNS integer
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$ SELECT pg_catalog.nextval(pg_catalog.pg_get_serial_sequence('servers.server', 'server_id')::regclass)::integer $$;

-- Makes a tenant that nobody is, with a server and a row on every surface there is.
CREATE FUNCTION erasure.plant(OUT tenant integer, OUT server integer)
    LANGUAGE plpgsql SET search_path = ''
    AS $$
DECLARE
    place record;
BEGIN
    tenant := 2000000000 + floor(random() * 147000000)::integer;
    server := erasure.next_number();
    FOR place IN SELECT sample FROM erasure.surface WHERE sample IS NOT NULL
        ORDER BY relation <> 'tenancy.tenant', relation <> 'servers.server', relation LOOP
        EXECUTE format(place.sample, tenant, server);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION erasure.next_number(), erasure.plant() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erasure.next_number(), erasure.plant() TO alivemcp_worker;
