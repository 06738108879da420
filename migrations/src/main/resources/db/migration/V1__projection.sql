-- The projection of the log. No schema is named: Flyway's default schema (search_path) decides, so that a rebuild can
-- lay the same tables in a second one. Everything here can be dropped and written again from hoplog.route-event.v1.
--
-- Times are bounds (after, at_or_before]: after is exclusive, and -infinity where there is no earlier proof.
-- Surrogate ids are this schema's own affair: they mean nothing elsewhere and may differ from one rebuild to the next.
-- Hot tables have no foreign keys: each would cost every event an index probe and a row lock. `verify` looks for orphans.

CREATE TABLE projection (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    partitions integer NOT NULL CHECK (partitions > 0)
);
COMMENT ON TABLE projection IS 'One row: what this schema is a projection of. Whoever replaces the schema locks this table first; whoever reads or writes the schema touches it first.';
COMMENT ON COLUMN projection.only_row IS 'Always true: there is one row.';
COMMENT ON COLUMN projection.partitions IS 'Number of partitions of hoplog.route-event.v1. Fixed when the topic was made: it says which partition a prefix lives in.';

CREATE TABLE projection_position (
    log_partition integer PRIMARY KEY CHECK (log_partition >= 0),
    next_offset bigint NOT NULL CHECK (next_offset >= 0)
);
COMMENT ON TABLE projection_position IS 'How far each partition of the log has been projected. Moved by compare-and-set in the transaction that writes the rows, so it never runs ahead of them.';
COMMENT ON COLUMN projection_position.log_partition IS 'Partition of hoplog.route-event.v1.';
COMMENT ON COLUMN projection_position.next_offset IS 'The first offset whose rows are not here yet.';

-- Dictionaries. Written in this order, each ascending by its natural key: so projectors of different partitions, which
-- meet only here, cannot deadlock.

CREATE TABLE rib (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    network text NOT NULL CHECK (network <> ''),
    node text NOT NULL CHECK (node <> ''),
    daemon text NOT NULL CHECK (daemon <> ''),
    table_name text NOT NULL CHECK (table_name <> ''),
    family text NOT NULL CHECK (family IN ('ipv4-unicast', 'ipv6-unicast')),
    view text NOT NULL CHECK (view IN ('adj-rib-in-pre', 'adj-rib-in-post', 'loc-rib', 'adj-rib-out-pre', 'adj-rib-out-post', 'fib', 'sessions',
        'adj-rib-in-rejected', 'adj-rib-out-rejected')),
    peer text NOT NULL DEFAULT '',
    route_distinguisher text NOT NULL DEFAULT '',
    key text NOT NULL UNIQUE,
    CONSTRAINT rib_peer_of_adj_view CHECK ((view LIKE 'adj-%') = (peer <> '')),
    CONSTRAINT rib_key_says_it_all CHECK (key = network || '/' || node || '/' || daemon || '/' || table_name || '/' || family || '/' || view
        || CASE peer WHEN '' THEN '' ELSE '/peer=' || peer END
        || CASE route_distinguisher WHEN '' THEN '' ELSE '/rd=' || route_distinguisher END)
);
COMMENT ON TABLE rib IS 'Dictionary of RIBs: the unit that is scraped, ordered and diffed.';
COMMENT ON COLUMN rib.id IS 'Surrogate.';
COMMENT ON COLUMN rib.network IS 'The namespace of everything else: one cluster or site, or one replayed capture.';
COMMENT ON COLUMN rib.node IS 'The host.';
COMMENT ON COLUMN rib.daemon IS 'The kind of routing process: frr, bird, gobgp, kernel.';
COMMENT ON COLUMN rib.table_name IS 'VRF or table inside the process.';
COMMENT ON COLUMN rib.family IS 'AFI/SAFI.';
COMMENT ON COLUMN rib.view IS 'Where in the speaker the table sits (RFC 7854, 8671, 9069), or fib, or sessions.';
COMMENT ON COLUMN rib.peer IS 'Adj views only: the neighbour. Empty: none.';
COMMENT ON COLUMN rib.route_distinguisher IS 'RFC 4364 text form. Empty: none.';
COMMENT ON COLUMN rib.key IS 'Natural key: all of the above, as in the log.';

