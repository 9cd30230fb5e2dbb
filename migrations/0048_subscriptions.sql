-- Visitors of a public page who want to hear of trouble, and what is on its way to them. See src/AliveMcp.Alerting/Subscriptions.

-- kind: number of SubscriptionKind. Where it leads is sealed in tenancy.thing_secret under the thing 'subscription' and this number.
CREATE TABLE alerting.subscription (
    subscription_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id       integer     NOT NULL,
    server_id       integer     NOT NULL,
    kind            smallint    NOT NULL CHECK (kind IN (1, 2)),
    -- SHA-256 over server, kind and place: the same place twice is one subscription.
    place_hash      bytea       NOT NULL CHECK (octet_length(place_hash) = 32),
    -- SHA-256 of what stands in every message's link that stops them.
    stop_hash       bytea       NOT NULL UNIQUE CHECK (octet_length(stop_hash) = 32),
    asked_at        timestamptz NOT NULL,
    -- Until then its proof is good; what is not confirmed by then is forgotten.
    expires_at      timestamptz NOT NULL,
    confirmed_at    timestamptz,
    -- SHA-256 of the letter's link; null before it is sent, and after it was used.
    token_hash      bytea       UNIQUE CHECK (octet_length(token_hash) = 32),
    -- When its proof is to be sent next; null: it was.
    proof_at        timestamptz,
    -- Since when messages are not taken there, and since when they are answered as to nobody.
    failing_since   timestamptz,
    missing_since   timestamptz,
    -- Since when its server is not public.
    quiet_since     timestamptz,
    UNIQUE (server_id, kind, place_hash),
    UNIQUE (tenant_id, subscription_id)
);
SELECT storage.make_tenant_owned('alerting.subscription');
CREATE INDEX subscription_to_prove ON alerting.subscription (proof_at) WHERE proof_at IS NOT NULL;
CREATE INDEX subscription_unconfirmed ON alerting.subscription (expires_at) WHERE confirmed_at IS NULL;
-- The web role takes wishes and links; what a place is called stands nowhere that it can read.
REVOKE SELECT, UPDATE ON alerting.subscription FROM alivemcp_app;
GRANT SELECT (subscription_id, tenant_id, server_id, kind, expires_at, confirmed_at) ON alerting.subscription TO alivemcp_app;
GRANT UPDATE (confirmed_at, token_hash) ON alerting.subscription TO alivemcp_app;

-- However a subscription goes, its place goes with it.
CREATE FUNCTION alerting.forget_place() RETURNS trigger
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    DELETE FROM tenancy.thing_secret
    WHERE tenant_id = OLD.tenant_id AND thing = 'subscription' AND thing_id = OLD.subscription_id;
    RETURN NULL;
END $$;
CREATE TRIGGER forget_place AFTER DELETE ON alerting.subscription FOR EACH ROW EXECUTE FUNCTION alerting.forget_place();

