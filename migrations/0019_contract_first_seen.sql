-- When a contract was seen first, under whatever words: asked for each time that a page is made.
CREATE INDEX contract_version_by_contract ON collector.contract_version (server_id, contract_hash, first_seen);
