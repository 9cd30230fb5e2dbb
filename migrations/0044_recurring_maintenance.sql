-- Maintenance that comes again: from_at and to_at are its first window. rrule: of RFC 5545; zone: IANA name, null is UTC.
ALTER TABLE servers.maintenance
    ADD COLUMN rrule text CHECK (length(rrule) <= 200),
    ADD COLUMN zone  text CHECK (zone IS NULL OR (length(zone) <= 64 AND rrule IS NOT NULL));
