-- What is watched, what happened to it, and what strangers may know of it.

CREATE SCHEMA servers;
CREATE SCHEMA erasure;
GRANT USAGE ON SCHEMA servers, erasure TO alivemcp_app, alivemcp_worker;

-- The number is given once and never again: an identity that only counts up, whatever is erased.
CREATE TABLE servers.server (
    server_id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id        integer     NOT NULL,
    slug             text        NOT NULL CHECK (slug ~ '^[a-z0-9-]{1,63}$'),
    -- Given when the server is first made public and kept from then on: links and badges outlive a change of mind.
    public_slug      text        CHECK (public_slug ~ '^[a-z0-9-]{1,80}$'),
    name             text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    url              text        NOT NULL CHECK (length(url) <= 2048),
    -- Two spellings of one address have one canonical form; the origin is scheme, host and port.
    canonical_url    text        NOT NULL,
    origin           text        NOT NULL,
    transport        smallint    NOT NULL DEFAULT 0 CHECK (transport BETWEEN 0 AND 2),
    tags             text[]      NOT NULL DEFAULT '{}',
    visibility       smallint    NOT NULL CHECK (visibility BETWEEN 0 AND 1),
    expects          smallint    NOT NULL DEFAULT 0 CHECK (expects BETWEEN 0 AND 2),
    expected_tools   text[]      NOT NULL DEFAULT '{}',
    weight           smallint    NOT NULL DEFAULT 1 CHECK (weight IN (1, 2, 5, 10, 15, 30, 60)),
    quorum           smallint    NOT NULL DEFAULT 2 CHECK (quorum BETWEEN 1 AND 32),
    -- Which list the server comes from ('file'); only that list pauses or erases it.
    managed_by       text        NOT NULL,
    settings_version integer     NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    paused_at        timestamptz,
    -- Set when the owner erases it: gone for every reader at once, and from every table as soon as the eraser has been here.
    erase_asked_at   timestamptz,
    CHECK (visibility = 0 OR public_slug IS NOT NULL)
);
SELECT storage.make_tenant_owned('servers.server');
CREATE UNIQUE INDEX server_slug ON servers.server (tenant_id, slug) WHERE erase_asked_at IS NULL;
CREATE UNIQUE INDEX server_public_slug ON servers.server (public_slug) WHERE erase_asked_at IS NULL;

-- A public slug is unique over all tenants, whose rows the app cannot see: this function may look, and says taken or not, no more.
CREATE POLICY look_up ON servers.server FOR SELECT TO alivemcp_owner USING (true);
CREATE FUNCTION servers.taken_public_slugs(wanted text[]) RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
    AS $$ SELECT public_slug FROM servers.server WHERE public_slug = ANY(wanted) AND erase_asked_at IS NULL $$;
REVOKE ALL ON FUNCTION servers.taken_public_slugs(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION servers.taken_public_slugs(text[]) TO alivemcp_app, alivemcp_worker;

CREATE INDEX server_watched ON servers.server (server_id) WHERE paused_at IS NULL AND erase_asked_at IS NULL;
CREATE INDEX server_to_erase ON servers.server (server_id) WHERE erase_asked_at IS NOT NULL;

-- The timeline of a server: created, url_changed, paused, resumed, made_public, made_private.
CREATE TABLE servers.event (
    event_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer     NOT NULL,
    server_id integer     NOT NULL,
    kind      text        NOT NULL,
    at        timestamptz NOT NULL,
    detail    jsonb       NOT NULL DEFAULT '{}'
);
SELECT storage.make_tenant_owned('servers.event');
CREATE INDEX event_of_server ON servers.event (server_id, event_id);

-- The public facts of public servers, and nothing else: no path, no query, no setting.
-- Pages, badges and embeds serve strangers, who have no tenant, so everybody may read every row here; that is why the table
-- stands apart from servers.server instead of that table's policy having a hole. Rows are written by their owner alone,
-- in the transaction that changes the server.
CREATE TABLE servers.public_listing (
    public_slug  text     PRIMARY KEY,
    tenant_id    integer  NOT NULL,
    server_id    integer  NOT NULL UNIQUE,
    name         text     NOT NULL,
    display_url  text     NOT NULL,
    tags         text[]   NOT NULL,
    paused       boolean  NOT NULL
);
SELECT storage.make_tenant_owned('servers.public_listing');
CREATE POLICY anyone_reads ON servers.public_listing FOR SELECT USING (true);

-- Servers that are erased for ever. Whoever writes rows of a server leaves those out that are named here.
CREATE TABLE erasure.tombstone (
    server_id integer     PRIMARY KEY,
    tenant_id integer     NOT NULL,
    buried_at timestamptz NOT NULL DEFAULT now(),
    -- Null until every table has been emptied of it.
    erased_at timestamptz
);
SELECT storage.make_tenant_owned('erasure.tombstone');
