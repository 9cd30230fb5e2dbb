-- All that looks past the fences around people: each function takes what only the person at the door can know, or acts for app.person_id.

-- True while somebody has tried less than @most times in the window that runs; the try is counted either way.
CREATE FUNCTION tenancy.count_attempt(tried bytea, most integer, window_length interval, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    counted integer;
BEGIN
    INSERT INTO tenancy.attempt AS kept (bucket, tries, ends_at) VALUES (tried, 1, at + window_length)
    ON CONFLICT (bucket) DO UPDATE SET
        tries = CASE WHEN kept.ends_at <= at THEN 1 ELSE least(kept.tries, 1000000) + 1 END,
        ends_at = CASE WHEN kept.ends_at <= at THEN at + window_length ELSE kept.ends_at END
    RETURNING tries INTO counted;
    DELETE FROM tenancy.attempt WHERE bucket IN (
        SELECT bucket FROM tenancy.attempt WHERE ends_at < at - interval '1 day' LIMIT 20 FOR UPDATE SKIP LOCKED);
    RETURN counted <= most;
END $$;

-- Keeps a link that signs in. Tells whether the address is somebody's, whether somebody invited it, and whether it is an owner's of the install.
CREATE FUNCTION tenancy.make_link(hash bytea, address text, browser bytea, path text, at timestamptz, ends timestamptz)
    RETURNS TABLE (is_known boolean, is_invited boolean, is_install_owner boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
BEGIN
    DELETE FROM tenancy.sign_in_link WHERE token_hash IN (
        SELECT token_hash FROM tenancy.sign_in_link WHERE expires_at < at LIMIT 20 FOR UPDATE SKIP LOCKED);
    INSERT INTO tenancy.sign_in_link (token_hash, kind, email, browser_hash, next_path, expires_at)
    VALUES (hash, 'sign_in', address, browser, path, ends);
    RETURN QUERY SELECT
        EXISTS (SELECT FROM tenancy.person_email WHERE email = address),
        EXISTS (SELECT FROM tenancy.invitation WHERE email = address AND expires_at > at),
        EXISTS (SELECT FROM tenancy.person_email AS e JOIN tenancy.membership AS m USING (person_id)
            WHERE e.email = address AND m.tenant_id = 2 AND m.role = 'owner');
END $$;

CREATE FUNCTION tenancy.look_link(hash bytea, at timestamptz)
    RETURNS TABLE (kind text, email text, browser_hash bytea, next_path text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$ SELECT kind, email, browser_hash, next_path FROM tenancy.sign_in_link WHERE token_hash = hash AND expires_at > at $$;

-- The person behind an address that was just proven; made when there is none and that is allowed, or the address was invited. Null: may not.
CREATE FUNCTION tenancy.person_of(address text, called text, at timestamptz, may_register boolean) RETURNS integer
    LANGUAGE plpgsql SET search_path = ''
    AS $$
DECLARE
    found integer;
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(7120, pg_catalog.hashtext(address));
    UPDATE tenancy.person_email SET verified_at = coalesce(verified_at, at) WHERE email = address RETURNING person_id INTO found;
    IF found IS NULL AND (may_register OR EXISTS (SELECT FROM tenancy.invitation WHERE email = address AND expires_at > at)) THEN
        INSERT INTO tenancy.person (name, made_at) VALUES (called, at) RETURNING person_id INTO found;
        INSERT INTO tenancy.person_email (email, person_id, verified_at, made_at) VALUES (address, found, at, at);
    END IF;
    RETURN found;
END $$;

-- Uses a link up and tells who it signs in. Two at once: one of them finds nothing.
CREATE FUNCTION tenancy.enter_by_link(hash bytea, at timestamptz, may_register boolean) RETURNS TABLE (entered integer, next_path text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    taken tenancy.sign_in_link;
BEGIN
    DELETE FROM tenancy.sign_in_link WHERE token_hash = hash AND kind = 'sign_in' AND expires_at > at RETURNING * INTO taken;
    IF FOUND THEN
        RETURN QUERY SELECT tenancy.person_of(taken.email, '', at, may_register), taken.next_path;
    END IF;
END $$;

-- The link that makes the first owner of the install; nothing while there is one. A new link puts the old ones out of use.
CREATE FUNCTION tenancy.make_owner_link(hash bytea, ends timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(7119, 2);
    IF EXISTS (SELECT FROM tenancy.membership WHERE tenant_id = 2 AND role = 'owner') THEN
        RETURN false;
    END IF;
    DELETE FROM tenancy.sign_in_link WHERE kind = 'owner';
    INSERT INTO tenancy.sign_in_link (token_hash, kind, next_path, expires_at) VALUES (hash, 'owner', '/tenants', ends);
    RETURN true;
END $$;

CREATE FUNCTION tenancy.enter_by_owner_link(hash bytea, address text, called text, at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    found integer;
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(7119, 2);
    DELETE FROM tenancy.sign_in_link WHERE token_hash = hash AND kind = 'owner' AND expires_at > at;
    IF NOT FOUND OR EXISTS (SELECT FROM tenancy.membership WHERE tenant_id = 2 AND role = 'owner') THEN
        RETURN NULL;
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(7120, pg_catalog.hashtext(address));
    -- Somebody who has that address already proves it, by signing in: a link to the install is no key to another one's account.
    IF EXISTS (SELECT FROM tenancy.person_email WHERE email = address AND person_id <> coalesce(tenancy.acting_person(), 0)) THEN
        RAISE EXCEPTION 'That address is taken.' USING ERRCODE = 'unique_violation';
    END IF;
    found := tenancy.acting_person();
    IF found IS NULL THEN
        INSERT INTO tenancy.person (name, made_at) VALUES (called, at) RETURNING person_id INTO found;
        INSERT INTO tenancy.person_email (email, person_id, made_at) VALUES (address, found, at);
    END IF;
    PERFORM pg_catalog.set_config('app.tenant_id', '2', true);
    INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at) VALUES (2, found, 'owner', at)
    ON CONFLICT (tenant_id, person_id) DO UPDATE SET role = 'owner', managed_by = NULL;
    RETURN found;
END $$;

CREATE FUNCTION tenancy.make_try(hash bytea, by_provider text, browser bytea, path text, at timestamptz, ends timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    DELETE FROM tenancy.provider_try WHERE state_hash IN (
        SELECT state_hash FROM tenancy.provider_try WHERE expires_at < at LIMIT 20 FOR UPDATE SKIP LOCKED);
    INSERT INTO tenancy.provider_try (state_hash, provider, browser_hash, next_path, expires_at)
    VALUES (hash, by_provider, browser, path, ends) $$;

CREATE FUNCTION tenancy.take_try(hash bytea, by_provider text, browser bytea, at timestamptz) RETURNS text
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    DELETE FROM tenancy.provider_try
    WHERE state_hash = hash AND provider = by_provider AND browser_hash = browser AND expires_at > at RETURNING next_path $$;

-- Who a provider's user is here: known by issuer and subject; else by an address that the provider has verified (null: none).
CREATE FUNCTION tenancy.enter_by_identity(by_issuer text, by_subject text, address text, called text, at timestamptz, may_register boolean)
    RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    found integer;
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(7121, pg_catalog.hashtext(by_issuer || ' ' || by_subject));
    UPDATE tenancy.identity SET used_at = at WHERE issuer = by_issuer AND subject = by_subject RETURNING person_id INTO found;
    IF found IS NOT NULL OR address IS NULL THEN
        RETURN found;
    END IF;
    found := tenancy.person_of(address, called, at, may_register);
    IF found IS NOT NULL THEN
        INSERT INTO tenancy.identity (person_id, issuer, subject, made_at, used_at) VALUES (found, by_issuer, by_subject, at, at);
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION tenancy.find_session(hash bytea, at timestamptz) RETURNS SETOF tenancy.session
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$ SELECT * FROM tenancy.session WHERE token_hash = hash AND expires_at > at AND idle_until > at $$;

-- Makes a tenant whose owner is the acting person. Null: she owns as many as she may.
CREATE FUNCTION tenancy.make_tenant(wanted_slug text, wanted_name text, wanted_plan text, at timestamptz, most_owned integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    made integer;
    maker integer := tenancy.acting_person();
BEGIN
    IF maker IS NULL THEN
        RAISE EXCEPTION 'Nobody acts.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(7122, maker);
    IF (SELECT count(*) FROM tenancy.membership WHERE person_id = maker AND role = 'owner' AND tenant_id > 2) >= most_owned THEN
        RETURN NULL;
    END IF;
    made := pg_catalog.nextval('tenancy.tenant_number')::integer;
    PERFORM pg_catalog.set_config('app.tenant_id', made::text, true);
    INSERT INTO tenancy.tenant (tenant_id, slug, name, plan, created_at, status_since)
    VALUES (made, wanted_slug, wanted_name, wanted_plan, at, at);
    INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at) VALUES (made, maker, 'owner', at);
    RETURN made;
END $$;

CREATE FUNCTION tenancy.find_invitation(hash bytea, at timestamptz)
    RETURNS TABLE (tenant integer, slug text, tenant_name text, plan text, email text, role text, is_known boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$
    SELECT i.tenant_id, t.slug, t.name, t.plan, i.email, i.role,
        EXISTS (SELECT FROM tenancy.person_email AS e WHERE e.email = i.email)
    FROM tenancy.invitation AS i JOIN tenancy.tenant AS t USING (tenant_id)
    WHERE i.token_hash = hash AND i.expires_at > at $$;

-- Somebody new who holds the letter of an invitation: made with its address. An address that is somebody's proves itself by signing in.
CREATE FUNCTION tenancy.enter_by_invitation(hash bytea, called text, at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    invited text;
BEGIN
    SELECT email INTO invited FROM tenancy.invitation WHERE token_hash = hash AND expires_at > at;
    IF invited IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(7120, pg_catalog.hashtext(invited));
    IF EXISTS (SELECT FROM tenancy.person_email WHERE email = invited) THEN
        RETURN NULL;
    END IF;
    RETURN tenancy.person_of(invited, called, at, true);
END $$;

-- The acting person takes up an invitation to one of her addresses. outcome: joined, gone, full, already.
CREATE FUNCTION tenancy.accept_invitation(hash bytea, at timestamptz, most_members integer)
    RETURNS TABLE (outcome text, tenant integer, given_role text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    taken tenancy.invitation;
    comer integer := tenancy.acting_person();
BEGIN
    SELECT i.* INTO taken FROM tenancy.invitation AS i JOIN tenancy.person_email AS e ON e.email = i.email AND e.person_id = comer
    WHERE i.token_hash = hash AND i.expires_at > at AND e.verified_at IS NOT NULL FOR UPDATE OF i;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'gone', NULL::integer, NULL::text;
        RETURN;
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(7119, taken.tenant_id);
    PERFORM pg_catalog.set_config('app.tenant_id', taken.tenant_id::text, true);
    IF EXISTS (SELECT FROM tenancy.membership WHERE tenant_id = taken.tenant_id AND person_id = comer) THEN
        DELETE FROM tenancy.invitation WHERE invitation_id = taken.invitation_id;
        RETURN QUERY SELECT 'already', taken.tenant_id, NULL::text;
    ELSIF (SELECT count(*) FROM tenancy.membership WHERE tenant_id = taken.tenant_id) >= most_members THEN
        RETURN QUERY SELECT 'full', taken.tenant_id, NULL::text;
    ELSE
        DELETE FROM tenancy.invitation WHERE invitation_id = taken.invitation_id;
        INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at) VALUES (taken.tenant_id, comer, taken.role, at);
        RETURN QUERY SELECT 'joined', taken.tenant_id, taken.role;
    END IF;
END $$;

-- Gives and takes the memberships that an issuer's groups stand for. What people gave by hand stays as it is, and so does a last owner.
CREATE FUNCTION tenancy.apply_groups(by_issuer text, held text[], at timestamptz)
    RETURNS TABLE (tenant integer, was text, is_now text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    ladder CONSTANT text[] := ARRAY['viewer', 'billing', 'editor', 'admin', 'owner'];
    comer integer := tenancy.acting_person();
    change record;
BEGIN
    FOR change IN
        WITH given AS (
            SELECT tenant_id, ladder[max(array_position(ladder, role))] AS role FROM tenancy.group_binding
            WHERE issuer = by_issuer AND group_name = ANY(held) GROUP BY tenant_id),
        has AS (SELECT * FROM tenancy.membership WHERE person_id = comer)
        SELECT coalesce(given.tenant_id, has.tenant_id) AS tenant_id, has.role AS was, given.role AS role
        FROM given FULL JOIN has ON has.tenant_id = given.tenant_id
        WHERE (has.role IS NULL OR has.managed_by = by_issuer) AND has.role IS DISTINCT FROM given.role
        ORDER BY 1
    LOOP
        BEGIN
            PERFORM pg_catalog.set_config('app.tenant_id', change.tenant_id::text, true);
            IF change.role IS NULL THEN
                DELETE FROM tenancy.membership WHERE tenant_id = change.tenant_id AND person_id = comer;
            ELSE
                INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at, managed_by)
                VALUES (change.tenant_id, comer, change.role, at, by_issuer)
                ON CONFLICT (tenant_id, person_id) DO UPDATE SET role = excluded.role;
            END IF;
            RETURN QUERY SELECT change.tenant_id, change.was, change.role;
        EXCEPTION WHEN check_violation THEN
            NULL; -- The last owner stays one until there is another.
        END;
    END LOOP;
    PERFORM pg_catalog.set_config('app.tenant_id', '', true);
END $$;

DO $$
DECLARE
    door regprocedure;
BEGIN
    FOR door IN SELECT p.oid::regprocedure FROM pg_proc AS p
        WHERE p.pronamespace = 'tenancy'::regnamespace AND p.proname IN (
            'count_attempt', 'make_link', 'look_link', 'person_of', 'enter_by_link', 'make_owner_link', 'enter_by_owner_link', 'make_try',
            'take_try', 'enter_by_identity', 'find_session', 'make_tenant', 'find_invitation', 'enter_by_invitation', 'accept_invitation',
            'apply_groups', 'make_person_owned', 'make_door_kept')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', door);
        IF door::text !~ 'person_of|make_person_owned|make_door_kept' THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO alivemcp_app, alivemcp_worker', door);
        END IF;
    END LOOP;
END $$;
