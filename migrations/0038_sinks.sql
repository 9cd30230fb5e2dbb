-- What sinks need besides their settings: a sealed secret, a proof that somebody wants messages there, and how they fare.

-- The secret of a tenant's thing that is no server. See src/AliveMcp.Tenancy/Secrets.
CREATE TABLE tenancy.thing_secret (
    tenant_id   integer     NOT NULL,
    thing       text        NOT NULL CHECK (thing ~ '^[a-z_]{1,32}$'),
    thing_id    integer     NOT NULL CHECK (thing_id > 0),
    key_version integer     NOT NULL,
    -- Format byte, nonce, ciphertext and tag of AES-256-GCM; bound to tenant, thing and its number.
    sealed      bytea       NOT NULL CHECK (octet_length(sealed) > 29),
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, thing, thing_id)
);
SELECT storage.make_tenant_owned('tenancy.thing_secret');
-- The web role puts secrets in and cannot get them out, sealed or not.
REVOKE SELECT, UPDATE ON tenancy.thing_secret FROM alivemcp_app;
GRANT SELECT (tenant_id, thing, thing_id, key_version, changed_at) ON tenancy.thing_secret TO alivemcp_app;
GRANT UPDATE (key_version, sealed, changed_at) ON tenancy.thing_secret TO alivemcp_app;
SELECT erasure.cover('tenancy.thing_secret', 3, $$
    INSERT INTO tenancy.thing_secret (tenant_id, thing, thing_id, key_version, sealed, changed_at)
    VALUES (%1$s, 'drill', %2$s, 1, decode(repeat('00', 30), 'hex'), now()) $$);

ALTER TABLE alerting.sink
    -- Since when its silent proof fails; null: it holds.
    ADD COLUMN failing_since timestamptz,
    -- Since when messages are answered with 404; null: the last one was not.
    ADD COLUMN not_found_since timestamptz,
    -- When its proof was last looked at.
    ADD COLUMN looked_at timestamptz;
CREATE INDEX sink_to_look_at ON alerting.sink (looked_at) WHERE verified_at IS NOT NULL AND disabled_at IS NULL;

-- How a sink is proven. One a sink: a new one replaces the old.
CREATE TABLE alerting.sink_proof (
    tenant_id     integer     NOT NULL,
    sink_id       integer     NOT NULL,
    wanted_at     timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    -- SHA-256 over tenant, sink and what is to be typed back or published; null: the worker makes it when it sends it.
    hash          bytea       CHECK (octet_length(hash) = 32),
    -- When the worker is done with it, and what came of it.
    sent_at       timestamptz,
    detail        text        CHECK (length(detail) <= 300),
    claimed_until timestamptz,
    tries         integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, sink_id),
    FOREIGN KEY (tenant_id, sink_id) REFERENCES alerting.sink (tenant_id, sink_id) ON DELETE CASCADE
);
SELECT storage.make_tenant_owned('alerting.sink_proof');
CREATE INDEX proof_to_send ON alerting.sink_proof (wanted_at) WHERE sent_at IS NULL;
SELECT erasure.cover('alerting.sink_proof', 1, $$
    WITH sunk AS (
        INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
        VALUES (%1$s, 1, 'drill proof %2$s', '{}', now()) RETURNING sink_id)
    INSERT INTO alerting.sink_proof (tenant_id, sink_id, wanted_at, expires_at, sent_at)
    SELECT %1$s, sink_id, now(), now(), now() FROM sunk $$);

-- A link in a message that acknowledges its incident, once. Made by whoever sends the message, used by whoever reads it.
CREATE TABLE alerting.acknowledge_link (
    hash        bytea       PRIMARY KEY CHECK (octet_length(hash) = 32),
    tenant_id   integer     NOT NULL,
    sink_id     integer     NOT NULL,
    incident_id bigint      NOT NULL REFERENCES alerting.incident ON DELETE CASCADE,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz,
    FOREIGN KEY (tenant_id, sink_id) REFERENCES alerting.sink (tenant_id, sink_id) ON DELETE CASCADE
);
SELECT storage.make_tenant_owned('alerting.acknowledge_link');
REVOKE INSERT, DELETE ON alerting.acknowledge_link FROM alivemcp_app;
CREATE INDEX acknowledge_link_old ON alerting.acknowledge_link (expires_at);
CREATE INDEX acknowledge_link_of_incident ON alerting.acknowledge_link (incident_id);
SELECT erasure.cover('alerting.acknowledge_link', 1, $$
    WITH sunk AS (
        INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
        VALUES (%1$s, 1, 'drill link %2$s', '{}', now()) RETURNING sink_id),
    opened AS (
        INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
        VALUES (%1$s, %2$s, 4, 1, 'drill', now(), 4, now()) RETURNING incident_id)
    INSERT INTO alerting.acknowledge_link (hash, tenant_id, sink_id, incident_id, expires_at)
    SELECT sha256('drill-%2$s'), %1$s, sink_id, incident_id, now() FROM sunk, opened $$);
