-- What is kept of minutes: hot minutes by UTC day, closed hours and days by retention class, and the marks that say how far the sealed log was read.
-- Numbers of states, reasons and retention classes are those of AliveMcp.Vocabulary.

CREATE SCHEMA archive;
GRANT USAGE ON SCHEMA archive TO alivemcp_app, alivemcp_worker;

-- How far a reader has read a shard's log in one epoch of Redis. holds_log: the log is trimmed only behind such readers.
CREATE TABLE archive.mark (
    reader    text     NOT NULL CHECK (reader IN ('archive', 'alert')),
    shard     smallint NOT NULL CHECK (shard BETWEEN 0 AND 63),
    epoch     text     NOT NULL DEFAULT '',
    seq       bigint   NOT NULL DEFAULT 0,
    holds_log boolean  NOT NULL,
    PRIMARY KEY (reader, shard)
);
INSERT INTO archive.mark (reader, shard, holds_log)
    SELECT reader, shard, reader = 'archive' FROM unnest(ARRAY['archive', 'alert']) AS reader, generate_series(0, 63) AS shard;
GRANT SELECT, UPDATE ON archive.mark TO alivemcp_worker;

-- How far the closing of hours and days has come; one row. A minute that arrives for an hour up to closed_hour makes that hour dirty.
-- Readers take hours up to packed_hour from verdict_hour and newer minutes from verdict_minute; days up to packed_day likewise.
CREATE TABLE archive.progress (
    one         boolean PRIMARY KEY DEFAULT true CHECK (one),
    closed_hour integer NOT NULL DEFAULT 0,
    packed_hour integer NOT NULL DEFAULT 0,
    packed_day  integer NOT NULL DEFAULT 0
);
INSERT INTO archive.progress DEFAULT VALUES;
GRANT SELECT ON archive.progress TO alivemcp_app;
GRANT SELECT, UPDATE ON archive.progress TO alivemcp_worker;

-- Partitions have no grants of their own: they are reached through their parent and its policy only.
CREATE TABLE archive.verdict_minute (
    minute      integer  NOT NULL,
    server_id   integer  NOT NULL,
    tenant_id   integer  NOT NULL,
    latency_ms  integer,
    state       smallint NOT NULL CHECK (state BETWEEN 0 AND 3),
    why         smallint NOT NULL,
    weight      smallint NOT NULL CHECK (weight BETWEEN 1 AND 60),
    maintenance boolean  NOT NULL,
    packed      bytea    NOT NULL,
    PRIMARY KEY (minute, server_id)
) PARTITION BY RANGE (minute);
SELECT storage.make_tenant_owned('archive.verdict_minute');

CREATE TABLE archive.verdict_hour (
    server_id    integer  NOT NULL,
    hour         integer  NOT NULL,
    tenant_id    integer  NOT NULL,
    retention    smallint NOT NULL,
    minutes      smallint NOT NULL,
    live         smallint NOT NULL,
    degraded     smallint NOT NULL,
    down         smallint NOT NULL,
    unknown      smallint NOT NULL,
    maintenance  smallint NOT NULL,
    tries        integer  NOT NULL,
    failed_tries integer  NOT NULL,
    packed       bytea    NOT NULL,
    latency      bytea    NOT NULL,
    regions      bytea    NOT NULL,
    marks        bytea    NOT NULL,
    PRIMARY KEY (server_id, hour, retention)
) PARTITION BY LIST (retention);
SELECT storage.make_tenant_owned('archive.verdict_hour');

CREATE TABLE archive.verdict_day (
    server_id    integer  NOT NULL,
    day          integer  NOT NULL,
    tenant_id    integer  NOT NULL,
    retention    smallint NOT NULL,
    hours        integer  NOT NULL,
    live         integer  NOT NULL,
    degraded     integer  NOT NULL,
    down         integer  NOT NULL,
    unknown      integer  NOT NULL,
    maintenance  integer  NOT NULL,
    tries        integer  NOT NULL,
    failed_tries integer  NOT NULL,
    latency      bytea    NOT NULL,
    PRIMARY KEY (server_id, day, retention)
) PARTITION BY LIST (retention);
SELECT storage.make_tenant_owned('archive.verdict_day');

-- 1 = 7 days, 2 = 90 days, 3 = 13 months, 4 = 25 months (RetentionClass).
CREATE TABLE archive.verdict_hour_1 PARTITION OF archive.verdict_hour FOR VALUES IN (1) PARTITION BY RANGE (hour);
CREATE TABLE archive.verdict_hour_2 PARTITION OF archive.verdict_hour FOR VALUES IN (2) PARTITION BY RANGE (hour);
CREATE TABLE archive.verdict_hour_3 PARTITION OF archive.verdict_hour FOR VALUES IN (3) PARTITION BY RANGE (hour);
CREATE TABLE archive.verdict_hour_4 PARTITION OF archive.verdict_hour FOR VALUES IN (4) PARTITION BY RANGE (hour);
CREATE TABLE archive.verdict_day_1 PARTITION OF archive.verdict_day FOR VALUES IN (1) PARTITION BY RANGE (day);
CREATE TABLE archive.verdict_day_2 PARTITION OF archive.verdict_day FOR VALUES IN (2) PARTITION BY RANGE (day);
CREATE TABLE archive.verdict_day_3 PARTITION OF archive.verdict_day FOR VALUES IN (3) PARTITION BY RANGE (day);
CREATE TABLE archive.verdict_day_4 PARTITION OF archive.verdict_day FOR VALUES IN (4) PARTITION BY RANGE (day);