-- Links of letters name nobody: whose they are is asked here, before anybody knows the tenant. Only this function may look.
CREATE POLICY look_up ON alerting.subscription FOR SELECT TO alivemcp_owner USING (true);
CREATE FUNCTION alerting.find_subscription(wanted bytea)
    RETURNS TABLE (tenant_id integer, server_id integer, subscription_id integer, stops boolean, confirms boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$
    SELECT tenant_id, server_id, subscription_id, stop_hash = wanted, coalesce(token_hash = wanted, false)
    FROM alerting.subscription WHERE stop_hash = wanted OR token_hash = wanted $$;
REVOKE ALL ON FUNCTION alerting.find_subscription(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alerting.find_subscription(bytea) TO alivemcp_app;

-- What subscribers are told of an incident. type: 1 it began, 2 its owner said something, 3 it is over; written by one alerter alone.
CREATE TABLE alerting.notice (
    notice_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id   integer     NOT NULL,
    server_id   integer     NOT NULL,
    incident_id bigint      NOT NULL REFERENCES alerting.incident ON DELETE CASCADE,
    type        smallint    NOT NULL CHECK (type IN (1, 2, 3)),
    -- Of type 2: which words of the owner.
    said        bigint      NOT NULL DEFAULT 0,
    -- An AlertMessage of what everybody may know; its id is ntc_ and notice_id, which whoever reads it puts in.
    message     jsonb       NOT NULL,
    made_at     timestamptz NOT NULL,
    -- Of type 1: the end is still to be told; when something was told last, and up to which words of the owner.
    lasts       boolean     NOT NULL DEFAULT false,
    told_at     timestamptz,
    heard       bigint      NOT NULL DEFAULT 0,
    UNIQUE (incident_id, type, said)
);
SELECT storage.make_tenant_owned('alerting.notice');
CREATE INDEX notice_lasting ON alerting.notice (incident_id) WHERE lasts;
CREATE INDEX notice_old ON alerting.notice (made_at);

-- One notice on its way to one subscriber: gone when it was taken or given up, for nobody needs to know who got what.
CREATE TABLE alerting.notice_delivery (
    delivery_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id       integer     NOT NULL,
    server_id       integer     NOT NULL,
    incident_id     bigint      NOT NULL,
    notice_id       bigint      NOT NULL REFERENCES alerting.notice ON DELETE CASCADE,
    subscription_id integer     NOT NULL,
    next_at         timestamptz NOT NULL,
    give_up_at      timestamptz NOT NULL,
    tries           integer     NOT NULL DEFAULT 0,
    claim           uuid,
    claimed_until   timestamptz,
    UNIQUE (notice_id, subscription_id),
    FOREIGN KEY (tenant_id, subscription_id) REFERENCES alerting.subscription (tenant_id, subscription_id) ON DELETE CASCADE
);
SELECT storage.make_tenant_owned('alerting.notice_delivery');
CREATE INDEX notice_delivery_due ON alerting.notice_delivery (next_at);
CREATE INDEX notice_delivery_in_order ON alerting.notice_delivery (subscription_id, incident_id, delivery_id);
CREATE INDEX notice_delivery_of_incident ON alerting.notice_delivery (incident_id);
-- Nothing of this is a request's business.
REVOKE ALL ON alerting.notice, alerting.notice_delivery FROM alivemcp_app;

CREATE INDEX public_listing_of_server ON servers.public_listing (server_id);
CREATE INDEX incident_lasting ON alerting.incident (started_at) WHERE state <> 'resolved';

SELECT erasure.cover('alerting.subscription', 3, $$
    INSERT INTO alerting.subscription (tenant_id, server_id, kind, place_hash, stop_hash, asked_at, expires_at, confirmed_at)
    VALUES (%1$s, %2$s, 1, sha256('drill-%2$s'), sha256('drill-stop-%2$s'), now(), now(), now()) $$);
SELECT erasure.cover('alerting.notice', 2, $$
    WITH opened AS (
        INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
        VALUES (%1$s, %2$s, 15, 1, 'drill', now(), 45, now()) RETURNING incident_id)
    INSERT INTO alerting.notice (tenant_id, server_id, incident_id, type, message, made_at)
    SELECT %1$s, %2$s, incident_id, 3, '{}', now() FROM opened $$);
SELECT erasure.cover('alerting.notice_delivery', 1, $$
    WITH opened AS (
        INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
        VALUES (%1$s, %2$s, 16, 1, 'drill', now(), 46, now()) RETURNING incident_id),
    told AS (
        INSERT INTO alerting.notice (tenant_id, server_id, incident_id, type, message, made_at)
        SELECT %1$s, %2$s, incident_id, 3, '{}', now() FROM opened RETURNING notice_id, incident_id),
    asked AS (
        INSERT INTO alerting.subscription (tenant_id, server_id, kind, place_hash, stop_hash, asked_at, expires_at)
        VALUES (%1$s, %2$s, 2, sha256('drill-%2$s'), sha256('drill-hook-%2$s'), now(), now() + interval '1 hour') RETURNING subscription_id)
    INSERT INTO alerting.notice_delivery (tenant_id, server_id, incident_id, notice_id, subscription_id, next_at, give_up_at)
    SELECT %1$s, %2$s, incident_id, notice_id, subscription_id, 'infinity', 'infinity' FROM told, asked $$);

-- One number for ever, for what must be told apart from every other install's: ids of feeds.
CREATE TABLE storage.install (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    id      uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO storage.install DEFAULT VALUES;
GRANT SELECT ON storage.install TO alivemcp_app, alivemcp_worker;
