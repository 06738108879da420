-- Two more kinds of gaps: what a hop has over fewer edges than it should, and what it still has from where it is no more.

ALTER TABLE gap DROP CONSTRAINT gap_kind_check;
ALTER TABLE gap ADD CONSTRAINT gap_kind_check CHECK (kind BETWEEN 1 AND 4);
COMMENT ON TABLE gap IS 'Every gap: a stretch of time in which a hop should have had a prefix and had not, or what else its kind says.';
COMMENT ON COLUMN gap.gap_id IS 'The 16 octets that name it in the log: a hash of network, prefix, hop, kind and certain_at, and of the upstream hop where it is degraded.';
COMMENT ON COLUMN gap.hop IS 'The first hop that lacks it, or that has what the kind says: node/daemon/table.';
COMMENT ON COLUMN gap.kind IS 'Number in enum hoplog.log.v1.GapKind: 1 missing, 2 source lost, 3 degraded, 4 stale.';
COMMENT ON TABLE gap_break IS 'Where the prefix of a gap gets lost: one row for each way on which it should come; stale: over which it came and was not taken back.';

COMMENT ON COLUMN grafana_gaps.prefix IS 'What is lost, or left over.';
COMMENT ON COLUMN grafana_gaps.hop IS 'The first hop that lacks it, or that has what the kind says.';
COMMENT ON COLUMN grafana_gaps.kind IS 'missing; source lost; degraded: lost over one edge and not over another; stale: still had from where it is no more.';
COMMENT ON COLUMN grafana_gaps.source_hop IS 'The last hop that has it, of each break; where the source is lost, the one that had it to give; stale: the one that gave it.';
COMMENT ON COLUMN grafana_gaps.ending IS 'restored: the hop has it again; moot: no source has it any more; stale: the other way round. Null: it has not ended.';

CREATE OR REPLACE VIEW grafana_incidents_annotations AS
WITH broken AS (
    SELECT g.network, g.prefix, g.opened_after, g.opened_at_or_before, g.ended_at_or_before, b.hops, b.gap_id, b.ordinal,
        max(g.opened_at_or_before) OVER (PARTITION BY g.network, b.hops ORDER BY g.opened_after, g.opened_at_or_before, g.gap_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached,
        CASE g.kind WHEN 3 THEN ' (degraded)' WHEN 4 THEN ' (stale)' ELSE '' END AS kind
    FROM gap g JOIN gap_break b USING (gap_id)),
numbered AS (
    SELECT *, count(*) FILTER (WHERE reached IS NULL OR opened_after >= reached)
        OVER (PARTITION BY network, hops ORDER BY opened_after, opened_at_or_before, gap_id) AS number
    FROM broken)
SELECT n.network,
    min(n.opened_at_or_before) AS time,
    CASE WHEN bool_and(n.ended_at_or_before IS NOT NULL) THEN max(n.ended_at_or_before) END AS time_end,
    array_to_string(n.hops, ' → ') || CASE WHEN min(n.kind) = max(n.kind) THEN min(n.kind) ELSE '' END || ': '
        || coalesce(string_agg(DISTINCT gap_cause_words(e.cause), ', '), 'not explained yet') AS title,
    count(DISTINCT n.prefix) || CASE count(DISTINCT n.prefix) WHEN 1 THEN ' prefix: ' ELSE ' prefixes: ' END || string_agg(DISTINCT n.prefix::text, ', ') AS text,
    coalesce(string_agg(DISTINCT gap_cause_words(e.cause), ','), 'not explained yet') AS tags
FROM numbered n
LEFT JOIN gap_explanation e ON e.gap_id = n.gap_id AND e.break_ordinal = n.ordinal
GROUP BY n.network, n.hops, n.number;

DO $$ BEGIN
    IF current_schema() = 'hoplog' THEN
        PERFORM expose_to_grafana();
    END IF;
END $$;
