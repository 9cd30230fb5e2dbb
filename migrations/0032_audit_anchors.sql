-- What was written down of every chain, now and then: which row was its last, and that row's hash, under a key that is not in this database.
-- Whoever cuts a chain's tail, or writes it anew, must forge these too, and cannot.

CREATE TABLE storage.audit_anchor (
    tenant_id integer     NOT NULL,
    seq       bigint      NOT NULL,
    hash      bytea       NOT NULL CHECK (octet_length(hash) = 32),
    at        timestamptz NOT NULL,
    mac       bytea       NOT NULL CHECK (octet_length(mac) = 32),
    PRIMARY KEY (tenant_id, seq)
);
SELECT storage.make_tenant_owned('storage.audit_anchor');
REVOKE INSERT, UPDATE, DELETE ON storage.audit_anchor FROM alivemcp_app;
REVOKE UPDATE, DELETE ON storage.audit_anchor FROM alivemcp_worker;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON storage.audit_anchor FOR EACH ROW EXECUTE FUNCTION storage.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON storage.audit_anchor FOR EACH STATEMENT EXECUTE FUNCTION storage.refuse_change();
INSERT INTO erasure.surface (relation, owner, step, why, sample) VALUES
    ('storage.audit_anchor', 'tenant', NULL, 'the proof of a chain that is kept: numbers and hashes', NULL);
