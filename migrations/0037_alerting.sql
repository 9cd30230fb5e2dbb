-- Alerts: what happened to servers, who is to hear of it, and what was sent. See src/AliveMcp.Alerting.

CREATE SCHEMA alerting;
GRANT USAGE ON SCHEMA alerting TO alivemcp_app, alivemcp_worker;

-- From the first bad minute to the end. kind, severity, type: numbers of AlertKind, Severity, AlertType; failure_reason: of Why.
CREATE TABLE alerting.incident (
    incident_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id       integer     NOT NULL,
    server_id       integer     NOT NULL,
    kind            smallint    NOT NULL,
    severity        smallint    NOT NULL CHECK (severity BETWEEN 1 AND 4),
    state           text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'flapping', 'resolved')),
    failure_reason  smallint    NOT NULL DEFAULT 0,
    summary         text        NOT NULL CHECK (length(summary) <= 300),
    -- Start of the first bad minute; the minute whose seal confirmed it, counted from 1970; the first minute that was good again.
    started_at      timestamptz NOT NULL,
    confirmed_in    integer     NOT NULL,
    opened_at       timestamptz NOT NULL,
    resolved_at     timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text        CHECK (length(acknowledged_by) <= 200),
    -- Left out of what is promised, by somebody's word; shown as such.
    excluded_reason text        CHECK (length(excluded_reason) <= 300),
    CHECK ((state = 'resolved') = (resolved_at IS NOT NULL)),
    -- Replayed minutes open nothing twice.
    UNIQUE (server_id, kind, confirmed_in)
);
SELECT storage.make_tenant_owned('alerting.incident');
CREATE UNIQUE INDEX incident_open ON alerting.incident (server_id, kind) WHERE state <> 'resolved' AND kind <> 18;
CREATE INDEX incident_of_tenant ON alerting.incident (tenant_id, incident_id);

-- What was said while it lasted: by us, or by the people who own the server. The newest words are the last row.
CREATE TABLE alerting.incident_update (
    update_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id   integer     NOT NULL,
    server_id   integer     NOT NULL,
    incident_id bigint      NOT NULL REFERENCES alerting.incident ON DELETE CASCADE,
    at          timestamptz NOT NULL,
    kind        text        NOT NULL CHECK (kind ~ '^[a-z_]{1,32}$'),
    text        text        NOT NULL CHECK (length(text) <= 2000),
    -- Null: ourselves.
    author      text        CHECK (length(author) <= 200)
);
SELECT storage.make_tenant_owned('alerting.incident_update');
CREATE INDEX update_of_incident ON alerting.incident_update (incident_id, update_id);

-- One thing to tell. Written in the transaction of what it tells of; the router takes it from there.
CREATE TABLE alerting.alert (
    alert_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id   integer     NOT NULL,
    server_id   integer     NOT NULL,
    incident_id bigint      REFERENCES alerting.incident ON DELETE CASCADE,
    type        smallint    NOT NULL,
    kind        smallint    NOT NULL,
    severity    smallint    NOT NULL CHECK (severity BETWEEN 1 AND 4),
    -- What makes it the same alert when its minute is read again, for example incident:7:triggered.
    told_key    text        NOT NULL CHECK (length(told_key) <= 120),
    -- When the minute that decided was sealed: latency is counted from here.
    sealed_at   timestamptz NOT NULL,
    told_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- An AlertMessage; its id is evt_ and alert_id, which whoever reads it puts in.
    message     jsonb       NOT NULL,
    routed_at   timestamptz,
    UNIQUE (tenant_id, told_key)
);
SELECT storage.make_tenant_owned('alerting.alert');
CREATE INDEX alert_waiting ON alerting.alert (alert_id) WHERE routed_at IS NULL;
CREATE INDEX alert_of_incident ON alerting.alert (incident_id, alert_id);

-- A first bad minute, before anything is confirmed: what clusters of strangers' failures are seen by.
CREATE TABLE alerting.first_bad (
    server_id      integer     NOT NULL,
    minute         integer     NOT NULL,
    tenant_id      integer     NOT NULL,
    sealed_at      timestamptz NOT NULL,
    failure_reason smallint    NOT NULL,
    -- Regions that failed and those that were asked: what is told from a failure of our own region.
    failed_regions text[]      NOT NULL,
    asked_regions  text[]      NOT NULL,
    PRIMARY KEY (server_id, minute)
);
SELECT storage.make_tenant_owned('alerting.first_bad');
CREATE INDEX first_bad_lately ON alerting.first_bad (minute);

-- A place that alerts go to. kind: number of SinkKind. settings: of the kind's own shape, nothing secret.
CREATE TABLE alerting.sink (
    sink_id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id      integer     NOT NULL,
    kind           smallint    NOT NULL,
    name           text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    settings       jsonb       NOT NULL,
    created_at     timestamptz NOT NULL,
    -- Null: not proven yet, nothing but its proof is sent there.
    verified_at    timestamptz,
    disabled_at    timestamptz,
    disabled_why   text        CHECK (length(disabled_why) <= 300),
    version        integer     NOT NULL DEFAULT 1,
    UNIQUE (tenant_id, name),
    -- Rules and deliveries point here together with their tenant: another tenant's sink cannot be named.
    UNIQUE (tenant_id, sink_id)
);
SELECT storage.make_tenant_owned('alerting.sink');

