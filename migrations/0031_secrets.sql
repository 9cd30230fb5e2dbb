-- Secrets: sealed under a data key for each tenant, which is wrapped by a key that is not in this database. See src/AliveMcp.Tenancy/Secrets.

CREATE TABLE tenancy.data_key (
    tenant_id integer     NOT NULL,
    version   integer     NOT NULL CHECK (version > 0),
    -- Which key-encryption key wrapped it.
    kek       text        NOT NULL CHECK (length(kek) <= 200),
    wrapped   bytea       NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, version)
);
SELECT storage.make_tenant_owned('tenancy.data_key');
REVOKE UPDATE, DELETE ON tenancy.data_key FROM alivemcp_app;
SELECT erasure.cover('tenancy.data_key', 2, $$
    INSERT INTO tenancy.data_key (tenant_id, version, kek, wrapped) VALUES (%1$s, 1, 'drill', '\x00') ON CONFLICT DO NOTHING $$);

-- A secret of a server; with tenant and server 0 the install's own.
CREATE TABLE tenancy.secret (
    tenant_id   integer     NOT NULL,
    server_id   integer     NOT NULL,
    purpose     text        NOT NULL CHECK (purpose ~ '^[a-z_]{1,32}$'),
    key_version integer     NOT NULL,
    -- Format byte, nonce, ciphertext and tag of AES-256-GCM; bound to tenant, server and purpose.
    sealed      bytea       NOT NULL CHECK (octet_length(sealed) > 29),
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, server_id, purpose),
    CHECK ((tenant_id = 0) = (server_id = 0))
);
SELECT storage.make_tenant_owned('tenancy.secret');
-- The web role puts secrets in and cannot get them out, sealed or not.
REVOKE SELECT, UPDATE ON tenancy.secret FROM alivemcp_app;
GRANT SELECT (tenant_id, server_id, purpose, key_version, changed_at) ON tenancy.secret TO alivemcp_app;
GRANT UPDATE (key_version, sealed, changed_at) ON tenancy.secret TO alivemcp_app;
SELECT erasure.cover('tenancy.secret', 4, $$
    INSERT INTO tenancy.secret (tenant_id, server_id, purpose, key_version, sealed, changed_at)
    VALUES (%1$s, %2$s, 'probe', 1, decode(repeat('00', 30), 'hex'), now()) $$);

-- What may be told of a server's credential: how it is shown at the door and when it was last changed. Numbers name each one it ever had.
ALTER TABLE servers.server
    ADD COLUMN credential smallint CHECK (credential BETWEEN 1 AND 4),
    ADD COLUMN credential_number integer NOT NULL DEFAULT 0,
    ADD COLUMN credential_changed_at timestamptz;
