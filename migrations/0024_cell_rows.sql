-- What the probers' cells did and cost, and whose had to be killed: for operators alone. It tells of tenants and is none's to read.

-- The newest rows of each region; see src/AliveMcp.Collector/Cells.
CREATE TABLE collector.cell_row (
    cell_row_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    region      text        NOT NULL,
    prober      text        NOT NULL,
    lane        text        NOT NULL,
    -- Null: a cell for servers without credentials, whoever's they are.
    tenant_id   integer,
    ended       text        NOT NULL,
    exit_code   integer,
    orders      integer     NOT NULL,
    unanswered  integer     NOT NULL,
    cpu_ms      bigint      NOT NULL,
    rss         bigint      NOT NULL,
    wall_ms     bigint      NOT NULL,
    bytes       bigint      NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX cell_row_of ON collector.cell_row (region, cell_row_id);
CREATE INDEX cell_row_by_age ON collector.cell_row (created_at);
ALTER TABLE collector.cell_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE collector.cell_row FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON collector.cell_row TO alivemcp_worker;
SELECT erasure.cover('collector.cell_row', 1, $$
    INSERT INTO collector.cell_row (region, prober, lane, tenant_id, ended, orders, unanswered, cpu_ms, rss, wall_ms, bytes)
    VALUES ('drill', 'drill', 'isolated', %1$s, 'stopped', 0, 0, 0, 0, 0, 0) $$);

-- As the region's prober last said.
CREATE TABLE collector.tenant_kills (
    tenant_id integer     NOT NULL,
    region    text        NOT NULL,
    prober    text        NOT NULL,
    kills     integer     NOT NULL,
    throttled boolean     NOT NULL,
    seen_at   timestamptz NOT NULL DEFAULT now(),
    -- When the operator was last told that it is looked at less often.
    told_at   timestamptz,
    PRIMARY KEY (tenant_id, region)
);
ALTER TABLE collector.tenant_kills ENABLE ROW LEVEL SECURITY;
ALTER TABLE collector.tenant_kills FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON collector.tenant_kills TO alivemcp_worker;
SELECT erasure.cover('collector.tenant_kills', 1, $$
    INSERT INTO collector.tenant_kills (tenant_id, region, prober, kills, throttled) VALUES (%1$s, 'drill', 'drill', 1, false) $$);