CREATE TABLE snapshot (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    snapshot_id uuid NOT NULL UNIQUE,
    scraper text NOT NULL,
    clock_error_us bigint NOT NULL CHECK (clock_error_us >= 0)
);
COMMENT ON TABLE snapshot IS 'Dictionary of the snapshots that proved an event.';
COMMENT ON COLUMN snapshot.id IS 'Surrogate.';
COMMENT ON COLUMN snapshot.snapshot_id IS 'Natural key: the 16 octets that name it in the log.';
COMMENT ON COLUMN snapshot.scraper IS 'Who read it: its times are on that scraper''s clock.';
COMMENT ON COLUMN snapshot.clock_error_us IS 'Microseconds by which that clock may be off from true time. Counts between two scrapers only.';

CREATE TABLE prefix (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    prefix cidr NOT NULL UNIQUE
);
CREATE INDEX prefix_containment ON prefix USING spgist (prefix inet_ops);
COMMENT ON TABLE prefix IS 'Dictionary of prefixes.';
COMMENT ON COLUMN prefix.id IS 'Surrogate.';
COMMENT ON COLUMN prefix.prefix IS 'Natural key. cidr refuses host bits.';
COMMENT ON INDEX prefix_containment IS 'More and less specific prefixes. Here and not on the events, where it would cost several times the insert.';

CREATE TABLE attributes (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest uuid NOT NULL UNIQUE,
    observed bigint NOT NULL,
    route bytea NOT NULL
);
COMMENT ON TABLE attributes IS 'Contents of routes, stored once, however many prefixes, tables and times share them.';
COMMENT ON COLUMN attributes.id IS 'Surrogate.';
COMMENT ON COLUMN attributes.digest IS 'Natural key: the first 16 octets of SHA-256 over observed (8 octets, big-endian) and route.';
COMMENT ON COLUMN attributes.observed IS 'Bit n set: attribute n of enum hoplog.log.v1.Attribute was observed. What was not is neither absent nor comparable.';
COMMENT ON COLUMN attributes.route IS 'A serialised hoplog.log.v1.Route: all paths, in canonical order.';

-- Facts.

