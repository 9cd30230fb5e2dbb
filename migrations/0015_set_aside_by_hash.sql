-- A member set aside may be a whole record: longer than a row of an index may be. Its hash is not.

ALTER TABLE archive.set_aside ADD COLUMN member_hash bytea;
UPDATE archive.set_aside SET member_hash = sha256(convert_to(member, 'UTF8'));
ALTER TABLE archive.set_aside ALTER COLUMN member_hash SET NOT NULL;
ALTER TABLE archive.set_aside DROP CONSTRAINT set_aside_source_member_key;
ALTER TABLE archive.set_aside ADD CONSTRAINT set_aside_once UNIQUE (source, member_hash);
