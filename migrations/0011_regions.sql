-- Tokens of regions apart from the regions, so that one can follow the other without a gap; regions that serve one tenant alone.

CREATE TABLE collector.region_token (
    token_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    region        text        NOT NULL REFERENCES collector.region ON DELETE CASCADE,
    token_hash    bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    created_at    timestamptz NOT NULL DEFAULT now(),
    first_used_at timestamptz,
    last_used_at  timestamptz
);
CREATE INDEX region_token_of ON collector.region_token (region, token_id);
INSERT INTO collector.region_token (region, token_hash, created_at)
    SELECT name, token_hash, created_at FROM collector.region;
GRANT SELECT, INSERT, UPDATE, DELETE ON collector.region_token TO alivemcp_worker;

ALTER TABLE collector.region DROP COLUMN token_hash;
-- Null: everybody's. Else the tenant's own: no other tenant's server is looked at from there, and nobody else sees its name.
ALTER TABLE collector.region ADD COLUMN tenant_id integer;
ALTER TABLE collector.region ENABLE ROW LEVEL SECURITY;
ALTER TABLE collector.region FORCE ROW LEVEL SECURITY;
CREATE POLICY everybodys_and_own ON collector.region FOR SELECT
    USING (tenant_id IS NULL OR tenant_id = storage.tenant());
GRANT SELECT ON collector.region TO alivemcp_app;
GRANT DELETE ON collector.region TO alivemcp_worker;

-- From where a server is looked at; empty: from every region that is everybody's.
ALTER TABLE servers.server ADD COLUMN regions text[] NOT NULL DEFAULT '{}';
