-- More of the doors of people: who belongs here by a group, what second factors are sealed with, and what the public sees of a suspended tenant.

-- Whether one of these groups gives anything: whoever belongs to a tenant by it may have an account.
CREATE FUNCTION tenancy.has_bound_group(by_issuer text, held text[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$ SELECT EXISTS (SELECT FROM tenancy.group_binding WHERE issuer = by_issuer AND group_name = ANY(held)) $$;

-- A tenant's public listings show no reason, only that nobody looks: as for a server that its owner paused.
CREATE FUNCTION tenancy.show_standing(shown_tenant integer, is_suspended boolean) RETURNS void
    LANGUAGE sql SET search_path = ''
    AS $$
    UPDATE servers.public_listing AS listing SET paused = is_suspended OR server.paused_at IS NOT NULL
    FROM servers.server AS server
    WHERE listing.tenant_id = shown_tenant AND server.server_id = listing.server_id
        AND listing.paused IS DISTINCT FROM (is_suspended OR server.paused_at IS NOT NULL) $$;

REVOKE ALL ON FUNCTION tenancy.has_bound_group(text, text[]), tenancy.show_standing(integer, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenancy.has_bound_group(text, text[]) TO alivemcp_app, alivemcp_worker;
GRANT EXECUTE ON FUNCTION tenancy.show_standing(integer, boolean) TO alivemcp_worker;

-- The key that secrets of second factors are sealed with: one row, made by the first process that asks, the same for all of them.
CREATE TABLE tenancy.seal_key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    key      bytea NOT NULL CHECK (octet_length(key) = 32)
);
SELECT tenancy.make_door_kept('tenancy.seal_key');
CREATE FUNCTION tenancy.seal_key(offered bytea) RETURNS bytea
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
BEGIN
    INSERT INTO tenancy.seal_key (key) VALUES (offered) ON CONFLICT DO NOTHING;
    RETURN (SELECT key FROM tenancy.seal_key);
END $$;
REVOKE ALL ON FUNCTION tenancy.seal_key(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenancy.seal_key(bytea) TO alivemcp_app, alivemcp_worker;

-- As before, its variable under another name: it stood before FOUND.
CREATE OR REPLACE FUNCTION tenancy.enter_by_owner_link(hash bytea, address text, called text, at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    entered integer;
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
    entered := tenancy.acting_person();
    IF entered IS NULL THEN
        INSERT INTO tenancy.person (name, made_at) VALUES (called, at) RETURNING person_id INTO entered;
        INSERT INTO tenancy.person_email (email, person_id, made_at) VALUES (address, entered, at);
    END IF;
    PERFORM pg_catalog.set_config('app.tenant_id', '2', true);
    INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at) VALUES (2, entered, 'owner', at)
    ON CONFLICT (tenant_id, person_id) DO UPDATE SET role = 'owner', managed_by = NULL;
    RETURN entered;
END $$;
