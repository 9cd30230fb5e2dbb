-- Who hears of what: a tenant's rules, what a delivery rests on, and what only operators see. See src/AliveMcp.Alerting/Rules and Deliveries.

-- Without any row every verified sink of a tenant hears P1 to P3. Empty lists: all. kinds, severities: numbers of AlertKind and Severity.
CREATE TABLE alerting.rule (
    rule_id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  integer     NOT NULL,
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    enabled    boolean     NOT NULL DEFAULT true,
    servers    text[]      NOT NULL DEFAULT '{}',
    tags       text[]      NOT NULL DEFAULT '{}',
    kinds      smallint[]  NOT NULL DEFAULT '{}',
    severities smallint[]  NOT NULL DEFAULT '{}',
    regions    text[]      NOT NULL DEFAULT '{}',
    -- Times of day in an IANA zone: what is not P1 waits until they are over.
    quiet_from time,
    quiet_to   time,
    quiet_zone text        CHECK (length(quiet_zone) <= 64),
    created_at timestamptz NOT NULL,
    version    integer     NOT NULL DEFAULT 1,
    CHECK (num_nulls(quiet_from, quiet_to, quiet_zone) IN (0, 3)),
    UNIQUE (tenant_id, name),
    UNIQUE (tenant_id, rule_id)
);
SELECT storage.make_tenant_owned('alerting.rule');

-- The ladder: which sinks hear after how many minutes without an answer; 0: at once. Both ends are named together with the tenant.
CREATE TABLE alerting.rule_sink (
    tenant_id     integer  NOT NULL,
    rule_id       integer  NOT NULL,
    after_minutes smallint NOT NULL CHECK (after_minutes BETWEEN 0 AND 1440),
    sink_id       integer  NOT NULL,
    PRIMARY KEY (rule_id, after_minutes, sink_id),
    CONSTRAINT rule_sink_rule FOREIGN KEY (tenant_id, rule_id) REFERENCES alerting.rule (tenant_id, rule_id) ON DELETE CASCADE,
    CONSTRAINT rule_sink_sink FOREIGN KEY (tenant_id, sink_id) REFERENCES alerting.sink (tenant_id, sink_id) ON DELETE CASCADE
);
SELECT storage.make_tenant_owned('alerting.rule_sink');

ALTER TABLE alerting.delivery
    -- Null: the rule of a tenant without rules, a digest, a test.
    ADD COLUMN rule_id       integer,
    ADD COLUMN severity      smallint    NOT NULL DEFAULT 3 CHECK (severity BETWEEN 1 AND 4),
    -- Step of the ladder; it is dropped when somebody answers before.
    ADD COLUMN after_minutes smallint    NOT NULL DEFAULT 0,
    -- Waits for the end of quiet hours; it is dropped when its incident ends before.
    ADD COLUMN held          boolean     NOT NULL DEFAULT false,
    -- Until then it is tried again.
    ADD COLUMN give_up_at    timestamptz NOT NULL DEFAULT now() + interval '6 hours',
    ADD CONSTRAINT delivery_rule FOREIGN KEY (tenant_id, rule_id) REFERENCES alerting.rule (tenant_id, rule_id) ON DELETE SET NULL (rule_id);
CREATE INDEX delivery_in_order ON alerting.delivery (sink_id, incident_id, delivery_id) WHERE state = 'waiting';
CREATE INDEX alert_waiting_of_tenant ON alerting.alert (tenant_id, alert_id) WHERE routed_at IS NULL;

-- What must not happen and did: for operators alone. The same again counts up.
CREATE TABLE alerting.operator_alarm (
    alarm_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    once_key text        NOT NULL UNIQUE CHECK (length(once_key) <= 120),
    kind     text        NOT NULL CHECK (kind ~ '^[a-z_]{1,32}$'),
    detail   text        NOT NULL CHECK (length(detail) <= 500),
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL,
    times    integer     NOT NULL DEFAULT 1,
    ended_at timestamptz
);
GRANT SELECT, INSERT, UPDATE, DELETE ON alerting.operator_alarm TO alivemcp_worker;

-- After somebody took care of an incident: stops the ladder and tells those who were told. In the caller's transaction and its tenant's name.
CREATE FUNCTION alerting.tell_acknowledged(acknowledged bigint, who text, moment timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
BEGIN
    -- The one that a runner has in its hands just now is on its way.
    UPDATE alerting.delivery SET state = 'dropped', ended_at = moment, last_detail = 'acknowledged before its time'
    WHERE incident_id = acknowledged AND tenant_id = storage.tenant() AND state = 'waiting' AND after_minutes > 0
        AND tries = 0 AND claim IS NULL;
    INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
    SELECT tenant_id, server_id, incident_id, 2, kind, severity, 'incident:' || acknowledged || ':acknowledged', moment,
        message || pg_catalog.jsonb_build_object('type', 'incident.updated', 'details', 'Acknowledged by ' || who || '.')
    FROM alerting.alert
    WHERE incident_id = acknowledged AND tenant_id = storage.tenant() AND type IN (1, 2)
    ORDER BY alert_id DESC LIMIT 1
    ON CONFLICT DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION alerting.tell_acknowledged(bigint, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alerting.tell_acknowledged(bigint, text, timestamptz) TO alivemcp_app, alivemcp_worker;

SELECT erasure.cover('alerting.rule_sink', 1, $$
    WITH sunk AS (
        INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
        VALUES (%1$s, 1, 'drill rule %2$s', '{}', now()) RETURNING sink_id),
    ruled AS (
        INSERT INTO alerting.rule (tenant_id, name, created_at) VALUES (%1$s, 'drill ladder %2$s', now()) RETURNING rule_id)
    INSERT INTO alerting.rule_sink (tenant_id, rule_id, after_minutes, sink_id)
    SELECT %1$s, rule_id, 0, sink_id FROM ruled, sunk $$);
SELECT erasure.cover('alerting.rule', 2, $$
    INSERT INTO alerting.rule (tenant_id, name, created_at) VALUES (%1$s, 'drill %2$s', now()) $$);
