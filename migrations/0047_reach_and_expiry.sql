-- Certificates, networks and ends of credentials. See src/AliveMcp.Collector/Memory, src/AliveMcp.Alerting/Kinds and Suppression.

ALTER TABLE collector.server_memory ADD COLUMN reach jsonb;
COMMENT ON COLUMN collector.server_memory.reach IS 'Its certificate and its networks, as a ServerReach; null: not seen. Networks are never shown.';

-- When the credential ends and from when on its owner is reminded; null: nobody says when. Of the secret it says nothing.
ALTER TABLE servers.server
    ADD COLUMN credential_ends timestamptz,
    ADD COLUMN credential_warns_at timestamptz;
CREATE INDEX server_credential_warns ON servers.server (credential_warns_at) WHERE credential_warns_at IS NOT NULL;

-- How each server is reached, as the collector last told it. For suppression and for certificates; networks are never shown.
CREATE TABLE alerting.reach (
    tenant_id          integer     NOT NULL,
    server_id          integer     PRIMARY KEY,
    certificate_begins timestamptz,
    certificate_ends   timestamptz,
    certificate_issuer text        CHECK (length(certificate_issuer) <= 80),
    blocks             text[]      NOT NULL,
    -- When the certificate, and when anything of it, was last seen to be another.
    certificate_at     timestamptz,
    seen_at            timestamptz NOT NULL,
    -- How near the end was when its owner was last told; 0: not yet. Of the certificate that ends at told_ends.
    told_stage         smallint    NOT NULL DEFAULT 0,
    told_ends          timestamptz
);
SELECT storage.make_tenant_owned('alerting.reach');
CREATE INDEX reach_ends ON alerting.reach (certificate_ends) WHERE certificate_ends IS NOT NULL;
REVOKE INSERT, UPDATE, DELETE ON alerting.reach FROM alivemcp_app;
SELECT erasure.cover('alerting.reach', 2, $$
    INSERT INTO alerting.reach (tenant_id, server_id, blocks, seen_at) VALUES (%1$s, %2$s, '{}', now()) ON CONFLICT DO NOTHING $$);

ALTER TABLE alerting.origin ADD COLUMN reach_at timestamptz;
COMMENT ON COLUMN alerting.origin.reach_at IS 'seen_at of the reach that its causes were made of; null: there was none.';

-- A credential may end soon and be refused at once: two incidents of one kind, told from each other by the sign of their minute.
DROP INDEX alerting.incident_open;
CREATE UNIQUE INDEX incident_open ON alerting.incident (server_id, kind, (confirmed_in < 0)) WHERE state <> 'resolved' AND kind <> 18;
