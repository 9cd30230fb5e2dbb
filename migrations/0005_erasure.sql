-- Erasing a server: the one act that crosses all rooms. Both functions are run by the worker, one transaction each, in this order.

-- First the stone. Whoever stores minutes holds its shard's mark while it looks for stones and writes; taking the marks here means that
-- from our commit on nobody who did not see the stone is still writing.
CREATE FUNCTION erasure.bury(buried_tenant integer, buried_server integer) RETURNS void
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    PERFORM FROM archive.mark WHERE shard = buried_server % 64 ORDER BY reader FOR UPDATE;
    INSERT INTO erasure.tombstone (server_id, tenant_id) VALUES (buried_server, buried_tenant) ON CONFLICT DO NOTHING;
END $$;

-- Then every table that holds rows of a server; a test compares this list with the catalogue. May be run again.
CREATE FUNCTION erasure.erase_server(erased_tenant integer, erased_server integer) RETURNS void
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = erased_server AND tenant_id = erased_tenant) THEN
        RAISE EXCEPTION 'Server %/% has no tombstone: bury it first.', erased_tenant, erased_server;
    END IF;
    DELETE FROM archive.dirty_day        WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.dirty_hour       WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.set_aside        WHERE server_id = erased_server;
    DELETE FROM archive.verdict_day      WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.verdict_hour     WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.verdict_minute   WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.watch_period     WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM collector.contract_version WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM collector.evidence       WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM collector.server_memory  WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.public_listing   WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.event            WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.server           WHERE server_id = erased_server AND tenant_id = erased_tenant;
    UPDATE erasure.tombstone SET erased_at = now() WHERE server_id = erased_server AND tenant_id = erased_tenant;
END $$;

REVOKE ALL ON FUNCTION erasure.bury(integer, integer), erasure.erase_server(integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erasure.bury(integer, integer), erasure.erase_server(integer, integer) TO alivemcp_worker;
