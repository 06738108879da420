-- Unknown (10) may follow a cause: nothing proves that one from then on. So the last that was said of a break need not be why a
-- gap was there: grafana.gaps shows of an open one what holds now, and of one that is over its causes.

COMMENT ON TABLE gap_explanation IS 'Why the prefix gets lost at a break. A cause holds until something else is said of the same break, or the gap ends. Unknown (10): from then on nothing proves any, be it that a cause ceased to be proven or that the gap has ended without one.';
COMMENT ON COLUMN gap_explanation.explained_from IS 'Since when. Of each instant there is one thing to be said of a break.';
COMMENT ON COLUMN gap_explanation.cause IS 'Number in enum hoplog.log.v1.GapCause; 10: unknown.';
COMMENT ON COLUMN gap_explanation.octets IS 'The event with its evidence, if there is any: a serialised hoplog.log.v1.GapRecord.';

CREATE OR REPLACE VIEW grafana_gaps AS
SELECT g.network, g.prefix, g.hop,
    CASE g.kind WHEN 1 THEN 'missing' WHEN 2 THEN 'source lost' WHEN 3 THEN 'degraded' ELSE 'stale' END AS kind,
    coalesce(why.cause, 'not explained yet') AS cause,
    way.sources AS source_hop,
    nullif(g.opened_after, '-infinity') AS opened_after, g.opened_at_or_before,
    nullif(g.ended_after, '-infinity') AS ended_after, g.ended_at_or_before,
    CASE g.ending WHEN 1 THEN 'restored' WHEN 2 THEN 'moot' END AS ending,
    CASE WHEN g.ending IS NOT NULL
        THEN greatest(0, extract(epoch FROM nullif(g.ended_after, '-infinity') - g.opened_at_or_before)) END::float8 AS lasted_at_least_s,
    extract(epoch FROM g.ended_at_or_before - nullif(g.opened_after, '-infinity'))::float8 AS lasted_at_most_s,
    g.ending IS NULL AS is_open,
    g.ending IS NULL AND EXISTS (SELECT FROM gap_suspension s WHERE s.gap_id = g.gap_id AND s.resumed_from IS NULL) AS is_suspended,
    ARRAY(SELECT DISTINCT a.hop FROM gap_affected a WHERE a.gap_id = g.gap_id ORDER BY a.hop) AS affected_hops,
    g.gap_id,
    coalesce(silent.suspended, '{}') AS suspended
FROM gap g
CROSS JOIN LATERAL (SELECT string_agg(DISTINCT b.hops[1], ', ') AS sources FROM gap_break b WHERE b.gap_id = g.gap_id) way
CROSS JOIN LATERAL (SELECT string_agg(told.words, ', ' ORDER BY told.since, told.words) AS cause FROM (
    SELECT said.words, min(said.since) AS since FROM (
        SELECT coalesce(e.explained_from, b.broken_from) AS since,
            CASE WHEN g.ending IS NOT NULL THEN coalesce(gap_cause_words(e.cause), 'not explained yet')
                WHEN proven.cause IS NULL THEN 'not explained yet'
                WHEN last.cause = 10 THEN 'not proven now (' || gap_cause_words(proven.cause) || ' before)'
                ELSE gap_cause_words(proven.cause) END AS words
        FROM gap_break b
        LEFT JOIN LATERAL (SELECT x.cause FROM gap_explanation x WHERE x.gap_id = b.gap_id AND x.break_ordinal = b.ordinal
            ORDER BY x.explained_from DESC LIMIT 1) last ON true
        LEFT JOIN LATERAL (SELECT x.cause FROM gap_explanation x WHERE x.gap_id = b.gap_id AND x.break_ordinal = b.ordinal
            AND x.cause <> 10 ORDER BY x.explained_from DESC LIMIT 1) proven ON true
        LEFT JOIN gap_explanation e ON g.ending IS NOT NULL AND e.gap_id = b.gap_id AND e.break_ordinal = b.ordinal
            AND (e.cause <> 10 OR proven.cause IS NULL)
        WHERE b.gap_id = g.gap_id) said
    GROUP BY said.words) told) why
CROSS JOIN LATERAL (SELECT range_agg(tstzrange(s.suspended_from, s.resumed_from)) AS suspended
    FROM gap_suspension s WHERE s.gap_id = g.gap_id) silent;
COMMENT ON COLUMN grafana_gaps.cause IS 'Of each break, in words. Open: the cause that holds, or that none is proven now and which was before. Ended: all its causes in the order in which they first held; unknown if it had none. Not explained yet: nothing was said.';

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
    AND (e.cause <> 10 OR n.ended_at_or_before IS NOT NULL AND NOT EXISTS (SELECT FROM gap_explanation o
        WHERE o.gap_id = e.gap_id AND o.break_ordinal = e.break_ordinal AND o.cause <> 10))
GROUP BY n.network, n.hops, n.number;
COMMENT ON COLUMN grafana_incidents_annotations.title IS 'Where, and all causes that were proven at some time; unknown where a gap ended without one.';

DO $$ BEGIN
    IF current_schema() = 'hoplog' THEN
        PERFORM expose_to_grafana();
    END IF;
END $$;
