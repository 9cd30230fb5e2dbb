-- People: who signs in, how, and which tenants they are members of.
-- A person belongs to no tenant. What is hers is fenced as a tenant's rows are, by a setting of the transaction: app.person_id; unset means
-- zero rows. The web role can therefore not list people: it sees who acts and, in a tenant's name, that tenant's members.

CREATE FUNCTION tenancy.acting_person() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('app.person_id', true), '')::integer $$;

-- Makes a table person-owned. The owner's policy admits the functions below, which run as the owner and are all that looks further.
CREATE FUNCTION tenancy.make_person_owned(owned regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format(
        'CREATE POLICY person ON %s USING (person_id = tenancy.acting_person()) WITH CHECK (person_id = tenancy.acting_person())', owned);
    EXECUTE format('CREATE POLICY door ON %s TO alivemcp_owner USING (true) WITH CHECK (true)', owned);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO alivemcp_app, alivemcp_worker', owned);
END $$;

-- Makes a table that nobody but those functions touches.
CREATE FUNCTION tenancy.make_door_kept(kept regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', kept);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY door ON %s TO alivemcp_owner USING (true) WITH CHECK (true)', kept);
END $$;

CREATE TABLE tenancy.person (
    person_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL CHECK (length(name) <= 120),
    made_at    timestamptz NOT NULL
);
SELECT tenancy.make_person_owned('tenancy.person');

-- Lower case; one person for one address.
CREATE TABLE tenancy.person_email (
    email       text PRIMARY KEY CHECK (length(email) <= 254 AND email = lower(email)),
    person_id   integer     NOT NULL REFERENCES tenancy.person ON DELETE CASCADE,
    -- Null: typed by the owner of an install, proven by nobody.
    verified_at timestamptz,
    made_at     timestamptz NOT NULL
);
SELECT tenancy.make_person_owned('tenancy.person_email');
CREATE INDEX person_email_of ON tenancy.person_email (person_id);

-- Who she is at a provider: its issuer and its word for her, never an address.
CREATE TABLE tenancy.identity (
    identity_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   integer     NOT NULL REFERENCES tenancy.person ON DELETE CASCADE,
    issuer      text        NOT NULL CHECK (length(issuer) <= 400),
    subject     text        NOT NULL CHECK (length(subject) <= 255),
    made_at     timestamptz NOT NULL,
    used_at     timestamptz NOT NULL,
    UNIQUE (issuer, subject)
);
SELECT tenancy.make_person_owned('tenancy.identity');
CREATE INDEX identity_of ON tenancy.identity (person_id);

-- A signed-in browser. The token's hash only; a session that ended is gone.
CREATE TABLE tenancy.session (
    session_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   integer     NOT NULL REFERENCES tenancy.person ON DELETE CASCADE,
    token_hash  bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    -- Signed in by link or provider, the code of the second factor not yet given: good for giving it and for nothing else.
    awaits_code boolean     NOT NULL,
    method      text        NOT NULL,
    made_at     timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,
    idle_until  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    address     text        NOT NULL CHECK (length(address) <= 64),
    agent       text        NOT NULL CHECK (length(agent) <= 300)
);
SELECT tenancy.make_person_owned('tenancy.session');
CREATE INDEX session_of ON tenancy.session (person_id);
CREATE INDEX session_ended ON tenancy.session (expires_at);

CREATE TABLE tenancy.totp (
    person_id    integer PRIMARY KEY REFERENCES tenancy.person ON DELETE CASCADE,
    -- Sealed: see src/AliveMcp.Tenancy/SignIn.
    sealed       bytea  NOT NULL,
    -- Null: shown, and no code of it given yet.
    confirmed_at timestamptz,
    -- The newest step whose code was taken: none up to it is taken again.
    last_step    bigint NOT NULL DEFAULT 0
);
SELECT tenancy.make_person_owned('tenancy.totp');

CREATE TABLE tenancy.recovery_code (
    person_id integer NOT NULL REFERENCES tenancy.person ON DELETE CASCADE,
    code_hash bytea   NOT NULL CHECK (octet_length(code_hash) = 32),
    used_at   timestamptz,
    PRIMARY KEY (person_id, code_hash)
);
SELECT tenancy.make_person_owned('tenancy.recovery_code');

CREATE TABLE tenancy.membership (
    tenant_id  integer     NOT NULL REFERENCES tenancy.tenant,
    person_id  integer     NOT NULL,
    role       text        NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer', 'billing')),
    joined_at  timestamptz NOT NULL,
    -- The issuer whose groups give and take this membership; null: people do.
    managed_by text,
    PRIMARY KEY (tenant_id, person_id)
);
SELECT storage.make_tenant_owned('tenancy.membership');
CREATE POLICY own ON tenancy.membership FOR SELECT USING (person_id = tenancy.acting_person());
CREATE POLICY door ON tenancy.membership TO alivemcp_owner USING (true) WITH CHECK (true);
CREATE INDEX membership_of ON tenancy.membership (person_id);
-- Nobody is made a member by the web role: an invitation does it, a group, or making the tenant; each by its function.
REVOKE INSERT, UPDATE ON tenancy.membership FROM alivemcp_app;
GRANT UPDATE (role) ON tenancy.membership TO alivemcp_app;

CREATE TABLE tenancy.invitation (
    invitation_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id     integer     NOT NULL REFERENCES tenancy.tenant,
    email         text        NOT NULL CHECK (length(email) <= 254 AND email = lower(email)),
    role          text        NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer', 'billing')),
    token_hash    bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    invited_by    integer     NOT NULL,
    made_at       timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    UNIQUE (tenant_id, email)
);
SELECT storage.make_tenant_owned('tenancy.invitation');
CREATE POLICY door ON tenancy.invitation TO alivemcp_owner USING (true) WITH CHECK (true);

-- Which group of an identity provider gives which role: written at start from the settings.
CREATE TABLE tenancy.group_binding (
    tenant_id  integer NOT NULL REFERENCES tenancy.tenant,
    issuer     text    NOT NULL,
    group_name text    NOT NULL,
    role       text    NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer', 'billing')),
    PRIMARY KEY (issuer, group_name, tenant_id)
);
SELECT storage.make_tenant_owned('tenancy.group_binding');
CREATE POLICY door ON tenancy.group_binding TO alivemcp_owner USING (true) WITH CHECK (true);
REVOKE INSERT, UPDATE, DELETE ON tenancy.group_binding FROM alivemcp_app;

-- Members see each other, and their tenants; which memberships are seen here is the membership's own policies' to say.
CREATE POLICY fellow ON tenancy.person FOR SELECT
    USING (EXISTS (SELECT FROM tenancy.membership AS m WHERE m.person_id = person.person_id));
CREATE POLICY fellow ON tenancy.person_email FOR SELECT
    USING (EXISTS (SELECT FROM tenancy.membership AS m WHERE m.person_id = person_email.person_id));
CREATE POLICY member ON tenancy.tenant FOR SELECT
    USING (EXISTS (SELECT FROM tenancy.membership AS m WHERE m.tenant_id = tenant.tenant_id AND m.person_id = tenancy.acting_person()));
CREATE POLICY door ON tenancy.tenant TO alivemcp_owner USING (true) WITH CHECK (true);

-- People and addresses come into being by the functions of the door.
REVOKE INSERT, UPDATE, DELETE ON tenancy.person, tenancy.person_email FROM alivemcp_app;
GRANT UPDATE (name) ON tenancy.person TO alivemcp_app;
REVOKE INSERT, UPDATE ON tenancy.identity FROM alivemcp_app;

-- Links that sign somebody in, once. kind: sign_in, owner (of the install; no address).
CREATE TABLE tenancy.sign_in_link (
    token_hash   bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    kind         text        NOT NULL CHECK (kind IN ('sign_in', 'owner')),
    email        text,
    -- The browser that asked: another one is asked twice.
    browser_hash bytea,
    next_path    text        NOT NULL,
    expires_at   timestamptz NOT NULL,
    CHECK ((kind = 'owner') = (email IS NULL))
);
SELECT tenancy.make_door_kept('tenancy.sign_in_link');
CREATE INDEX sign_in_link_old ON tenancy.sign_in_link (expires_at);

-- Sign-ins that are at a provider now. Verifier and nonce are not kept: they are computed from the browser's secret.
CREATE TABLE tenancy.provider_try (
    state_hash   bytea PRIMARY KEY CHECK (octet_length(state_hash) = 32),
    provider     text        NOT NULL,
    browser_hash bytea       NOT NULL,
    next_path    text        NOT NULL,
    expires_at   timestamptz NOT NULL
);
SELECT tenancy.make_door_kept('tenancy.provider_try');
CREATE INDEX provider_try_old ON tenancy.provider_try (expires_at);

-- How often somebody tried something in a window; who and what is a hash.
CREATE TABLE tenancy.attempt (
    bucket  bytea PRIMARY KEY CHECK (octet_length(bucket) = 32),
    tries   integer     NOT NULL,
    ends_at timestamptz NOT NULL
);
SELECT tenancy.make_door_kept('tenancy.attempt');
CREATE INDEX attempt_old ON tenancy.attempt (ends_at);

ALTER TABLE tenancy.tenant
    ADD COLUMN status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'past_due', 'suspended')),
    ADD COLUMN status_since timestamptz NOT NULL DEFAULT now(),
    -- For the tenant to read; null while it is active.
    ADD COLUMN status_reason text CHECK (length(status_reason) <= 300);
