-- Planned maintenance of a server: its minutes are looked at and kept, and left out of uptime.

CREATE TABLE servers.maintenance (
    maintenance_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id      integer     NOT NULL,
    server_id      integer     NOT NULL,
    from_at        timestamptz NOT NULL,
    to_at          timestamptz NOT NULL CHECK (to_at > from_at),
    note           text        CHECK (length(note) <= 200)
);
SELECT storage.make_tenant_owned('servers.maintenance');
CREATE INDEX maintenance_of_server ON servers.maintenance (server_id, to_at);

-- Then every table that holds rows of a server; a test compares this list with the catalogue. May be run again.
CREATE OR REPLACE FUNCTION erasure.erase_server(erased_tenant integer, erased_server integer) RETURNS void
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
    DELETE FROM servers.maintenance      WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.public_listing   WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.event            WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.server           WHERE server_id = erased_server AND tenant_id = erased_tenant;
    UPDATE erasure.tombstone SET erased_at = now() WHERE server_id = erased_server AND tenant_id = erased_tenant;
END $$;