CREATE TABLE route_event (
    prefix_id integer NOT NULL,
    rib_id integer NOT NULL,
    at_or_before timestamptz NOT NULL,
    after timestamptz NOT NULL,
    event_id uuid NOT NULL,
    snapshot_id integer NOT NULL,
    kind smallint NOT NULL,
    usable boolean NOT NULL,
    attributes_id integer,
    before_attributes_id integer,
    best_estimate timestamptz,
    clock_suspect_us bigint,
    stamp_kind smallint,
    stamp_earliest bigint,
    stamp_width bigint,
    PRIMARY KEY (prefix_id, rib_id, at_or_before),
    CONSTRAINT route_event_kind CHECK (kind BETWEEN 1 AND 4),
    CONSTRAINT route_event_bounds CHECK (after < at_or_before),
    CONSTRAINT route_event_at_or_before_finite CHECK (isfinite(at_or_before)),
    CONSTRAINT route_event_estimate_inside CHECK (best_estimate > after AND best_estimate <= at_or_before),
    CONSTRAINT route_event_states CHECK ((kind = 1) = (before_attributes_id IS NULL) AND (kind = 3) = (attributes_id IS NULL)),
    CONSTRAINT route_event_usable_needs_route CHECK (NOT usable OR attributes_id IS NOT NULL),
    CONSTRAINT route_event_stamp CHECK ((stamp_kind IS NULL) = (stamp_earliest IS NULL) AND (stamp_kind IS NOT DISTINCT FROM 2) = (stamp_width IS NOT NULL)
        AND stamp_kind IN (1, 2) AND stamp_width >= 0 AND (stamp_kind IS NULL OR attributes_id IS NOT NULL)),
    CONSTRAINT route_event_clock_suspect CHECK (clock_suspect_us <> 0)
) PARTITION BY RANGE (at_or_before);
COMMENT ON TABLE route_event IS 'Every change of every route, one row per event of the log. Partitioned by month (UTC); the projector makes a partition when a batch first needs it, for whatever year that is.';
COMMENT ON COLUMN route_event.prefix_id IS 'The route. Refers to prefix.';
COMMENT ON COLUMN route_event.rib_id IS 'The table. Refers to rib.';
COMMENT ON COLUMN route_event.at_or_before IS 'Inclusive end of the bounds: the first proof of the new state. No two events of one route in one table share it, since snapshots of a RIB are ordered.';
COMMENT ON COLUMN route_event.after IS 'Exclusive start of the bounds: the last proof of the old state. -infinity: there is none, "since before".';
COMMENT ON COLUMN route_event.event_id IS 'The 16 octets that name the event in the log: a hash of RIB, row key and snapshot.';
COMMENT ON COLUMN route_event.snapshot_id IS 'The snapshot that first proved the new state. Refers to snapshot.';
COMMENT ON COLUMN route_event.kind IS '1 appeared, 2 changed, 3 withdrawn, 4 changed unseen.';
COMMENT ON COLUMN route_event.usable IS 'Whether the table would use the route after the event.';
COMMENT ON COLUMN route_event.attributes_id IS 'The route after the event. Refers to attributes. Null: withdrawn.';
COMMENT ON COLUMN route_event.before_attributes_id IS 'The route as last read before the event. Refers to attributes. Null: appeared.';
COMMENT ON COLUMN route_event.best_estimate IS 'The source''s own word, inside the bounds. Null: none.';
COMMENT ON COLUMN route_event.clock_suspect_us IS 'Microseconds by which the source''s own time missed the bounds. Null: it did not.';
COMMENT ON COLUMN route_event.stamp_kind IS 'Of the change stamp after the event: 1 counter, 2 time. Null: none.';
COMMENT ON COLUMN route_event.stamp_earliest IS 'The stamp: a counter, or microseconds since 1970 UTC.';
COMMENT ON COLUMN route_event.stamp_width IS 'Times only: microseconds by which the print is coarse.';

CREATE TABLE presence (
    prefix_id integer NOT NULL,
    rib_id integer NOT NULL,
    sequence integer NOT NULL CHECK (sequence >= 1),
    began_after timestamptz NOT NULL,
    began_at_or_before timestamptz NOT NULL,
    ended_after timestamptz,
    ended_at_or_before timestamptz,
    PRIMARY KEY (prefix_id, rib_id, sequence),
    CONSTRAINT presence_began CHECK (began_after < began_at_or_before AND isfinite(began_at_or_before)),
    CONSTRAINT presence_ended_whole CHECK ((ended_after IS NULL) = (ended_at_or_before IS NULL)),
    CONSTRAINT presence_ended CHECK (ended_after < ended_at_or_before AND isfinite(ended_at_or_before)),
    CONSTRAINT presence_ended_after_it_began CHECK (began_at_or_before < ended_at_or_before AND began_after < ended_after)
) WITH (fillfactor = 90);
CREATE UNIQUE INDEX presence_open ON presence (rib_id, prefix_id) WHERE ended_at_or_before IS NULL;
COMMENT ON TABLE presence IS 'Every stay of a route in a table, from its appearance to its withdrawal. Stays of one route are numbered without holes and never overlap.';
COMMENT ON COLUMN presence.prefix_id IS 'The route. Refers to prefix.';
COMMENT ON COLUMN presence.rib_id IS 'The table. Refers to rib.';
COMMENT ON COLUMN presence.sequence IS 'Number of the stay: 1, 2, 3 ...';
COMMENT ON COLUMN presence.began_after IS 'Exclusive start of the bounds of the appearance. -infinity: since before.';
COMMENT ON COLUMN presence.began_at_or_before IS 'Inclusive end of the bounds of the appearance.';
COMMENT ON COLUMN presence.ended_after IS 'Exclusive start of the bounds of the withdrawal. Null: it stays.';
COMMENT ON COLUMN presence.ended_at_or_before IS 'Inclusive end of the bounds of the withdrawal. Null: it stays.';
COMMENT ON INDEX presence_open IS 'At most one open stay per route and table; and what a table holds now.';

