-- Gaps, as hoplog.gap-event.v1 says them for good. What lies beyond is provisional, computed with each answer and never here.

CREATE TABLE gap_position (
    log_partition integer PRIMARY KEY CHECK (log_partition >= 0),
    next_offset bigint NOT NULL CHECK (next_offset >= 0)
);
COMMENT ON TABLE gap_position IS 'How far each partition of hoplog.gap-event.v1 has been projected. Moved by compare-and-set in the transaction that writes the rows.';
COMMENT ON COLUMN gap_position.log_partition IS 'Partition of hoplog.gap-event.v1: the number of the one that the prefix''s route events are in.';
COMMENT ON COLUMN gap_position.next_offset IS 'The first offset whose rows are not here yet.';

CREATE TABLE gap_event (
    event_id uuid PRIMARY KEY,
    gap_id uuid NOT NULL
);
COMMENT ON TABLE gap_event IS 'Which events are here. The gap step says the same ones again if it reads the same log again; they count once.';
COMMENT ON COLUMN gap_event.event_id IS 'The 16 octets that name the event: a hash of all that it says.';
COMMENT ON COLUMN gap_event.gap_id IS 'Of which gap.';

CREATE TABLE gap (
    gap_id uuid PRIMARY KEY,
    network text NOT NULL CHECK (network <> ''),
    prefix cidr NOT NULL,
    hop text NOT NULL CHECK (hop LIKE '%/%/%'),
    kind smallint NOT NULL CHECK (kind IN (1, 2)),
    opened_after timestamptz NOT NULL,
    opened_at_or_before timestamptz NOT NULL CHECK (isfinite(opened_at_or_before)),
    certain_at timestamptz NOT NULL CHECK (isfinite(certain_at)),
    chain_version_id uuid NOT NULL,
    ending smallint CHECK (ending IN (1, 2)),
    ended_after timestamptz,
    ended_at_or_before timestamptz CHECK (isfinite(ended_at_or_before)),
    CONSTRAINT gap_opened CHECK (opened_after < opened_at_or_before),
    CONSTRAINT gap_ended CHECK (ended_after < ended_at_or_before),
    CONSTRAINT gap_ended_whole CHECK ((ending IS NULL) = (ended_after IS NULL) AND (ending IS NULL) = (ended_at_or_before IS NULL))
) WITH (fillfactor = 90);
CREATE INDEX gap_by_time ON gap (network, opened_at_or_before);
CREATE INDEX gap_open ON gap (network, prefix, hop) WHERE ending IS NULL;
COMMENT ON TABLE gap IS 'Every gap: a stretch of time in which a hop should have had a prefix and had not.';
COMMENT ON COLUMN gap.gap_id IS 'The 16 octets that name it in the log: a hash of network, prefix, hop, kind and certain_at.';
COMMENT ON COLUMN gap.network IS 'The namespace of everything else, as in rib.';
COMMENT ON COLUMN gap.prefix IS 'What is lost.';
COMMENT ON COLUMN gap.hop IS 'The first hop that lacks it: node/daemon/table.';
COMMENT ON COLUMN gap.kind IS 'Number in enum hoplog.log.v1.GapKind: 1 missing, 2 source lost.';
COMMENT ON COLUMN gap.opened_after IS 'Exclusive start of the bounds of its beginning. -infinity: since before.';
COMMENT ON COLUMN gap.opened_at_or_before IS 'Inclusive end of the bounds of its beginning.';
COMMENT ON COLUMN gap.certain_at IS 'The first instant at which it was certain.';
COMMENT ON COLUMN gap.chain_version_id IS 'By which version of the chain, as in chain_version.';
COMMENT ON COLUMN gap.ending IS 'Number in enum hoplog.log.v1.GapEnd: 1 restored, 2 moot. Null: it has not ended, as far as is known for good.';
COMMENT ON COLUMN gap.ended_after IS 'Exclusive start of the bounds of its end. Null: it has not ended. -infinity: since before.';
COMMENT ON COLUMN gap.ended_at_or_before IS 'Inclusive end of the bounds of its end. Null: it has not ended.';
COMMENT ON INDEX gap_by_time IS 'Gaps of a network in a window.';
COMMENT ON INDEX gap_open IS 'Gaps that have not ended.';

