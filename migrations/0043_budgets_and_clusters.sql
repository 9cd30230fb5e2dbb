-- How much a tenant hears in an hour, and failures of one cause that are told once. See src/AliveMcp.Alerting/Budgets and Suppression.

-- What was told in an hour, by severity; what was left for the digest.
CREATE TABLE alerting.budget (
    tenant_id integer     NOT NULL,
    hour      timestamptz NOT NULL,
    severity  smallint    NOT NULL,
    counted   integer     NOT NULL,
    PRIMARY KEY (tenant_id, hour, severity)
);
SELECT storage.make_tenant_owned('alerting.budget');

CREATE TABLE alerting.overflow (
    tenant_id integer     NOT NULL,
    server_id integer     NOT NULL,
    alert_id  bigint      NOT NULL REFERENCES alerting.alert ON DELETE CASCADE,
    sink_id   integer     NOT NULL,
    hour      timestamptz NOT NULL,
    PRIMARY KEY (alert_id, sink_id),
    FOREIGN KEY (tenant_id, sink_id) REFERENCES alerting.sink (tenant_id, sink_id) ON DELETE CASCADE
);
SELECT storage.make_tenant_owned('alerting.overflow');
CREATE INDEX overflow_of_hour ON alerting.overflow (hour, tenant_id, sink_id);

-- What a server may have in common with others: its host, names above it, its block. For suppression alone, never shown.
CREATE TABLE alerting.origin (
    tenant_id integer NOT NULL,
    server_id integer PRIMARY KEY,
    origin    text    NOT NULL,
    causes    text[]  NOT NULL
);
SELECT storage.make_tenant_owned('alerting.origin');
CREATE INDEX origin_of_cause ON alerting.origin USING gin (causes);

-- Failures of many tenants with one cause. It is nobody's: tenants are counted, not named.
CREATE TABLE alerting.cluster (
    cluster_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause          text        NOT NULL,
    opened_at      timestamptz NOT NULL,
    last_bad_at    timestamptz NOT NULL,
    closed_at      timestamptz,
    tenants        integer     NOT NULL,
    servers        integer     NOT NULL,
    public_servers integer     NOT NULL
);
CREATE UNIQUE INDEX cluster_open ON alerting.cluster (cause) WHERE closed_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON alerting.cluster TO alivemcp_worker;

-- Incidents of one tenant that are told as one: by the thread of the first of them.
CREATE TABLE alerting.bundle (
    bundle_id     uuid        PRIMARY KEY,
    tenant_id     integer     NOT NULL,
    cause         text        NOT NULL,
    cluster_id    bigint      REFERENCES alerting.cluster ON DELETE SET NULL,
    lead_incident bigint      NOT NULL,
    dedup_key     text        NOT NULL,
    told_count    integer     NOT NULL,
    opened_at     timestamptz NOT NULL,
    resolved_at   timestamptz
);
SELECT storage.make_tenant_owned('alerting.bundle');
CREATE UNIQUE INDEX bundle_open ON alerting.bundle (tenant_id, cause) WHERE resolved_at IS NULL;

CREATE TABLE alerting.bundle_member (
    tenant_id   integer NOT NULL,
    server_id   integer NOT NULL,
    bundle_id   uuid    NOT NULL REFERENCES alerting.bundle ON DELETE CASCADE,
    incident_id bigint  NOT NULL REFERENCES alerting.incident ON DELETE CASCADE,
    is_over     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (bundle_id, incident_id)
);
SELECT storage.make_tenant_owned('alerting.bundle_member');
CREATE INDEX member_of_incident ON alerting.bundle_member (incident_id);

REVOKE INSERT, UPDATE, DELETE ON alerting.budget, alerting.overflow, alerting.origin, alerting.bundle, alerting.bundle_member
    FROM alivemcp_app;

SELECT erasure.cover('alerting.budget', 1, $$
    INSERT INTO alerting.budget (tenant_id, hour, severity, counted) VALUES (%1$s, now(), 1, 1) ON CONFLICT DO NOTHING $$);
SELECT erasure.cover('alerting.overflow', 1, $$
    WITH sunk AS (
        INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
        VALUES (%1$s, 1, 'drill overflow %2$s', '{}', now()) RETURNING sink_id),
    told AS (
        INSERT INTO alerting.alert (tenant_id, server_id, type, kind, severity, told_key, sealed_at, message)
        VALUES (%1$s, %2$s, 1, 1, 1, 'drill-overflow-%2$s', now(), '{}') RETURNING alert_id)
    INSERT INTO alerting.overflow (tenant_id, server_id, alert_id, sink_id, hour)
    SELECT %1$s, %2$s, alert_id, sink_id, now() FROM sunk, told $$);
SELECT erasure.cover('alerting.origin', 2, $$
    INSERT INTO alerting.origin (tenant_id, server_id, origin, causes) VALUES (%1$s, %2$s, 'https://drill', '{host:drill}')
    ON CONFLICT DO NOTHING $$);
SELECT erasure.cover('alerting.bundle_member', 1, $$
    WITH opened AS (
        INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
        VALUES (%1$s, %2$s, 5, 1, 'drill', now(), 5, now()) RETURNING incident_id),
    bundled AS (
        INSERT INTO alerting.bundle (bundle_id, tenant_id, cause, lead_incident, dedup_key, told_count, opened_at)
        SELECT gen_random_uuid(), %1$s, 'host:member-%2$s', incident_id, 'drill', 1, now() FROM opened RETURNING bundle_id)
    INSERT INTO alerting.bundle_member (tenant_id, server_id, bundle_id, incident_id)
    SELECT %1$s, %2$s, bundle_id, incident_id FROM bundled, opened $$);
SELECT erasure.cover('alerting.bundle', 2, $$
    INSERT INTO alerting.bundle (bundle_id, tenant_id, cause, lead_incident, dedup_key, told_count, opened_at)
    VALUES (gen_random_uuid(), %1$s, 'host:drill-%2$s', 0, 'drill', 1, now()) $$);