-- One message for one sink. Claimed for a while, sent, and tried again or given up.
CREATE TABLE alerting.delivery (
    delivery_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id     integer     NOT NULL,
    sink_id       integer     NOT NULL,
    -- Null: a digest or a test, which tells of no single alert.
    alert_id      bigint      REFERENCES alerting.alert ON DELETE CASCADE,
    incident_id   bigint      REFERENCES alerting.incident ON DELETE CASCADE,
    type          smallint    NOT NULL,
    -- One alert reaches one sink once, whatever rules name it: for example alert:7, digest:2026-01-01T10, step:7:2.
    once_key      text        NOT NULL CHECK (length(once_key) <= 120),
    message       jsonb       NOT NULL,
    state         text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead', 'dropped')),
    tries         integer     NOT NULL DEFAULT 0,
    next_at       timestamptz NOT NULL,
    claimed_until timestamptz,
    claim         uuid,
    created_at    timestamptz NOT NULL,
    ended_at      timestamptz,
    last_status   integer,
    last_detail   text        CHECK (length(last_detail) <= 300),
    request_id    text        CHECK (length(request_id) <= 200),
    UNIQUE (tenant_id, sink_id, once_key),
    FOREIGN KEY (tenant_id, sink_id) REFERENCES alerting.sink (tenant_id, sink_id) ON DELETE CASCADE
);
SELECT storage.make_tenant_owned('alerting.delivery');
CREATE INDEX delivery_due ON alerting.delivery (next_at) WHERE state = 'waiting';
CREATE INDEX delivery_of_tenant ON alerting.delivery (tenant_id, delivery_id);
CREATE INDEX delivery_of_incident ON alerting.delivery (incident_id) WHERE incident_id IS NOT NULL;

-- What a sink gave back for an incident, so that later messages edit or follow the first.
CREATE TABLE alerting.thread (
    tenant_id   integer NOT NULL,
    sink_id     integer NOT NULL,
    incident_id bigint  NOT NULL REFERENCES alerting.incident ON DELETE CASCADE,
    handle      text    NOT NULL CHECK (length(handle) <= 500),
    PRIMARY KEY (sink_id, incident_id),
    FOREIGN KEY (tenant_id, sink_id) REFERENCES alerting.sink (tenant_id, sink_id) ON DELETE CASCADE
);
SELECT storage.make_tenant_owned('alerting.thread');

-- Only loops write what loops decide; people set up sinks and answer incidents.
REVOKE INSERT, UPDATE, DELETE ON alerting.alert, alerting.first_bad, alerting.thread FROM alivemcp_app;

SELECT erasure.cover('alerting.alert', 2, $$
    INSERT INTO alerting.alert (tenant_id, server_id, type, kind, severity, told_key, sealed_at, message)
    VALUES (%1$s, %2$s, 1, 1, 1, 'drill-%2$s', now(), '{}') $$);
SELECT erasure.cover('alerting.first_bad', 2, $$
    INSERT INTO alerting.first_bad (server_id, minute, tenant_id, sealed_at, failure_reason, failed_regions, asked_regions)
    VALUES (%2$s, 1, %1$s, now(), 1, '{}', '{}') $$);
SELECT erasure.cover('alerting.incident', 3, $$
    INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
    VALUES (%1$s, %2$s, 1, 1, 'drill', now(), 1, now()) $$);
SELECT erasure.cover('alerting.incident_update', 2, $$
    WITH opened AS (
        INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
        VALUES (%1$s, %2$s, 2, 1, 'drill', now(), 2, now()) RETURNING incident_id)
    INSERT INTO alerting.incident_update (tenant_id, server_id, incident_id, at, kind, text)
    SELECT %1$s, %2$s, incident_id, now(), 'opened', 'drill' FROM opened $$);
SELECT erasure.cover('alerting.thread', 1, $$
    WITH sunk AS (
        INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
        VALUES (%1$s, 1, 'drill thread %2$s', '{}', now()) RETURNING sink_id),
    opened AS (
        INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
        VALUES (%1$s, %2$s, 3, 1, 'drill', now(), 3, now()) RETURNING incident_id)
    INSERT INTO alerting.thread (tenant_id, sink_id, incident_id, handle)
    SELECT %1$s, sink_id, incident_id, 'drill' FROM sunk, opened $$);
SELECT erasure.cover('alerting.delivery', 1, $$
    WITH sunk AS (
        INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
        VALUES (%1$s, 1, 'drill delivery %2$s', '{}', now()) RETURNING sink_id)
    INSERT INTO alerting.delivery (tenant_id, sink_id, type, once_key, message, next_at, created_at)
    SELECT %1$s, sink_id, 21, 'drill', '{}', now(), now() FROM sunk $$);
SELECT erasure.cover('alerting.sink', 3, $$
    INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at) VALUES (%1$s, 1, 'drill %2$s', '{}', now()) $$);
