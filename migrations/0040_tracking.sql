-- What the alerter remembers of servers, and which of several alerters reads which shard.

-- The log is kept for a reader that was seen lately; null: for ever.
ALTER TABLE archive.mark ADD COLUMN holds_until timestamptz;

-- What the tracker knows of a server, written when it changes: a server that is well has one row that nobody touches.
CREATE TABLE alerting.standing (
    server_id integer PRIMARY KEY,
    tenant_id integer NOT NULL,
    standing  text    NOT NULL
);
SELECT storage.make_tenant_owned('alerting.standing');
CREATE INDEX standing_of_shard ON alerting.standing ((server_id % 64));
REVOKE INSERT, UPDATE, DELETE ON alerting.standing FROM alivemcp_app;
SELECT erasure.cover('alerting.standing', 2, $$
    INSERT INTO alerting.standing (server_id, tenant_id, standing) VALUES (%2$s, %1$s, '{}') $$);

-- Alerters that live, and the shards that each reads. Whoever reads a shard holds its mark; this says whose memory of it is good.
CREATE TABLE alerting.reader (
    reader_id uuid        PRIMARY KEY,
    seen_at   timestamptz NOT NULL
);
CREATE TABLE alerting.reading (
    shard    smallint PRIMARY KEY CHECK (shard BETWEEN 0 AND 63),
    taken_by uuid
);
INSERT INTO alerting.reading (shard) SELECT generate_series(0, 63);
GRANT SELECT, INSERT, UPDATE, DELETE ON alerting.reader TO alivemcp_worker;
GRANT SELECT, UPDATE ON alerting.reading TO alivemcp_worker;

-- What the owner chose about alerts; null: nothing.
ALTER TABLE servers.server ADD COLUMN alerts text;
