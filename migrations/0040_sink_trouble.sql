-- When the owner was last told of a sink's trouble. That messages are answered with 404 is counted beside it, in the delivery's own books.
ALTER TABLE alerting.sink
    DROP COLUMN not_found_since,
    ADD COLUMN told_at timestamptz;
CREATE INDEX sink_to_tell ON alerting.sink (sink_id) WHERE disabled_at IS NOT NULL OR failing_since IS NOT NULL;
