-- The audit trail: who did what in a tenant. Every room appends to it in the transaction of the change itself, nobody changes or deletes a row.
-- The rows of one tenant are a chain: each carries the SHA-256 of its own text, and that text names the hash before it. Tenant 0 is the
-- operator's chain: acts of the install that are no tenant's, and refusals of people who are nobody yet.

CREATE TABLE storage.audit (
    tenant_id   integer     NOT NULL,
    seq         bigint      NOT NULL,
    at          timestamptz NOT NULL,
    -- Who, by opaque ids alone: what a person is called stands in storage.audit_person.
    layer       text        NOT NULL CHECK (layer ~ '^[a-z_]{1,32}$'),
    person      text        CHECK (length(person) <= 64),
    key_id      integer,
    action      text        NOT NULL CHECK (action ~ '^[a-z_]+\.[a-z_]+$' AND length(action) <= 64),
    target_kind text        NOT NULL CHECK (target_kind ~ '^[a-z_]{1,32}$'),
    target      text        NOT NULL CHECK (length(target) <= 200),
    why         text        CHECK (length(why) <= 500),
    -- SHA-256 of the canonical JSON of what was and of what is; null: there was, or is, nothing.
    before      bytea       CHECK (octet_length(before) = 32),
    after       bytea       CHECK (octet_length(after) = 32),
    prev        bytea       NOT NULL CHECK (octet_length(prev) = 32),
    hash        bytea       NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (tenant_id, seq, at)
) PARTITION BY RANGE (at);
SELECT storage.make_tenant_owned('storage.audit');
CREATE INDEX audit_of_target ON storage.audit (tenant_id, target_kind, target, seq);

-- The last link of every chain. Whoever appends holds its row until the end of its transaction, so that numbers have no gaps.
CREATE TABLE storage.audit_head (
    tenant_id  integer PRIMARY KEY,
    seq        bigint      NOT NULL DEFAULT 0,
    hash       bytea       NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    at         timestamptz NOT NULL DEFAULT '-infinity',
    -- The last link that was dropped with its year: the chain that is kept begins behind it.
    floor_seq  bigint      NOT NULL DEFAULT 0,
    floor_hash bytea       NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
);
SELECT storage.make_tenant_owned('storage.audit_head');

-- What is a person's stands beside the chain and may go without breaking it.
CREATE TABLE storage.audit_person (
    tenant_id  integer NOT NULL,
    seq        bigint  NOT NULL,
    person     text    CHECK (length(person) <= 64),
    name       text    CHECK (length(name) <= 200),
    email      text    CHECK (length(email) <= 320),
    address    text    CHECK (length(address) <= 64),
    user_agent text    CHECK (length(user_agent) <= 300),
    PRIMARY KEY (tenant_id, seq)
);
SELECT storage.make_tenant_owned('storage.audit_person');
CREATE INDEX audit_person_of ON storage.audit_person (person) WHERE person IS NOT NULL;

-- First lock: nobody is granted anything but to read. Rows are made by storage.write_audit alone.
REVOKE INSERT, UPDATE, DELETE ON storage.audit, storage.audit_head, storage.audit_person FROM alivemcp_app, alivemcp_worker;
-- Erasure empties it.
GRANT INSERT, DELETE ON storage.audit_person TO alivemcp_worker;

-- The functions below run as the owner, whom row security binds, too.
CREATE POLICY chain ON storage.audit TO alivemcp_owner USING (true) WITH CHECK (true);
CREATE POLICY chain ON storage.audit_head TO alivemcp_owner USING (true) WITH CHECK (true);
CREATE POLICY chain ON storage.audit_person TO alivemcp_owner USING (true) WITH CHECK (true);
CREATE POLICY look_up ON erasure.tenant_tombstone FOR SELECT TO alivemcp_owner USING (true);

-- Second lock: it holds for the owner, too.
CREATE FUNCTION storage.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is only ever added to.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON storage.audit FOR EACH ROW EXECUTE FUNCTION storage.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON storage.audit FOR EACH STATEMENT EXECUTE FUNCTION storage.refuse_change();

