-- Tenants, keys and the plumbing that every room stands on. Run as alivemcp_owner (see Storage/Migrations).

CREATE SCHEMA storage;
CREATE SCHEMA tenancy;
GRANT USAGE ON SCHEMA storage, tenancy TO alivemcp_app, alivemcp_worker;

-- The tenant of the running transaction. Unset means null, and null equals no row: forgetting it reads nothing.
CREATE FUNCTION storage.tenant() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('app.tenant_id', true), '')::integer $$;

-- Makes a table tenant-owned: row security forced on everybody but alivemcp_worker, grants for both roles.
CREATE FUNCTION storage.make_tenant_owned(owned regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format(
        'CREATE POLICY tenant ON %s USING (tenant_id = storage.tenant()) WITH CHECK (tenant_id = storage.tenant())', owned);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO alivemcp_app, alivemcp_worker', owned);
END $$;

-- What one room tells others, written in the teller's own transaction: a row for every reader of the topic.
CREATE TABLE storage.outbox (
    outbox_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id    integer     NOT NULL,
    topic        text        NOT NULL,
    reader       text        NOT NULL,
    record       jsonb       NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    processed_at timestamptz
);
SELECT storage.make_tenant_owned('storage.outbox');
CREATE INDEX outbox_waiting ON storage.outbox (reader, outbox_id) WHERE processed_at IS NULL;

CREATE TABLE tenancy.tenant (
    tenant_id  integer PRIMARY KEY,
    slug       text        NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]{1,63}$'),
    name       text        NOT NULL,
    plan       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
-- The rows come before the policy: the owner, too, is bound by it afterwards.
INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES
    (1, 'public', 'Public listings', 'public'),
    (2, 'local', 'This install', 'self_hosted');
SELECT storage.make_tenant_owned('tenancy.tenant');

CREATE TABLE tenancy.api_key (
    api_key_id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id    integer     NOT NULL REFERENCES tenancy.tenant,
    prefix       text        NOT NULL UNIQUE,
    secret_hash  bytea       NOT NULL CHECK (octet_length(secret_hash) = 32),
    name         text        NOT NULL,
    scopes       text[]      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
SELECT storage.make_tenant_owned('tenancy.api_key');

-- A key is looked up before its tenant is known. Only this function may: it runs as the owner, whom this policy admits.
CREATE POLICY look_up ON tenancy.api_key FOR SELECT TO alivemcp_owner USING (true);
CREATE FUNCTION tenancy.find_api_key(wanted text) RETURNS SETOF tenancy.api_key
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$ SELECT * FROM tenancy.api_key WHERE prefix = wanted $$;
REVOKE ALL ON FUNCTION tenancy.find_api_key(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenancy.find_api_key(text) TO alivemcp_app, alivemcp_worker;