-- Server-hours and server-days to be computed again from what lies beneath them. touched grows so that a touch waits for, and is seen by, the one who computes.
CREATE TABLE archive.dirty_hour (
    hour         integer     NOT NULL,
    server_id    integer     NOT NULL,
    tenant_id    integer     NOT NULL,
    touched      integer     NOT NULL DEFAULT 0,
    come_back_at timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (hour, server_id)
);
SELECT storage.make_tenant_owned('archive.dirty_hour');

CREATE TABLE archive.dirty_day (
    day          integer     NOT NULL,
    server_id    integer     NOT NULL,
    tenant_id    integer     NOT NULL,
    touched      integer     NOT NULL DEFAULT 0,
    come_back_at timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (day, server_id)
);
SELECT storage.make_tenant_owned('archive.dirty_day');

-- From when to when a server is watched, and how often: what is expected. Expected minus present is unknown.
CREATE TABLE archive.watch_period (
    server_id   integer  NOT NULL,
    from_minute integer  NOT NULL,
    to_minute   integer  CHECK (to_minute > from_minute),
    weight      smallint NOT NULL CHECK (weight BETWEEN 1 AND 60),
    tenant_id   integer  NOT NULL,
    PRIMARY KEY (server_id, from_minute)
);
SELECT storage.make_tenant_owned('archive.watch_period');
CREATE UNIQUE INDEX watch_period_open ON archive.watch_period (server_id) WHERE to_minute IS NULL;

-- Sealed minutes and outbox records that could not be kept as they are: nothing is thrown away, and nothing else waits for them.
CREATE TABLE archive.set_aside (
    set_aside_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source       text        NOT NULL,
    member       text        NOT NULL,
    server_id    integer     NOT NULL,
    reason       text        NOT NULL,
    packed       bytea       NOT NULL,
    attempts     integer     NOT NULL DEFAULT 1,
    come_back_at timestamptz NOT NULL,
    UNIQUE (source, member)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON archive.set_aside TO alivemcp_worker;

-- Makes a range partition if it is missing. Attached, not created in place: attaching does not stop readers and writers of the parent.
CREATE FUNCTION archive.make_range(parent text, child text, lower_bound integer, upper_bound integer) RETURNS boolean
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    IF to_regclass(format('archive.%I', child)) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(hashtext('archive.make_range'));
    IF to_regclass(format('archive.%I', child)) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE archive.%I (LIKE archive.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, parent);
    EXECUTE format('ALTER TABLE archive.%I ATTACH PARTITION archive.%I FOR VALUES FROM (%s) TO (%s)', parent, child, lower_bound, upper_bound);
    RETURN true;
END $$;

-- The only ways in which the worker changes partitions; each runs as the owner. Days are counted from 1970-01-01.
CREATE FUNCTION archive.make_minute_day(day integer) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$ SELECT archive.make_range('verdict_minute', 'verdict_minute_d' || day, day * 1440, (day + 1) * 1440) $$;

CREATE FUNCTION archive.make_hour_month(class smallint, hour integer) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    SELECT archive.make_range(
        'verdict_hour_' || class,
        'verdict_hour_' || class || to_char(month, '"_m"YYYYMM'),
        (month::date - DATE '1970-01-01') * 24,
        ((month + INTERVAL '1 month')::date - DATE '1970-01-01') * 24)
    FROM date_trunc('month', (DATE '1970-01-01' + hour / 24)::timestamp) AS month
    WHERE class BETWEEN 1 AND 4 $$;

CREATE FUNCTION archive.make_day_year(class smallint, day integer) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    SELECT archive.make_range(
        'verdict_day_' || class,
        'verdict_day_' || class || to_char(year, '"_y"YYYY'),
        year::date - DATE '1970-01-01',
        (year + INTERVAL '1 year')::date - DATE '1970-01-01')
    FROM date_trunc('year', (DATE '1970-01-01' + day)::timestamp) AS year
    WHERE class BETWEEN 1 AND 4 $$;

-- Drops a day of hot minutes, whole. Whether it may go is the worker's to find out: this owner is bound by the policy and sees no row.
CREATE FUNCTION archive.drop_minute_day(day integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET lock_timeout = '2s'
    AS $$
DECLARE
    child text := 'verdict_minute_d' || day;
BEGIN
    IF to_regclass(format('archive.%I', child)) IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE archive.%I', child);
    RETURN true;
END $$;

-- Days of which there is a partition of hot minutes.
CREATE FUNCTION archive.minute_days() RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$
    SELECT substr(child.relname, length('verdict_minute_d') + 1)::integer
    FROM pg_catalog.pg_inherits JOIN pg_catalog.pg_class AS child ON child.oid = inhrelid
    WHERE inhparent = 'archive.verdict_minute'::regclass $$;

REVOKE ALL ON FUNCTION archive.make_range(text, text, integer, integer), archive.make_minute_day(integer),
    archive.make_hour_month(smallint, integer), archive.make_day_year(smallint, integer),
    archive.drop_minute_day(integer), archive.minute_days() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION archive.make_minute_day(integer), archive.make_hour_month(smallint, integer),
    archive.make_day_year(smallint, integer), archive.drop_minute_day(integer), archive.minute_days() TO alivemcp_worker;