CREATE TABLE session_event (
    rib_id integer NOT NULL REFERENCES rib,
    row_key bytea NOT NULL,
    at_or_before timestamptz NOT NULL CHECK (isfinite(at_or_before)),
    after timestamptz NOT NULL,
    event_id uuid NOT NULL UNIQUE,
    snapshot_id integer NOT NULL REFERENCES snapshot,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 4),
    before_row bytea,
    after_row bytea,
    best_estimate timestamptz,
    clock_suspect_us bigint CHECK (clock_suspect_us <> 0),
    PRIMARY KEY (rib_id, row_key, at_or_before),
    CONSTRAINT session_event_bounds CHECK (after < at_or_before),
    CONSTRAINT session_event_estimate_inside CHECK (best_estimate > after AND best_estimate <= at_or_before),
    CONSTRAINT session_event_states CHECK ((kind = 1) = (before_row IS NULL) AND (kind = 3) = (after_row IS NULL))
);
CREATE INDEX session_event_by_time ON session_event (rib_id, at_or_before);
COMMENT ON TABLE session_event IS 'Every change of a neighbour or of a daemon. The log has them in every partition; they are projected from partition 0.';
COMMENT ON COLUMN session_event.rib_id IS 'The session table.';
COMMENT ON COLUMN session_event.row_key IS 'p and the peer''s text, or d for the daemon, as in the log.';
COMMENT ON COLUMN session_event.at_or_before IS 'Inclusive end of the bounds.';
COMMENT ON COLUMN session_event.after IS 'Exclusive start of the bounds. -infinity: since before.';
COMMENT ON COLUMN session_event.event_id IS 'The 16 octets that name the event in the log.';
COMMENT ON COLUMN session_event.snapshot_id IS 'The snapshot that first proved the new state.';
COMMENT ON COLUMN session_event.kind IS '1 appeared, 2 changed, 3 withdrawn, 4 changed unseen.';
COMMENT ON COLUMN session_event.before_row IS 'A serialised hoplog.log.v1.Row. Null: appeared.';
COMMENT ON COLUMN session_event.after_row IS 'A serialised hoplog.log.v1.Row. Null: withdrawn.';
COMMENT ON COLUMN session_event.best_estimate IS 'The source''s own word, inside the bounds. Null: none.';
COMMENT ON COLUMN session_event.clock_suspect_us IS 'Microseconds by which the source''s own time missed the bounds. Null: it did not.';

CREATE TABLE restart (
    rib_id integer NOT NULL REFERENCES rib,
    at_or_before timestamptz NOT NULL CHECK (isfinite(at_or_before)),
    after timestamptz NOT NULL,
    snapshot_id integer NOT NULL REFERENCES snapshot,
    best_estimate timestamptz,
    evidence text NOT NULL,
    PRIMARY KEY (rib_id, at_or_before),
    CONSTRAINT restart_bounds CHECK (after < at_or_before),
    CONSTRAINT restart_estimate_inside CHECK (best_estimate > after AND best_estimate <= at_or_before)
);
COMMENT ON TABLE restart IS 'A daemon started anew. The log has them in every partition; they are projected from partition 0.';
COMMENT ON COLUMN restart.rib_id IS 'The table whose source proves it.';
COMMENT ON COLUMN restart.at_or_before IS 'Inclusive end of the bounds.';
COMMENT ON COLUMN restart.after IS 'Exclusive start of the bounds. -infinity: since before.';
COMMENT ON COLUMN restart.snapshot_id IS 'The snapshot that proves it.';
COMMENT ON COLUMN restart.best_estimate IS 'The source''s own word, inside the bounds. Null: none.';
COMMENT ON COLUMN restart.evidence IS 'What proves it, in words.';

