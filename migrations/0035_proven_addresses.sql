-- An address that nobody proved is nobody's. An account may be made with one: by the owner's link, where it is typed, and by an invitation that
-- was handed over instead of mailed. Whoever proves the address later gets the account as if it were new: what others could do with it ends.

ALTER TABLE tenancy.invitation ADD COLUMN is_mailed boolean NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION tenancy.person_of(address text, called text, at timestamptz, may_register boolean) RETURNS integer
    LANGUAGE plpgsql SET search_path = ''
    AS $$
DECLARE
    person integer;
    proven timestamptz;
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(7120, pg_catalog.hashtext(address));
    SELECT person_id, verified_at INTO person, proven FROM tenancy.person_email WHERE email = address FOR UPDATE;
    IF person IS NOT NULL AND proven IS NULL THEN
        DELETE FROM tenancy.session WHERE person_id = person;
        DELETE FROM tenancy.identity WHERE person_id = person;
        DELETE FROM tenancy.totp WHERE person_id = person;
        DELETE FROM tenancy.recovery_code WHERE person_id = person;
        UPDATE tenancy.person_email SET verified_at = at WHERE email = address;
    END IF;
    IF person IS NULL AND (may_register OR EXISTS (SELECT FROM tenancy.invitation WHERE email = address AND expires_at > at)) THEN
        INSERT INTO tenancy.person (name, made_at) VALUES (called, at) RETURNING person_id INTO person;
        INSERT INTO tenancy.person_email (email, person_id, verified_at, made_at) VALUES (address, person, at, at);
    END IF;
    RETURN person;
END $$;

CREATE OR REPLACE FUNCTION tenancy.enter_by_invitation(hash bytea, called text, at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    invited tenancy.invitation;
    person integer;
BEGIN
    SELECT * INTO invited FROM tenancy.invitation WHERE token_hash = hash AND expires_at > at;
    IF invited.email IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(7120, pg_catalog.hashtext(invited.email));
    IF EXISTS (SELECT FROM tenancy.person_email WHERE email = invited.email) THEN
        RETURN NULL;
    END IF;
    INSERT INTO tenancy.person (name, made_at) VALUES (called, at) RETURNING person_id INTO person;
    INSERT INTO tenancy.person_email (email, person_id, verified_at, made_at)
    VALUES (invited.email, person, CASE WHEN invited.is_mailed THEN at END, at);
    RETURN person;
END $$;

-- As before, but for the proof: who took the letter of this very invitation to her account holds it.
CREATE OR REPLACE FUNCTION tenancy.accept_invitation(hash bytea, at timestamptz, most_members integer)
    RETURNS TABLE (outcome text, tenant integer, given_role text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
DECLARE
    taken tenancy.invitation;
    comer integer := tenancy.acting_person();
BEGIN
    SELECT i.* INTO taken FROM tenancy.invitation AS i JOIN tenancy.person_email AS e ON e.email = i.email AND e.person_id = comer
    WHERE i.token_hash = hash AND i.expires_at > at AND (e.verified_at IS NOT NULL OR NOT i.is_mailed) FOR UPDATE OF i;
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
