-- The key of second factors no longer stands beside them: it is wrapped by the install's key file, as data keys are. A key that was made before
-- is wrapped by the first process that holds a key file; what it sealed stays good.
ALTER TABLE tenancy.seal_key
    ALTER COLUMN key DROP NOT NULL,
    ADD COLUMN kek text,
    ADD COLUMN wrapped bytea,
    ADD CHECK ((key IS NULL) = (wrapped IS NOT NULL)),
    ADD CHECK ((kek IS NULL) = (wrapped IS NULL));

CREATE FUNCTION tenancy.look_seal_key() RETURNS TABLE (plain bytea, kek text, wrapped bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$ SELECT kept.key, kept.kek, kept.wrapped FROM tenancy.seal_key AS kept $$;

-- Of two who make one, the first one's stays.
CREATE FUNCTION tenancy.keep_seal_key(new_plain bytea, new_kek text, new_wrapped bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    INSERT INTO tenancy.seal_key (key, kek, wrapped) VALUES (new_plain, new_kek, new_wrapped) ON CONFLICT DO NOTHING $$;

-- Only who knows the key itself puts it under a wrap; a request can do no more.
CREATE FUNCTION tenancy.wrap_seal_key(old_plain bytea, new_kek text, new_wrapped bytea) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    UPDATE tenancy.seal_key SET key = NULL, kek = new_kek, wrapped = new_wrapped WHERE key = old_plain
    RETURNING true $$;

CREATE FUNCTION tenancy.rewrap_seal_key(old_kek text, new_kek text, new_wrapped bytea) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = ''
    AS $$
    UPDATE tenancy.seal_key AS kept SET kek = new_kek, wrapped = new_wrapped WHERE kept.kek = old_kek
    RETURNING true $$;

REVOKE ALL ON FUNCTION tenancy.look_seal_key(), tenancy.keep_seal_key(bytea, text, bytea), tenancy.wrap_seal_key(bytea, text, bytea),
    tenancy.rewrap_seal_key(text, text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenancy.look_seal_key(), tenancy.keep_seal_key(bytea, text, bytea), tenancy.wrap_seal_key(bytea, text, bytea)
    TO alivemcp_app, alivemcp_worker;
GRANT EXECUTE ON FUNCTION tenancy.rewrap_seal_key(text, text, bytea) TO alivemcp_worker;