GRANT UPDATE (name) ON tenancy.tenant TO alivemcp_app;
CREATE SEQUENCE tenancy.tenant_number AS integer START 1000 MAXVALUE 1999999999;

-- A tenant that had an owner keeps one. Whoever takes one away waits for others who do, and looks after them.
CREATE FUNCTION tenancy.keep_an_owner() RETURNS trigger
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(7119, OLD.tenant_id);
    IF NOT EXISTS (SELECT FROM tenancy.membership WHERE tenant_id = OLD.tenant_id AND role = 'owner')
        AND NOT EXISTS (SELECT FROM erasure.tenant_tombstone WHERE tenant_id = OLD.tenant_id) THEN
        RAISE EXCEPTION 'Tenant % would have no owner.', OLD.tenant_id USING ERRCODE = 'check_violation', CONSTRAINT = 'last_owner';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_an_owner AFTER UPDATE OF role OR DELETE ON tenancy.membership
    FOR EACH ROW WHEN (OLD.role = 'owner') EXECUTE FUNCTION tenancy.keep_an_owner();

SELECT erasure.cover('tenancy.membership', 1, $$
    INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at) VALUES (%1$s, -%2$s, 'owner', now()) $$);
SELECT erasure.cover('tenancy.invitation', 1, $$
    INSERT INTO tenancy.invitation (tenant_id, email, role, token_hash, invited_by, made_at, expires_at)
    VALUES (%1$s, 'drill@drill.invalid', 'viewer', sha256('drill-%2$s'), 0, now(), now()) $$);
SELECT erasure.cover('tenancy.group_binding', 1, $$
    INSERT INTO tenancy.group_binding (tenant_id, issuer, group_name, role) VALUES (%1$s, 'https://drill.invalid', 'drill', 'viewer') $$);
