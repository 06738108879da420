-- grafana.gaps says when a gap was suspended, for windows that end in the past, and of what has not ended no length: greatest()
-- passes over nulls. grafana.prefix_state claims nothing inside the bounds of a change that nobody saw, nor where those of two
-- changes overlap, and says not usable of what is certainly not, be it there or not.

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
CROSS JOIN LATERAL (SELECT string_agg(DISTINCT gap_cause_words(last.cause), ', ') AS cause FROM (
    SELECT DISTINCT ON (e.break_ordinal) e.cause FROM gap_explanation e WHERE e.gap_id = g.gap_id
    ORDER BY e.break_ordinal, e.explained_from DESC) last) why
CROSS JOIN LATERAL (SELECT range_agg(tstzrange(s.suspended_from, s.resumed_from)) AS suspended
    FROM gap_suspension s WHERE s.gap_id = g.gap_id) silent;
COMMENT ON COLUMN grafana_gaps.suspended IS 'When an end of it was not observed. Open at the end: it was not seen again, or the gap had ended by then.';

-- A reading takes time, so the bounds of a change begin before those of the one before end: at most two lie around an instant.
CREATE OR REPLACE VIEW grafana_prefix_state AS
WITH observed AS (
    SELECT rib_id, covered_from, min(covered_to) AS covered_to FROM coverage CROSS JOIN projection
    GROUP BY rib_id, covered_from, partitions HAVING count(*) = partitions),
route AS (
    SELECT known.network, known.prefix, p.id AS prefix_id, r.id AS rib_id, r.node || '/' || r.daemon || '/' || r.table_name AS hop
    FROM grafana_prefixes known JOIN prefix p ON p.prefix = known.prefix JOIN rib r ON r.network = known.network
    WHERE r.family = CASE family(known.prefix) WHEN 4 THEN 'ipv4-unicast' ELSE 'ipv6-unicast' END AND r.route_distinguisher = ''
        AND (r.view = 'loc-rib' OR r.view = 'fib' AND NOT EXISTS (SELECT FROM rib o WHERE o.view = 'loc-rib' AND o.network = r.network
            AND o.node = r.node AND o.daemon = r.daemon AND o.table_name = r.table_name))),
turn AS (
    SELECT route.*, at.time FROM route CROSS JOIN LATERAL (
        SELECT at_or_before AS time FROM route_event e WHERE e.prefix_id = route.prefix_id AND e.rib_id = route.rib_id
        UNION SELECT after + interval '1 microsecond' FROM route_event e
            WHERE e.prefix_id = route.prefix_id AND e.rib_id = route.rib_id AND isfinite(after)
        UNION SELECT covered_from FROM observed o WHERE o.rib_id = route.rib_id
        UNION SELECT covered_to + interval '1 microsecond' FROM observed o WHERE o.rib_id = route.rib_id) at),
judged AS (
    SELECT turn.network, turn.prefix, turn.hop, turn.time,
        CASE WHEN NOT EXISTS (SELECT FROM observed o WHERE o.rib_id = turn.rib_id AND turn.time BETWEEN o.covered_from AND o.covered_to) THEN 4
            WHEN around.says_nothing THEN 3
            WHEN least(around.lowest, coalesce(last.code, 0)) = greatest(around.highest, coalesce(last.code, 0)) THEN coalesce(last.code, 0)
            WHEN greatest(around.highest, coalesce(last.code, 0)) = 2 THEN 3
            ELSE 5 END AS code
    FROM turn
    LEFT JOIN LATERAL (SELECT CASE WHEN e.usable THEN 2 WHEN e.kind = 3 THEN 0 ELSE 1 END AS code FROM route_event e
        WHERE e.prefix_id = turn.prefix_id AND e.rib_id = turn.rib_id AND e.at_or_before <= turn.time
        ORDER BY e.at_or_before DESC LIMIT 1) last ON true
    CROSS JOIN LATERAL (SELECT bool_or(coming.kind = 4 OR coming.after = '-infinity') AS says_nothing,
            min(coming.code) AS lowest, max(coming.code) AS highest
        FROM (SELECT e.after, e.kind, CASE WHEN e.usable THEN 2 WHEN e.kind = 3 THEN 0 ELSE 1 END AS code FROM route_event e
            WHERE e.prefix_id = turn.prefix_id AND e.rib_id = turn.rib_id AND e.at_or_before > turn.time
            ORDER BY e.at_or_before LIMIT 2) coming
        WHERE coming.after < turn.time) around)
SELECT network, prefix, hop, time, lead(time) OVER (PARTITION BY network, prefix, hop ORDER BY time) AS until,
    CASE code WHEN 0 THEN 'absent' WHEN 1 THEN 'present, not usable' WHEN 2 THEN 'usable' WHEN 3 THEN 'changing'
        WHEN 5 THEN 'absent or not usable' ELSE 'unknown' END AS state,
    code::smallint AS code
FROM judged;
COMMENT ON COLUMN grafana_prefix_state.state IS 'usable; present, not usable; absent; absent or not usable: inside the bounds of a change from one to the other; changing: inside those of any other change, or before the first proof; unknown: nobody looked.';
COMMENT ON COLUMN grafana_prefix_state.code IS 'The same as a number: 0 absent, 1 present, not usable, 2 usable, 3 changing, 4 unknown, 5 absent or not usable.';

DO $$ BEGIN
    IF current_schema() = 'hoplog' THEN
        PERFORM expose_to_grafana();
    END IF;
END $$;
