-- Closed months: the sum of their closed days, computed like days are from hours. Months are counted from January 1970.

CREATE TABLE archive.verdict_month (
    server_id    integer  NOT NULL,
    month        integer  NOT NULL,
    tenant_id    integer  NOT NULL,
    retention    smallint NOT NULL,
    days         integer  NOT NULL,
    live         integer  NOT NULL,
    degraded     integer  NOT NULL,
    down         integer  NOT NULL,
    unknown      integer  NOT NULL,
    maintenance  integer  NOT NULL,
    tries        integer  NOT NULL,
    failed_tries integer  NOT NULL,
    latency      bytea    NOT NULL,
    PRIMARY KEY (server_id, month, retention)
) PARTITION BY LIST (retention);
SELECT storage.make_tenant_owned('archive.verdict_month');
CREATE TABLE archive.verdict_month_1 PARTITION OF archive.verdict_month FOR VALUES IN (1) PARTITION BY RANGE (month);
CREATE TABLE archive.verdict_month_2 PARTITION OF archive.verdict_month FOR VALUES IN (2) PARTITION BY RANGE (month);
CREATE TABLE archive.verdict_month_3 PARTITION OF archive.verdict_month FOR VALUES IN (3) PARTITION BY RANGE (month);
CREATE TABLE archive.verdict_month_4 PARTITION OF archive.verdict_month FOR VALUES IN (4) PARTITION BY RANGE (month);

CREATE TABLE archive.dirty_month (
    month        integer     NOT NULL,
    server_id    integer     NOT NULL,
    tenant_id    integer     NOT NULL,
    touched      integer     NOT NULL DEFAULT 0,
    come_back_at timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (month, server_id)
);
SELECT storage.make_tenant_owned('archive.dirty_month');
REVOKE INSERT, UPDATE, DELETE ON archive.verdict_month, archive.dirty_month FROM alivemcp_app;

-- Readers take months up to packed_month from verdict_month.
ALTER TABLE archive.progress ADD COLUMN packed_month integer NOT NULL DEFAULT 0;

-- The month that holds a day; days are counted from 1970-01-01.
CREATE FUNCTION archive.month_of(day integer) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = ''
    AS $$ SELECT (extract(year FROM DATE '1970-01-01' + day)::integer - 1970) * 12 + extract(month FROM DATE '1970-01-01' + day)::integer - 1 $$;

CREATE FUNCTION archive.make_month_year(class smallint, month integer) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    SELECT archive.make_range(
        'verdict_month_' || class,
        'verdict_month_' || class || '_y' || (1970 + month / 12),
        month / 12 * 12,
        (month / 12 + 1) * 12)
    WHERE class BETWEEN 1 AND 4 $$;

REVOKE ALL ON FUNCTION archive.month_of(integer), archive.make_month_year(smallint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION archive.month_of(integer) TO alivemcp_app, alivemcp_worker;
GRANT EXECUTE ON FUNCTION archive.make_month_year(smallint, integer) TO alivemcp_worker;

-- Days that were closed before there were months. The owner is bound by the policy: for these statements it is not.
ALTER TABLE archive.verdict_day NO FORCE ROW LEVEL SECURITY;
ALTER TABLE archive.dirty_month NO FORCE ROW LEVEL SECURITY;
INSERT INTO archive.dirty_month (month, server_id, tenant_id)
    SELECT DISTINCT archive.month_of(day), server_id, tenant_id FROM archive.verdict_day;
ALTER TABLE archive.verdict_day FORCE ROW LEVEL SECURITY;
ALTER TABLE archive.dirty_month FORCE ROW LEVEL SECURITY;

-- Hours before days before months: whoever computes an hour holds its dirty row until the day that it makes dirty is written.
CREATE OR REPLACE FUNCTION erasure.erase_server(erased_tenant integer, erased_server integer) RETURNS void
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = erased_server AND tenant_id = erased_tenant) THEN
        RAISE EXCEPTION 'Server %/% has no tombstone: bury it first.', erased_tenant, erased_server;
    END IF;
    DELETE FROM archive.contract_doubt   WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.contract_drift   WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.settled_contract WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.dirty_hour       WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.dirty_day        WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.dirty_month      WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.set_aside        WHERE server_id = erased_server;
    DELETE FROM archive.verdict_month    WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.verdict_day      WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.verdict_hour     WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.verdict_minute   WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM archive.watch_period     WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM collector.contract_version WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM collector.evidence       WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM collector.server_memory  WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.maintenance      WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.public_listing   WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.event            WHERE server_id = erased_server AND tenant_id = erased_tenant;
    DELETE FROM servers.server           WHERE server_id = erased_server AND tenant_id = erased_tenant;
    UPDATE erasure.tombstone SET erased_at = now() WHERE server_id = erased_server AND tenant_id = erased_tenant;
END $$;
