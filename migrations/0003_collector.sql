-- Regions and their tokens, what probers found out about a server, contracts, evidence. See src/AliveMcp.Collector.

CREATE SCHEMA collector;
GRANT USAGE ON SCHEMA collector TO alivemcp_app, alivemcp_worker;

-- Where probers run. The token's hash only; a region of the install belongs to nobody.
CREATE TABLE collector.region (
    name       text PRIMARY KEY CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$'),
    city       text        NOT NULL,
    token_hash bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE ON collector.region TO alivemcp_worker;
GRANT SELECT (name, city) ON collector.region TO alivemcp_app;

-- The key that signs tickets: one row, made by the first collector, the same for all of them.
CREATE TABLE collector.desk_key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    key      bytea NOT NULL CHECK (octet_length(key) = 32)
);
GRANT SELECT, INSERT ON collector.desk_key TO alivemcp_worker;

-- What is remembered of a server between probes, written on change only. regions: name -> {why, evidence_at, full_hash}.
CREATE TABLE collector.server_memory (
    server_id        integer PRIMARY KEY,
    tenant_id        integer     NOT NULL,
    url              text        NOT NULL,
    era              smallint    NOT NULL DEFAULT 0,
    era_tested_at    timestamptz,
    transport        smallint    NOT NULL DEFAULT 0,
    issues_sessions  boolean     NOT NULL DEFAULT false,
    delete_refused   boolean     NOT NULL DEFAULT false,
    expected_access  smallint    NOT NULL DEFAULT 0,
    contract_hash    text,
    full_hash        text,
    tool_count       integer,
    list_bytes       integer,
    protocol_version text,
    server_name      text,
    server_version   text,
    regions          jsonb       NOT NULL DEFAULT '{}',
    changed_at       timestamptz NOT NULL DEFAULT now()
);
SELECT storage.make_tenant_owned('collector.server_memory');

-- Every tool list that a server showed, once. After 20 new ones in a day the hash only.
CREATE TABLE collector.contract_version (
    tenant_id     integer     NOT NULL,
    server_id     integer     NOT NULL,
    full_hash     text        NOT NULL CHECK (full_hash ~ '^sha256:[0-9a-f]{64}$'),
    contract_hash text        NOT NULL CHECK (contract_hash ~ '^sha256:[0-9a-f]{64}$'),
    canonical     bytea,
    tool_count    integer     NOT NULL,
    tool_names    text[]      NOT NULL,
    bytes         integer     NOT NULL,
    first_seen    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (server_id, full_hash)
);
CREATE INDEX contract_version_by_time ON collector.contract_version (server_id, first_seen);
SELECT storage.make_tenant_owned('collector.contract_version');

-- What a probe saw when a reason was new, and what came too late for its minute. Capped per server.
CREATE TABLE collector.evidence (
    evidence_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id   integer     NOT NULL,
    server_id   integer     NOT NULL,
    minute      integer     NOT NULL,
    region      text        NOT NULL,
    state       smallint    NOT NULL,
    why         smallint    NOT NULL,
    late        boolean     NOT NULL,
    detail      text,
    body        bytea,
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX evidence_by_server ON collector.evidence (server_id, minute);
SELECT storage.make_tenant_owned('collector.evidence');
