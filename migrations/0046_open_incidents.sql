-- Every page of a tenant says how many of its incidents are open.
CREATE INDEX incident_open_of_tenant ON alerting.incident (tenant_id) WHERE state <> 'resolved';
