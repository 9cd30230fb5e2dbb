-- What a server's owner promises of its uptime, in thousandths of a percent. Both null: nothing was chosen. slo_window: 1 rolling 30 days, 2 calendar month.

ALTER TABLE servers.server
    ADD COLUMN slo_target integer CHECK (slo_target BETWEEN 50000 AND 99999),
    ADD COLUMN slo_window smallint CHECK (slo_window BETWEEN 1 AND 2),
    ADD CHECK ((slo_target IS NULL) = (slo_window IS NULL));
