-- What every tenant was promised of its history, and the ways in which whole partitions of it go.

-- Written when a plan is granted, and when it grows. A plan that shrinks in deploy/plans.yaml does not shrink it: nothing is dropped then.
CREATE TABLE archive.promise (
    tenant_id    integer PRIMARY KEY,
    plan         text        NOT NULL,
    minute_class smallint    NOT NULL CHECK (minute_class BETWEEN 1 AND 4),
    day_history  integer     NOT NULL CHECK (day_history > 0),
    granted_at   timestamptz NOT NULL
);
SELECT storage.make_tenant_owned('archive.promise');
REVOKE INSERT, UPDATE, DELETE ON archive.promise FROM alivemcp_app;
SELECT erasure.cover('archive.promise', 1, $$
    INSERT INTO archive.promise (tenant_id, plan, minute_class, day_history, granted_at) VALUES (%1$s, 'public', 1, 90, now()) $$);

-- The leaves of closed history: of which grain and retention class, and from which to which hour, day or month.
CREATE FUNCTION archive.history_partitions()
    RETURNS TABLE (grain text, class smallint, child text, lower_bound integer, upper_bound integer, bytes bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$
    SELECT root.grain, found.parts[1]::smallint, leaf.relname::text, bound.parts[1]::integer, bound.parts[2]::integer,
        pg_catalog.pg_total_relation_size(leaf.oid)
    FROM (VALUES ('hour'), ('day'), ('month')) AS root (grain),
        pg_catalog.pg_partition_tree(to_regclass('archive.verdict_' || root.grain)) AS tree
        JOIN pg_catalog.pg_class AS leaf ON leaf.oid = tree.relid,
        regexp_match(leaf.relname, '^verdict_[a-z]+_([1-4])_') AS found (parts),
        regexp_match(pg_catalog.pg_get_expr(leaf.relpartbound, leaf.oid), 'FROM \(''?(-?\d+)''?\) TO \(''?(-?\d+)''?\)') AS bound (parts)
    WHERE tree.isleaf AND found.parts IS NOT NULL AND bound.parts IS NOT NULL $$;

-- Drops a leaf of closed history, whole. A reader that stays longer is not waited for: the next round comes, and readers behind us go on.
CREATE FUNCTION archive.drop_history(child text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET lock_timeout = '500ms'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM archive.history_partitions() AS leaf WHERE leaf.child = drop_history.child) THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE archive.%I', child);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION archive.history_partitions(), archive.drop_history(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION archive.history_partitions(), archive.drop_history(text) TO alivemcp_worker;

-- What goes row by row is found by its age.
CREATE INDEX outbox_done ON storage.outbox (processed_at) WHERE processed_at IS NOT NULL;
CREATE INDEX evidence_by_age ON collector.evidence (minute);
CREATE INDEX contract_version_by_age ON collector.contract_version (first_seen);
