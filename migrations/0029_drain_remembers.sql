-- What the drain asked for with every batch it may remember: who was erased, and on which contract each server settled. The counter on the
-- archiver's mark moves whenever a stone is set or a settled contract is written in the shard; whoever does either holds that mark.

ALTER TABLE archive.mark ADD COLUMN touched bigint NOT NULL DEFAULT 0;

CREATE FUNCTION archive.touch_marks() RETURNS trigger
    LANGUAGE plpgsql SET search_path = ''
    AS $$
BEGIN
    UPDATE archive.mark SET touched = touched + 1
    WHERE reader = 'archive' AND shard IN (SELECT server_id % 64 FROM changed);
    RETURN NULL;
END $$;

CREATE TRIGGER touches_marks AFTER INSERT ON erasure.tombstone
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION archive.touch_marks();
CREATE TRIGGER inserted_touches_marks AFTER INSERT ON archive.settled_contract
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION archive.touch_marks();
CREATE TRIGGER updated_touches_marks AFTER UPDATE ON archive.settled_contract
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION archive.touch_marks();