-- What is known: kept per partition of the log, because a mark speaks for the events that stand before it in its own
-- partition. An answer about a prefix uses the rows of the prefix's partition; one about many prefixes intersects.

CREATE TABLE coverage (
    rib_id integer NOT NULL REFERENCES rib,
    log_partition integer NOT NULL REFERENCES projection_position,
    covered_from timestamptz NOT NULL CHECK (isfinite(covered_from)),
    covered_to timestamptz NOT NULL CHECK (isfinite(covered_to)),
    last_offset bigint NOT NULL CHECK (last_offset >= 0),
    PRIMARY KEY (rib_id, log_partition, covered_from),
    CONSTRAINT coverage_span CHECK (covered_from <= covered_to)
) WITH (fillfactor = 70);
COMMENT ON TABLE coverage IS 'Stretches of time throughout which a RIB was observed whole and all events of this partition of the log are here. Stretches do not overlap or touch: marks that do are one stretch.';
COMMENT ON COLUMN coverage.rib_id IS 'The table.';
COMMENT ON COLUMN coverage.log_partition IS 'The partition of the log whose events are complete.';
COMMENT ON COLUMN coverage.covered_from IS 'Inclusive.';
COMMENT ON COLUMN coverage.covered_to IS 'Inclusive.';
COMMENT ON COLUMN coverage.last_offset IS 'Where in the partition the last mark of this stretch stands. Always below the position: `verify` checks that coverage never runs ahead of what is projected.';

CREATE TABLE blind (
    rib_id integer NOT NULL REFERENCES rib,
    log_partition integer NOT NULL REFERENCES projection_position,
    first_failed_at timestamptz NOT NULL CHECK (isfinite(first_failed_at)),
    last_failed_at timestamptz NOT NULL CHECK (isfinite(last_failed_at)),
    failures integer NOT NULL CHECK (failures >= 1),
    reason smallint NOT NULL CHECK (reason >= 1),
    detail text NOT NULL,
    command text NOT NULL,
    PRIMARY KEY (rib_id, log_partition, first_failed_at),
    CONSTRAINT blind_span CHECK (first_failed_at <= last_failed_at)
) WITH (fillfactor = 70);
COMMENT ON TABLE blind IS 'Runs of failed scrapes: why a time is not covered.';
COMMENT ON COLUMN blind.rib_id IS 'The table.';
COMMENT ON COLUMN blind.log_partition IS 'The partition of the log that this was read from.';
COMMENT ON COLUMN blind.first_failed_at IS 'When the first of these scrapes was tried.';
COMMENT ON COLUMN blind.last_failed_at IS 'When the last of these scrapes was tried.';
COMMENT ON COLUMN blind.failures IS 'How many failed.';
COMMENT ON COLUMN blind.reason IS 'Of the last one: number in enum hoplog.log.v1.FailureReason.';
COMMENT ON COLUMN blind.detail IS 'Of the last one: the daemon''s own words, or what was wrong with its answer.';
COMMENT ON COLUMN blind.command IS 'Of the last one.';

CREATE TABLE reading (
    rib_id integer PRIMARY KEY REFERENCES rib,
    snapshot_id uuid NOT NULL,
    captured_from timestamptz NOT NULL,
    captured_to timestamptz NOT NULL,
    row_count bigint NOT NULL CHECK (row_count >= 0),
    command text NOT NULL,
    unknown_items bigint NOT NULL CHECK (unknown_items >= 0),
    daemon_version text NOT NULL,
    CONSTRAINT reading_span CHECK (captured_from <= captured_to)
) WITH (fillfactor = 70);
COMMENT ON TABLE reading IS 'The last good snapshot of each RIB. The log has it in every partition; it is projected from partition 0.';
COMMENT ON COLUMN reading.rib_id IS 'The table.';
COMMENT ON COLUMN reading.snapshot_id IS 'The 16 octets that name it in the log.';
COMMENT ON COLUMN reading.captured_from IS 'When the reading began.';
COMMENT ON COLUMN reading.captured_to IS 'When the reading ended.';
COMMENT ON COLUMN reading.row_count IS 'Rows in it.';
COMMENT ON COLUMN reading.command IS 'The one command that decided presence.';
COMMENT ON COLUMN reading.unknown_items IS 'Lines and keys of the output that the parser did not know.';
COMMENT ON COLUMN reading.daemon_version IS 'The daemon''s name and version as far as that scrape says. Empty: it does not.';

