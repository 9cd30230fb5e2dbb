-- Sinks and rules come from a file or from the API, as servers do: what left the file is taken away with its own list alone.
ALTER TABLE alerting.sink
    ADD COLUMN managed_by  text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file')),
    -- Salt and slow hash of the secret, to tell whether a file brings another one; the secret itself is in the vault. Null: unknown.
    ADD COLUMN secret_mark bytea CHECK (octet_length(secret_mark) = 48);
ALTER TABLE alerting.rule
    ADD COLUMN managed_by text NOT NULL DEFAULT 'api' CHECK (managed_by IN ('api', 'file'));
