-- Planned maintenance of more than one server: of those with a tag, or of all of a tenant. See src/AliveMcp.Servers/Maintenance.
CREATE TABLE servers.wide_maintenance (
    -- One row of numbers for both tables, so that a window is known by its number alone.
    maintenance_id integer     PRIMARY KEY DEFAULT nextval('servers.maintenance_maintenance_id_seq'),
    tenant_id      integer     NOT NULL,
    -- Servers with one of these, as they are tagged when a minute is planned; empty: all.
    tags           text[]      NOT NULL,
    from_at        timestamptz NOT NULL,
    to_at          timestamptz NOT NULL CHECK (to_at > from_at),
    note           text        CHECK (length(note) <= 200),
    rrule          text        CHECK (length(rrule) <= 200),
    zone           text        CHECK (zone IS NULL OR (length(zone) <= 64 AND rrule IS NOT NULL)),
    managed_by     text        NOT NULL CHECK (managed_by IN ('api', 'file'))
);
SELECT storage.make_tenant_owned('servers.wide_maintenance');
GRANT USAGE ON SEQUENCE servers.maintenance_maintenance_id_seq TO alivemcp_app, alivemcp_worker;
CREATE INDEX wide_maintenance_of_tenant ON servers.wide_maintenance (tenant_id, to_at);
SELECT erasure.cover('servers.wide_maintenance', 4, $$
    INSERT INTO servers.wide_maintenance (tenant_id, tags, from_at, to_at, managed_by)
    VALUES (%1$s, '{drill-%2$s}', now(), now() + interval '1 hour', 'api') $$);
