-- What is held back while a region of ours is ill: told after all when it outlasts the cluster.
ALTER TABLE alerting.alert ADD COLUMN held_by bigint REFERENCES alerting.cluster ON DELETE SET NULL;
CREATE INDEX alert_held ON alerting.alert (held_by) WHERE held_by IS NOT NULL;
