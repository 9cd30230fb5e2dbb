-- When the owner was last told of a sink's trouble.
ALTER TABLE alerting.sink ADD COLUMN told_at timestamptz;
CREATE INDEX sink_to_tell ON alerting.sink (sink_id) WHERE disabled_at IS NOT NULL OR failing_since IS NOT NULL;

-- Says who, in a member of its own: services that know acknowledging by itself (PagerDuty) are told it in their way.
CREATE OR REPLACE FUNCTION alerting.tell_acknowledged(acknowledged bigint, who text, moment timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $$
BEGIN
    -- The one that a runner has in its hands just now is on its way.
    UPDATE alerting.delivery SET state = 'dropped', ended_at = moment, last_detail = 'acknowledged before its time'
    WHERE incident_id = acknowledged AND tenant_id = storage.tenant() AND state = 'waiting' AND after_minutes > 0
        AND tries = 0 AND claim IS NULL;
    INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
    SELECT tenant_id, server_id, incident_id, 2, kind, severity, 'incident:' || acknowledged || ':acknowledged', moment,
        message || pg_catalog.jsonb_build_object('type', 'incident.updated', 'details', 'Acknowledged by ' || who || '.',
            'acknowledged_by', who)
    FROM alerting.alert
    WHERE incident_id = acknowledged AND tenant_id = storage.tenant() AND type IN (1, 2)
    ORDER BY alert_id DESC LIMIT 1
    ON CONFLICT DO NOTHING;
END $$;
