-- Under which conditions a list was taken, and what the archiver declares of changed contracts. See src/AliveMcp.Archive/Drift.

-- Null: brought by a prober that did not say.
ALTER TABLE collector.contract_version ADD COLUMN url text CHECK (length(url) <= 2048);
ALTER TABLE collector.contract_version ADD COLUMN credential text CHECK (length(credential) <= 120);
ALTER TABLE collector.contract_version ADD COLUMN protocol_version text CHECK (length(protocol_version) <= 120);

-- The archiver looks for what changed since its last look.
CREATE INDEX server_memory_changed ON collector.server_memory (changed_at, server_id);

-- The list that a server settled on last, by which the next one is judged. mark: the first 8 bytes of its contract hash.
-- recent: where it settled within a day, oldest first. volatile: texts that change too often to be news.
CREATE TABLE archive.settled_contract (
    server_id        integer PRIMARY KEY,
    tenant_id        integer  NOT NULL,
    mark             bigint   NOT NULL,
    contract_hash    text     NOT NULL,
    full_hash        text,
    url              text     NOT NULL,
    credential       text,
    protocol_version text,
    minute           integer  NOT NULL,
    unstable_at      integer,
    recent_marks     bigint[]  NOT NULL,
    recent_minutes   integer[] NOT NULL,
    volatile         jsonb    NOT NULL DEFAULT '[]'
);
SELECT storage.make_tenant_owned('archive.settled_contract');

-- Every drift that was declared, once. kind: 1 drift, 2 baseline_moved, 3 contract_unstable. gravest: ChangeClass, 0 when the list is not kept.
CREATE TABLE archive.contract_drift (
    drift_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id    integer     NOT NULL,
    server_id    integer     NOT NULL,
    minute       integer     NOT NULL,
    kind         smallint    NOT NULL CHECK (kind BETWEEN 1 AND 3),
    from_hash    text        NOT NULL,
    to_hash      text        NOT NULL,
    from_list    text,
    to_list      text        NOT NULL,
    from_key     jsonb       NOT NULL,
    to_key       jsonb       NOT NULL,
    gravest      smallint    NOT NULL CHECK (gravest BETWEEN 0 AND 4),
    classes      text[]      NOT NULL,
    change_count integer     NOT NULL,
    changes      jsonb       NOT NULL CHECK (octet_length(changes::text) <= 131072),
    declared_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (server_id, minute, to_list)
);
SELECT storage.make_tenant_owned('archive.contract_drift');

-- Servers of which something was seen that is not what they settled on. touched grows so that a touch is seen by the one who decides.
CREATE TABLE archive.contract_doubt (
    server_id    integer PRIMARY KEY,
    tenant_id    integer     NOT NULL,
    touched      integer     NOT NULL DEFAULT 0,
    come_back_at timestamptz NOT NULL DEFAULT '-infinity'
);
SELECT storage.make_tenant_owned('archive.contract_doubt');

REVOKE INSERT, UPDATE, DELETE ON archive.settled_contract, archive.contract_drift, archive.contract_doubt FROM alivemcp_app;

CREATE OR REPLACE FUNCTION erasure.erase_server(erased_tenant integer, erased_server integer) RETURNS void
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = erased_server AND tenant_id = erased_tenant) THEN
        RAISE EXCEPTION 'Server %/% has no tombstone: bury it first.', erased_tenant, erased_server;
    END IF;
    DELETE FROM archive.contract_doubt   WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.contract_drift   WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.settled_contract WHERE server_id = erased_server AND tenant_id = erased_tenant;
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
