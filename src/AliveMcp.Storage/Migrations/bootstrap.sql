-- All that the bootstrap user does: three roles, and the right of the first one to build in this database.
-- Roles belong to the whole cluster, so several databases may run this at once.
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('alivemcp_owner', 'NOLOGIN NOBYPASSRLS'),
            ('alivemcp_app', 'LOGIN NOBYPASSRLS'),
            ('alivemcp_worker', 'LOGIN BYPASSRLS')) AS roles (name, attributes)
    LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
                EXECUTE format('CREATE ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT %s', wanted.name, wanted.attributes);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- Another database of this cluster was quicker.
        END;
    END LOOP;
    -- Migrations run as the owner; a bootstrap user that is no superuser must be let in.
    BEGIN
        IF NOT pg_has_role(current_user, 'alivemcp_owner', 'MEMBER') THEN
            GRANT alivemcp_owner TO CURRENT_USER;
        END IF;
    EXCEPTION WHEN unique_violation OR SQLSTATE 'XX000' THEN
        NULL; -- Another database of this cluster was quicker.
    END;
    EXECUTE format('GRANT CREATE, CONNECT ON DATABASE %I TO alivemcp_owner', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO alivemcp_app, alivemcp_worker', current_database());
EXCEPTION WHEN SQLSTATE 'XX000' THEN
    NULL; -- "tuple concurrently updated": the same grant, given by a twin at the same moment.
END $$;
