-- Erasure over every surface, guarded in the tables themselves: what is emptied, what stays and why, stones of tenants, receipts.
-- A table that holds rows of a server or of a tenant says so in one statement: SELECT erasure.cover('schema.table', 2, sample). A test compares with the catalogue.

-- The answer of every table to "what becomes of a server's, or a tenant's, rows here". Tables with a server_id go with the server, others with the tenant.
CREATE TABLE erasure.surface (
    relation text     PRIMARY KEY CHECK (relation ~ '^[a-z_]+\.[a-z_0-9]+$'),
    owner    text     NOT NULL CHECK (owner IN ('server', 'tenant')),
    -- Rows go in this order; null: they stay.
    step     smallint,
    -- Why they stay, or who else sees to it that none comes after the stone.
    why      text,
    -- Statements that leave a row of tenant %1$s and server %2$s here: the drill plants them and sees to it that none is left.
    sample   text,
    -- A condition that is true of every row and leads to an index that does not begin with the server.
    narrow   text,
    CHECK (step IS NOT NULL AND sample IS NOT NULL OR step IS NULL AND why IS NOT NULL)
);
GRANT SELECT ON erasure.surface TO alivemcp_worker;

ALTER TABLE erasure.tombstone
    ADD COLUMN asked_by text NOT NULL DEFAULT 'owner' CHECK (length(asked_by) <= 200),
    ADD COLUMN asked_at timestamptz NOT NULL DEFAULT now(),
    -- When Redis had answered that nothing of it is left there.
    ADD COLUMN keys_deleted_at timestamptz;
ALTER TABLE servers.server ADD COLUMN erase_asked_by text CHECK (length(erase_asked_by) <= 200);
COMMENT ON COLUMN servers.server.erase_asked_by IS 'Null with erase_asked_at set: its owner.';

-- Tenants that are erased for ever. No server, key or region of theirs is made any more.
CREATE TABLE erasure.tenant_tombstone (
    tenant_id integer     PRIMARY KEY,
    asked_by  text        NOT NULL CHECK (length(asked_by) <= 200),
    buried_at timestamptz NOT NULL DEFAULT now(),
    erased_at timestamptz
);
SELECT storage.make_tenant_owned('erasure.tenant_tombstone');

-- What was erased, when, and who asked. Numbers and counts only: nothing of what was erased can be read from it.
CREATE TABLE erasure.receipt (
    receipt_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  integer     NOT NULL,
    -- Null: the tenant itself.
    server_id  integer,
    asked_by   text        NOT NULL,
    asked_at   timestamptz NOT NULL,
    erased_at  timestamptz NOT NULL,
    row_counts jsonb       NOT NULL,
    hash       bytea       NOT NULL CHECK (octet_length(hash) = 32)
);
SELECT storage.make_tenant_owned('erasure.receipt');
CREATE INDEX receipt_of ON erasure.receipt (tenant_id, server_id);
REVOKE INSERT, UPDATE, DELETE ON erasure.tenant_tombstone, erasure.receipt FROM alivemcp_app;

-- The text that a receipt's hash is of: one line of JSON, the same on every server for ever.
CREATE FUNCTION erasure.receipt_text(tenant integer, server integer, asked_by text, asked_at timestamptz, erased_at timestamptz, row_counts jsonb)
    RETURNS text LANGUAGE sql STABLE SET search_path = '' SET timezone = 'UTC'
    AS $$
    SELECT pg_catalog.jsonb_build_object(
        'v', 1, 'tenant_id', tenant, 'server_id', server, 'asked_by', asked_by,
        'asked_at', pg_catalog.to_char(asked_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'erased_at', pg_catalog.to_char(erased_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'rows', row_counts)::text $$;

CREATE FUNCTION erasure.write_receipt(tenant integer, server integer, asked_by text, asked_at timestamptz, row_counts jsonb)
    RETURNS void LANGUAGE sql SET search_path = ''
    AS $$
    INSERT INTO erasure.receipt (tenant_id, server_id, asked_by, asked_at, erased_at, row_counts, hash)
    SELECT tenant, server, asked_by, asked_at, now(), row_counts, pg_catalog.sha256(pg_catalog.convert_to(
        erasure.receipt_text(tenant, server, asked_by, asked_at, now(), row_counts), 'UTF8')) $$;

-- Whoever inserts holds its server's shard, shared, until its transaction ends; whoever buries takes it whole. So behind a stone that is
-- committed nobody who did not see it is still writing. Each look is a statement of its own, begun after the lock was given.
CREATE FUNCTION erasure.is_buried(server integer) RETURNS boolean
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock_shared(7117, server % 64);
    RETURN EXISTS (SELECT FROM erasure.tombstone WHERE server_id = server);
END $$;

CREATE FUNCTION erasure.is_tenant_buried(tenant integer) RETURNS boolean
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock_shared(7118, tenant);
    RETURN EXISTS (SELECT FROM erasure.tenant_tombstone WHERE tenant_id = tenant);
END $$;

-- erasure.is_buried, written out: this runs for every row of closed hours, and a call and a setting of its own cost twice as much again.
CREATE FUNCTION erasure.leave_out_buried() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock_shared(7117, NEW.server_id % 64);
    IF EXISTS (SELECT FROM erasure.tombstone WHERE server_id = NEW.server_id) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION erasure.refuse_buried_tenant() RETURNS trigger
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    IF erasure.is_tenant_buried(NEW.tenant_id) THEN
        RAISE EXCEPTION 'Tenant % is erased.', NEW.tenant_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- What is told of an erased server is that it is erased, and nothing else.
CREATE FUNCTION erasure.leave_out_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    IF NEW.topic = 'server.erased' THEN
        RETURN NEW;
    END IF;
    IF erasure.is_tenant_buried(NEW.tenant_id) THEN
        RETURN NULL;
    END IF;
    IF NEW.record ->> 'server_id' ~ '^[0-9]{1,9}$' THEN
        IF erasure.is_buried((NEW.record ->> 'server_id')::integer) THEN
            RETURN NULL;
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- Makes a table part of erasure. guarded: its own trigger keeps rows out behind a stone; else say who does.
CREATE FUNCTION erasure.cover(covered regclass, step integer, sample text, guarded boolean DEFAULT true, why text DEFAULT NULL,
    narrow text DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    owner text := CASE WHEN EXISTS (
        SELECT FROM pg_attribute WHERE attrelid = covered AND attname = 'server_id' AND NOT attisdropped) THEN 'server' ELSE 'tenant' END;
BEGIN
    INSERT INTO erasure.surface (relation, owner, step, why, sample, narrow)
    SELECT format('%s.%s', n.nspname, c.relname), owner, cover.step, cover.why, cover.sample, cover.narrow
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = covered;
    IF guarded THEN
        EXECUTE format('CREATE TRIGGER buried BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION erasure.%I()', covered,
            CASE owner WHEN 'server' THEN 'leave_out_buried' ELSE 'refuse_buried_tenant' END);
    END IF;
END $$;
REVOKE ALL ON FUNCTION erasure.cover(regclass, integer, text, boolean, text, text),
    erasure.write_receipt(integer, integer, text, timestamptz, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erasure.write_receipt(integer, integer, text, timestamptz, jsonb) TO alivemcp_worker;