-- Input that was refused. Not of the log: hoplog.rejected.v1 is kept for a limited time only, so a rebuild counts what
-- that topic still has.

CREATE TABLE rejected_position (
    log_partition integer PRIMARY KEY CHECK (log_partition >= 0),
    first_offset bigint NOT NULL CHECK (first_offset >= 0),
    next_offset bigint NOT NULL,
    CONSTRAINT rejected_position_goes_forward CHECK (first_offset <= next_offset)
);
COMMENT ON TABLE rejected_position IS 'How far each partition of hoplog.rejected.v1 has been counted. Moved by compare-and-set in the transaction that counts, so every record counts exactly once.';
COMMENT ON COLUMN rejected_position.log_partition IS 'Partition of hoplog.rejected.v1.';
COMMENT ON COLUMN rejected_position.first_offset IS 'Where the count began: the first offset that the topic still had.';
COMMENT ON COLUMN rejected_position.next_offset IS 'The first offset that is not counted yet.';

CREATE TABLE rejected (
    log_partition integer NOT NULL REFERENCES rejected_position,
    rib_id integer REFERENCES rib,
    records bigint NOT NULL CHECK (records >= 1),
    last_offset bigint NOT NULL CHECK (last_offset >= 0),
    rejected_at timestamptz NOT NULL,
    reason smallint NOT NULL CHECK (reason >= 0),
    detail text NOT NULL,
    snapshot_id uuid,
    scraper text NOT NULL,
    scraper_epoch bigint,
    source_partition integer NOT NULL,
    source_offset bigint NOT NULL,
    CONSTRAINT rejected_of_one_rib UNIQUE NULLS NOT DISTINCT (log_partition, rib_id),
    CONSTRAINT rejected_scrape CHECK ((snapshot_id IS NULL) = (scraper_epoch IS NULL) AND (snapshot_id IS NOT NULL OR scraper = ''))
) WITH (fillfactor = 70);
COMMENT ON TABLE rejected IS 'Records of the snapshots that were refused, by RIB: how many, and the last of them. Their octets are in hoplog.rejected.v1.';
COMMENT ON COLUMN rejected.log_partition IS 'Partition of hoplog.rejected.v1.';
COMMENT ON COLUMN rejected.rib_id IS 'The table that the record or its key names. Null: neither names one.';
COMMENT ON COLUMN rejected.records IS 'How many were refused.';
COMMENT ON COLUMN rejected.last_offset IS 'Where in the partition the last one stands. The following columns are of that one.';
COMMENT ON COLUMN rejected.rejected_at IS 'When the broker took the refusal.';
COMMENT ON COLUMN rejected.reason IS 'Number in enum hoplog.log.v1.RejectReason.';
COMMENT ON COLUMN rejected.detail IS 'What was wrong, for a person.';
COMMENT ON COLUMN rejected.snapshot_id IS 'The 16 octets that name the snapshot. Null: the record does not say.';
COMMENT ON COLUMN rejected.scraper IS 'Who scraped. Empty: the record does not say.';
COMMENT ON COLUMN rejected.scraper_epoch IS 'Which life of that scraper. Null: the record does not say.';
COMMENT ON COLUMN rejected.source_partition IS 'Where in hoplog.rib-snapshot.v1 the record stood: the partition.';
COMMENT ON COLUMN rejected.source_offset IS 'Where in hoplog.rib-snapshot.v1 the record stood: the offset.';