-- A partition a year. Years are made long before they come: a missing one would stop every change in the house.
CREATE FUNCTION storage.make_audit_year(year integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET timezone = 'UTC'
    AS $$
DECLARE
    leaf text := 'audit_y' || year;
BEGIN
    IF year NOT BETWEEN 2026 AND 2200 THEN
        RAISE EXCEPTION 'There is no year %.', year;
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(hashtext('storage.make_audit_year'));
    IF to_regclass('storage.' || leaf) IS NULL THEN
        EXECUTE format('CREATE TABLE storage.%I PARTITION OF storage.audit FOR VALUES FROM (%L) TO (%L)',
            leaf, make_timestamptz(year, 1, 1, 0, 0, 0), make_timestamptz(year + 1, 1, 1, 0, 0, 0));
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON storage.%I FOR EACH STATEMENT EXECUTE FUNCTION storage.refuse_change()', leaf);
    END IF;
END $$;
SELECT storage.make_audit_year(year) FROM generate_series(2026, 2040) AS year;

-- Drops a year that is older than seven years, and remembers of every chain where it begins now.
CREATE FUNCTION storage.drop_audit_year(year integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET timezone = 'UTC' SET lock_timeout = '2s'
    AS $$
DECLARE
    ends timestamptz := make_timestamptz(year + 1, 1, 1, 0, 0, 0);
BEGIN
    IF ends > now() - interval '7 years' OR to_regclass('storage.audit_y' || year) IS NULL
        OR EXISTS (SELECT FROM storage.audit WHERE at < ends - interval '1 year') THEN
        RETURN false;
    END IF;
    UPDATE storage.audit_head AS head SET floor_seq = last.seq, floor_hash = last.hash
    FROM (SELECT DISTINCT ON (tenant_id) tenant_id, seq, hash FROM storage.audit WHERE at < ends ORDER BY tenant_id, seq DESC) AS last
    WHERE head.tenant_id = last.tenant_id;
    DELETE FROM storage.audit_person AS person USING storage.audit_head AS head
    WHERE person.tenant_id = head.tenant_id AND person.seq <= head.floor_seq;
    EXECUTE format('DROP TABLE storage.%I', 'audit_y' || year);
    RETURN true;
END $$;

-- The text that a row's hash is of: canonical JSON by RFC 8785, its members in their order, every number whole. to_json escapes text as
-- the RFC does.
CREATE FUNCTION storage.audit_text(link storage.audit) RETURNS text
    LANGUAGE sql STABLE SET search_path = '' SET timezone = 'UTC'
    AS $$
    SELECT '{"action":' || to_json(link.action)
        || ',"after":' || coalesce('"sha256:' || encode(link.after, 'hex') || '"', 'null')
        || ',"at":"' || to_char(link.at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","before":' || coalesce('"sha256:' || encode(link.before, 'hex') || '"', 'null')
        || ',"key":' || coalesce(link.key_id::text, 'null')
        || ',"layer":' || to_json(link.layer)
        || ',"person":' || coalesce(to_json(link.person)::text, 'null')
        || ',"prev":"' || encode(link.prev, 'hex')
        || '","seq":' || link.seq
        || ',"target":' || to_json(link.target)
        || ',"target_kind":' || to_json(link.target_kind)
        || ',"tenant":' || link.tenant_id
        || ',"v":1,"why":' || coalesce(to_json(link.why)::text, 'null') || '}' $$;

-- Appends a row to a tenant's chain (0: the operator's) and gives its number. The only way to write one.
CREATE FUNCTION storage.write_audit(
    tenant integer, layer text, person text, key_id integer, action text, target_kind text, target text, why text, before bytea, after bytea,
    name text, email text, address text, user_agent text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    link storage.audit;
    head storage.audit_head;
BEGIN
    IF tenant IS NULL OR tenant <> 0 AND tenant IS DISTINCT FROM storage.tenant()
        AND NOT (SELECT rolbypassrls OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = session_user) THEN
        RAISE EXCEPTION 'This transaction does not act for tenant %.', tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO storage.audit_head (tenant_id) VALUES (tenant) ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM storage.audit_head WHERE tenant_id = tenant FOR UPDATE;

    -- Never earlier than the link before it, whatever the machine's clock does: years are dropped whole, the oldest links first.
    link := ROW(tenant, head.seq + 1, greatest(head.at, pg_catalog.clock_timestamp()), layer, person, key_id, action, target_kind, target, why,
        before, after, head.hash, NULL)::storage.audit;
    link.hash := pg_catalog.sha256(pg_catalog.convert_to(storage.audit_text(link), 'UTF8'));
    INSERT INTO storage.audit VALUES (link.*);
    UPDATE storage.audit_head SET seq = link.seq, hash = link.hash, at = link.at WHERE tenant_id = tenant;
    IF coalesce(name, email, address, user_agent) IS NOT NULL THEN
        INSERT INTO storage.audit_person VALUES (tenant, link.seq, person, name, email, address, user_agent);
    END IF;
    PERFORM pg_catalog.set_config('app.audited', pg_catalog.pg_current_xact_id()::text, true);
    RETURN link.seq;
END $$;

-- Takes what is a person's out of every chain.
CREATE FUNCTION storage.forget_person(forgotten text) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    WITH gone AS (DELETE FROM storage.audit_person WHERE person = forgotten RETURNING 1) SELECT count(*) FROM gone $$;

REVOKE ALL ON FUNCTION storage.make_audit_year(integer), storage.drop_audit_year(integer), storage.forget_person(text),
    storage.write_audit(integer, text, text, integer, text, text, text, text, bytea, bytea, text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION storage.make_audit_year(integer), storage.drop_audit_year(integer), storage.forget_person(text) TO alivemcp_worker;
GRANT EXECUTE ON FUNCTION storage.write_audit(integer, text, text, integer, text, text, text, text, bytea, bytea, text, text, text, text)
    TO alivemcp_app, alivemcp_worker;

SELECT erasure.cover('storage.audit_person', 1, $$
    INSERT INTO storage.audit_person (tenant_id, seq, name) VALUES (%1$s, 0, 'Erasure drill') $$);
INSERT INTO erasure.surface (relation, owner, step, why, sample) VALUES
    ('storage.audit', 'tenant', NULL, 'kept for seven years: opaque numbers and hashes, no name and no address', NULL),
    ('storage.audit_head', 'tenant', NULL, 'the last link of a chain that is kept', NULL);
