-- On whose clock each table was read, and from when on: who takes a table over says nothing of the time before. The marks
-- that tell it are behind the position, and cannot be read once more on their own: what is projected from this log is
-- written anew, from its beginning.

TRUNCATE projection_position, route_event, presence, session_event, restart, coverage, blind, reading, chain_version, snapshot,
    attributes, prefix;

CREATE TABLE table_reader (
    rib_id integer NOT NULL REFERENCES rib,
    since timestamptz NOT NULL CHECK (isfinite(since)),
    scraper text NOT NULL,
    clock_error_us bigint NOT NULL CHECK (clock_error_us >= 0),
    PRIMARY KEY (rib_id, since)
);
COMMENT ON TABLE table_reader IS 'Who read a RIB from when on: one row for the first scraper, and one for each change of scraper or of its clock''s error. By the coverage marks of partition 0.';
COMMENT ON COLUMN table_reader.rib_id IS 'The table.';
COMMENT ON COLUMN table_reader.since IS 'When its first reading began; it is whose clock counts until the next row''s. Of the time before the first row counts the first row''s.';
COMMENT ON COLUMN table_reader.scraper IS 'On whose clock times were read.';
COMMENT ON COLUMN table_reader.clock_error_us IS 'Microseconds by which that clock may be off from true time. Counts between two scrapers only.';