CREATE TABLE gap_break (
    gap_id uuid NOT NULL REFERENCES gap,
    ordinal integer NOT NULL CHECK (ordinal >= 1),
    hops text[] NOT NULL CHECK (cardinality(hops) >= 2 AND array_position(hops, NULL) IS NULL),
    broken_from timestamptz NOT NULL CHECK (isfinite(broken_from)),
    PRIMARY KEY (gap_id, ordinal),
    CONSTRAINT gap_break_of_one_way UNIQUE (gap_id, hops)
);
COMMENT ON TABLE gap_break IS 'Where the prefix of a gap gets lost: one row for each way on which it should come.';
COMMENT ON COLUMN gap_break.gap_id IS 'The gap.';
COMMENT ON COLUMN gap_break.ordinal IS 'In the order in which they came up: 1, 2, 3 ...';
COMMENT ON COLUMN gap_break.hops IS 'From the last hop that has it to the first that lacks it, along edges. Those between were not observed.';
COMMENT ON COLUMN gap_break.broken_from IS 'Since when it is certain.';

CREATE TABLE gap_affected (
    gap_id uuid NOT NULL REFERENCES gap,
    hop text NOT NULL CHECK (hop LIKE '%/%/%'),
    affected_from timestamptz NOT NULL CHECK (isfinite(affected_from)),
    PRIMARY KEY (gap_id, hop, affected_from)
);
COMMENT ON TABLE gap_affected IS 'Hops behind a gap that lack the prefix for the same reason.';
COMMENT ON COLUMN gap_affected.gap_id IS 'The gap.';
COMMENT ON COLUMN gap_affected.hop IS 'Which hop: node/daemon/table.';
COMMENT ON COLUMN gap_affected.affected_from IS 'Since when it is certain.';

CREATE TABLE gap_explanation (
    gap_id uuid NOT NULL,
    break_ordinal integer NOT NULL,
    explained_from timestamptz NOT NULL CHECK (isfinite(explained_from)),
    cause smallint NOT NULL CHECK (cause BETWEEN 1 AND 10),
    lacking text[] NOT NULL,
    onward text[] NOT NULL,
    octets bytea NOT NULL CHECK (octets <> ''),
    PRIMARY KEY (gap_id, break_ordinal, explained_from),
    CONSTRAINT gap_explanation_of_break FOREIGN KEY (gap_id, break_ordinal) REFERENCES gap_break,
    CONSTRAINT gap_explanation_onward CHECK (cause = 7 OR onward = '{}')
);
COMMENT ON TABLE gap_explanation IS 'Why the prefix gets lost at a break. It holds until another cause is said of the same break, or the gap ends.';
COMMENT ON COLUMN gap_explanation.gap_id IS 'The gap.';
COMMENT ON COLUMN gap_explanation.break_ordinal IS 'At which of its breaks.';
COMMENT ON COLUMN gap_explanation.explained_from IS 'Since when.';
COMMENT ON COLUMN gap_explanation.cause IS 'Number in enum hoplog.log.v1.GapCause.';
COMMENT ON COLUMN gap_explanation.lacking IS 'Communities that the edge requires and that the route was seen without.';
COMMENT ON COLUMN gap_explanation.onward IS 'Not installed (7) only: hops that use the route all the same, a black hole.';
COMMENT ON COLUMN gap_explanation.octets IS 'The event with its evidence: a serialised hoplog.log.v1.GapRecord.';

CREATE TABLE gap_suspension (
    gap_id uuid NOT NULL REFERENCES gap,
    suspended_from timestamptz NOT NULL CHECK (isfinite(suspended_from)),
    resumed_from timestamptz CHECK (isfinite(resumed_from)),
    PRIMARY KEY (gap_id, suspended_from),
    CONSTRAINT gap_suspension_goes_forward CHECK (suspended_from < resumed_from)
);
CREATE UNIQUE INDEX gap_suspension_open ON gap_suspension (gap_id) WHERE resumed_from IS NULL;
COMMENT ON TABLE gap_suspension IS 'Stretches in which an end of a gap was not observed: whether it lasted is not known.';
COMMENT ON COLUMN gap_suspension.gap_id IS 'The gap.';
COMMENT ON COLUMN gap_suspension.suspended_from IS 'Since when.';
COMMENT ON COLUMN gap_suspension.resumed_from IS 'Since when its ends are observed again and it lasts. Null: not as far as is known, or it ended meanwhile.';
COMMENT ON INDEX gap_suspension_open IS 'At most one suspension of a gap is open.';
