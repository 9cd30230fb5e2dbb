-- Answers of requests that carry an Idempotency-Key: given again for a day, by any replica. Sealed with what the caller alone holds.
CREATE TABLE tenancy.kept_answer (
    tenant_id    integer     NOT NULL REFERENCES tenancy.tenant,
    -- Of which key, person or operator of the tenant: key:7.
    caller       text        NOT NULL CHECK (length(caller) <= 80),
    key_hash     bytea       NOT NULL CHECK (octet_length(key_hash) = 32),
    request_hash bytea       NOT NULL CHECK (octet_length(request_hash) = 32),
    claimed_at   timestamptz NOT NULL,
    -- Null: it is being answered now.
    sealed       bytea,
    PRIMARY KEY (tenant_id, caller, key_hash)
);
SELECT storage.make_tenant_owned('tenancy.kept_answer');
CREATE INDEX kept_answer_old ON tenancy.kept_answer (claimed_at);

SELECT erasure.cover('tenancy.kept_answer', 1, $$
    INSERT INTO tenancy.kept_answer (tenant_id, caller, key_hash, request_hash, claimed_at)
    VALUES (%1$s, 'key:0', sha256('drill-%2$s'), sha256('drill'), now()) $$);
