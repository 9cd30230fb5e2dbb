-- Servers that others of their tenant cannot do without. See src/AliveMcp.Servers/Files and src/AliveMcp.Alerting/Suppression.
ALTER TABLE servers.server ADD COLUMN depends_on text[] NOT NULL DEFAULT '{}' CHECK (cardinality(depends_on) <= 10);
COMMENT ON COLUMN servers.server.depends_on IS 'Slugs of servers of the same tenant. One that is erased is taken out.';
CREATE INDEX server_that_depends ON servers.server (server_id) WHERE depends_on <> '{}';

ALTER TABLE alerting.origin ADD COLUMN needs integer[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN alerting.origin.needs IS 'Servers that it depends on, itself where others depend on it; its causes were made of them.';
