-- Operators and auditors of the install: who they are, from which layer they act, and for which tenant alone.
-- Nobody becomes one over the network: the web role may look a token up and note that it was used, and no more.
CREATE TABLE tenancy.operator (
    operator_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- 2 tenant operator, 3 root operator, 4 auditor.
    layer        smallint    NOT NULL CHECK (layer BETWEEN 2 AND 4),
    -- Null: every tenant, named in each request.
    tenant_id    integer     REFERENCES tenancy.tenant,
    prefix       text        NOT NULL UNIQUE,
    secret_hash  bytea       NOT NULL CHECK (octet_length(secret_hash) = 32),
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    CHECK ((layer = 2) <= (tenant_id IS NOT NULL)),
    CHECK ((layer = 3) <= (tenant_id IS NULL))
);
SELECT storage.make_tenant_owned('tenancy.operator');
REVOKE ALL ON tenancy.operator FROM alivemcp_app;

-- Runs as the owner, whom these policies admit. Its use is noted to the minute.
CREATE POLICY look_up ON tenancy.operator FOR SELECT TO alivemcp_owner USING (true);
CREATE POLICY note_use ON tenancy.operator FOR UPDATE TO alivemcp_owner USING (true);
CREATE FUNCTION tenancy.find_operator(wanted text, at timestamptz) RETURNS SETOF tenancy.operator
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
    AS $$
    UPDATE tenancy.operator SET last_used_at = at
    WHERE prefix = wanted AND revoked_at IS NULL AND (last_used_at IS NULL OR last_used_at < at - interval '1 minute');
    SELECT * FROM tenancy.operator WHERE prefix = wanted $$;
REVOKE ALL ON FUNCTION tenancy.find_operator(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenancy.find_operator(text, timestamptz) TO alivemcp_app, alivemcp_worker;

SELECT erasure.cover('tenancy.operator', 1, $$
    INSERT INTO tenancy.operator (name, layer, tenant_id, prefix, secret_hash, created_at, expires_at)
    VALUES ('a drill', 2, %1$s, 'drill-%2$s', sha256('drill'), now(), now()) $$);
