-- The contracts of an hour are read from its minutes while they are hot, and from archive.contract_drift for ever: nobody read this column.

ALTER TABLE archive.verdict_hour DROP COLUMN marks;
UPDATE erasure.surface SET sample = $$
    SELECT archive.make_hour_month(1::smallint, extract(epoch FROM now())::integer / 3600);
    INSERT INTO archive.verdict_hour (server_id, hour, tenant_id, retention, minutes, live, degraded, down, unknown,
        maintenance, tries, failed_tries, packed, latency, regions)
    VALUES (%2$s, extract(epoch FROM now())::integer / 3600, %1$s, 1, 60, 60, 0, 0, 0, 0, 60, 0, '\x00', '\x00', '\x00') $$
    WHERE relation = 'archive.verdict_hour';
