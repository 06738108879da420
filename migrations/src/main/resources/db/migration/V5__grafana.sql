-- What a dashboard may ask: views with plain words and finite times. They live beside what they show, as grafana_*, so that a
-- rebuild brings its own; expose_to_grafana() shows those of one schema as grafana.*, which is what a role may read.

CREATE FUNCTION gap_cause_words(cause smallint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE cause
    WHEN 1 THEN 'session down' WHEN 2 THEN 'not exported' WHEN 3 THEN 'listed as exported but not received'
    WHEN 4 THEN 'rejected on import' WHEN 5 THEN 'next hop unreachable' WHEN 6 THEN 'not best' WHEN 7 THEN 'not installed'
    WHEN 8 THEN 'source lost' WHEN 9 THEN 'hop not observed' ELSE 'unknown' END;
COMMENT ON FUNCTION gap_cause_words IS 'Of a number in enum hoplog.log.v1.GapCause. Null of null: nothing was said.';

CREATE FUNCTION failure_words(reason smallint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE reason
    WHEN 1 THEN 'unreachable' WHEN 2 THEN 'refused' WHEN 3 THEN 'truncated' WHEN 4 THEN 'unparsable'
    WHEN 5 THEN 'no such table' WHEN 6 THEN 'file missing' WHEN 7 THEN 'inconsistent' ELSE 'unknown' END;
COMMENT ON FUNCTION failure_words IS 'Of a number in enum hoplog.log.v1.FailureReason. Null of null: nothing failed.';

CREATE VIEW grafana_gaps AS
SELECT g.network, g.prefix, g.hop,
    CASE g.kind WHEN 1 THEN 'missing' ELSE 'source lost' END AS kind,
    coalesce(why.cause, 'not explained yet') AS cause,
    way.sources AS source_hop,
    nullif(g.opened_after, '-infinity') AS opened_after, g.opened_at_or_before,
    nullif(g.ended_after, '-infinity') AS ended_after, g.ended_at_or_before,
    CASE g.ending WHEN 1 THEN 'restored' WHEN 2 THEN 'moot' END AS ending,
    greatest(0, extract(epoch FROM nullif(g.ended_after, '-infinity') - g.opened_at_or_before))::float8 AS lasted_at_least_s,
    extract(epoch FROM g.ended_at_or_before - nullif(g.opened_after, '-infinity'))::float8 AS lasted_at_most_s,
    g.ending IS NULL AS is_open,
    g.ending IS NULL AND EXISTS (SELECT FROM gap_suspension s WHERE s.gap_id = g.gap_id AND s.resumed_from IS NULL) AS is_suspended,
    ARRAY(SELECT DISTINCT a.hop FROM gap_affected a WHERE a.gap_id = g.gap_id ORDER BY a.hop) AS affected_hops,
    g.gap_id
FROM gap g
CROSS JOIN LATERAL (SELECT string_agg(DISTINCT b.hops[1], ', ') AS sources FROM gap_break b WHERE b.gap_id = g.gap_id) way
CROSS JOIN LATERAL (SELECT string_agg(DISTINCT gap_cause_words(last.cause), ', ') AS cause FROM (
    SELECT DISTINCT ON (e.break_ordinal) e.cause FROM gap_explanation e WHERE e.gap_id = g.gap_id
    ORDER BY e.break_ordinal, e.explained_from DESC) last) why;
COMMENT ON VIEW grafana_gaps IS 'Every gap that is certain for good.';
COMMENT ON COLUMN grafana_gaps.network IS 'The namespace of everything else.';
COMMENT ON COLUMN grafana_gaps.prefix IS 'What is lost.';
COMMENT ON COLUMN grafana_gaps.hop IS 'The first hop that lacks it.';
COMMENT ON COLUMN grafana_gaps.kind IS 'missing, or source lost.';
COMMENT ON COLUMN grafana_gaps.cause IS 'The last cause said of each break, in words.';
COMMENT ON COLUMN grafana_gaps.source_hop IS 'The last hop that has it, of each break; where the source is lost, the one that had it to give.';
COMMENT ON COLUMN grafana_gaps.opened_after IS 'It began after this. Null: since before anything was observed.';
COMMENT ON COLUMN grafana_gaps.opened_at_or_before IS 'It began at or before this.';
COMMENT ON COLUMN grafana_gaps.ended_after IS 'It ended after this. Null: it has not ended, or nothing says.';
COMMENT ON COLUMN grafana_gaps.ended_at_or_before IS 'It ended at or before this. Null: it has not ended.';
COMMENT ON COLUMN grafana_gaps.ending IS 'restored: the hop has it again; moot: no source has it any more. Null: it has not ended.';
COMMENT ON COLUMN grafana_gaps.lasted_at_least_s IS 'Seconds for which it lasted, by the inner bounds. Null: it has not ended.';
COMMENT ON COLUMN grafana_gaps.lasted_at_most_s IS 'Seconds for which it lasted, by the outer bounds. Null: it has not ended, or began before anything was observed.';
COMMENT ON COLUMN grafana_gaps.is_open IS 'Whether it has not ended, as far as is known for good.';
COMMENT ON COLUMN grafana_gaps.is_suspended IS 'Open, and an end of it is not observed: whether it lasts is not known.';
COMMENT ON COLUMN grafana_gaps.affected_hops IS 'Hops behind that lacked the prefix for the same reason.';
COMMENT ON COLUMN grafana_gaps.gap_id IS 'Names it in the log.';

CREATE VIEW grafana_incidents_annotations AS
WITH broken AS (
    SELECT g.network, g.prefix, g.opened_after, g.opened_at_or_before, g.ended_at_or_before, b.hops, b.gap_id, b.ordinal,
        max(g.opened_at_or_before) OVER (PARTITION BY g.network, b.hops ORDER BY g.opened_after, g.opened_at_or_before, g.gap_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
    FROM gap g JOIN gap_break b USING (gap_id)),
numbered AS (
    SELECT *, count(*) FILTER (WHERE reached IS NULL OR opened_after >= reached)
        OVER (PARTITION BY network, hops ORDER BY opened_after, opened_at_or_before, gap_id) AS number
    FROM broken)
SELECT n.network,
    min(n.opened_at_or_before) AS time,
    CASE WHEN bool_and(n.ended_at_or_before IS NOT NULL) THEN max(n.ended_at_or_before) END AS time_end,
    array_to_string(n.hops, ' → ') || ': ' || coalesce(string_agg(DISTINCT gap_cause_words(e.cause), ', '), 'not explained yet') AS title,
    count(DISTINCT n.prefix) || CASE count(DISTINCT n.prefix) WHEN 1 THEN ' prefix: ' ELSE ' prefixes: ' END || string_agg(DISTINCT n.prefix::text, ', ') AS text,
    coalesce(string_agg(DISTINCT gap_cause_words(e.cause), ','), 'not explained yet') AS tags
FROM numbered n
LEFT JOIN gap_explanation e ON e.gap_id = n.gap_id AND e.break_ordinal = n.ordinal
GROUP BY n.network, n.hops, n.number;
COMMENT ON VIEW grafana_incidents_annotations IS 'Gaps at one break that may have opened together, as annotations. (ListIncidents also joins what a silent hop or a second way connects.)';
COMMENT ON COLUMN grafana_incidents_annotations.network IS 'The namespace of everything else.';
COMMENT ON COLUMN grafana_incidents_annotations.time IS 'The first of the gaps had begun.';
COMMENT ON COLUMN grafana_incidents_annotations.time_end IS 'The last of them had ended. Null: one is open.';
COMMENT ON COLUMN grafana_incidents_annotations.title IS 'Where, and all causes that were said.';
COMMENT ON COLUMN grafana_incidents_annotations.text IS 'Which prefixes.';
COMMENT ON COLUMN grafana_incidents_annotations.tags IS 'The causes, separated by commas.';

CREATE VIEW grafana_prefixes AS
SELECT DISTINCT r.network, p.prefix FROM presence s JOIN rib r ON r.id = s.rib_id JOIN prefix p ON p.id = s.prefix_id
WHERE s.sequence = 1 AND r.view IN ('loc-rib', 'fib');
COMMENT ON VIEW grafana_prefixes IS 'Every prefix that a table of a network ever had.';
COMMENT ON COLUMN grafana_prefixes.network IS 'The namespace of everything else.';
COMMENT ON COLUMN grafana_prefixes.prefix IS 'The prefix.';

-- The state is evaluated at every instant at which it may turn: the ends of the bounds of each change, and the ends of each
-- stretch that was observed in all partitions of the log. Ask for one prefix: all of them at once are a lot.
CREATE VIEW grafana_prefix_state AS
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
            WHEN coming.after < turn.time AND (coming.code <> coalesce(last.code, 0) OR coming.after = '-infinity') THEN 3
            ELSE coalesce(last.code, 0) END AS code
    FROM turn
    LEFT JOIN LATERAL (SELECT CASE WHEN e.usable THEN 2 WHEN e.kind = 3 THEN 0 ELSE 1 END AS code FROM route_event e
        WHERE e.prefix_id = turn.prefix_id AND e.rib_id = turn.rib_id AND e.at_or_before <= turn.time
        ORDER BY e.at_or_before DESC LIMIT 1) last ON true
    LEFT JOIN LATERAL (SELECT e.after, CASE WHEN e.usable THEN 2 WHEN e.kind = 3 THEN 0 ELSE 1 END AS code FROM route_event e
        WHERE e.prefix_id = turn.prefix_id AND e.rib_id = turn.rib_id AND e.at_or_before > turn.time
        ORDER BY e.at_or_before LIMIT 1) coming ON true)
SELECT network, prefix, hop, time, lead(time) OVER (PARTITION BY network, prefix, hop ORDER BY time) AS until,
    CASE code WHEN 0 THEN 'absent' WHEN 1 THEN 'present, not usable' WHEN 2 THEN 'usable' WHEN 3 THEN 'changing' ELSE 'unknown' END AS state,
    code::smallint AS code
FROM judged;
COMMENT ON VIEW grafana_prefix_state IS 'What each routing table knew of each prefix: one row for each turn. Of hops without a routing table, the kernel''s. Before the first row nothing is known.';
COMMENT ON COLUMN grafana_prefix_state.network IS 'The namespace of everything else.';
COMMENT ON COLUMN grafana_prefix_state.prefix IS 'The prefix.';
COMMENT ON COLUMN grafana_prefix_state.hop IS 'Where: node/daemon/table.';
COMMENT ON COLUMN grafana_prefix_state.time IS 'Since when.';
COMMENT ON COLUMN grafana_prefix_state.until IS 'Up to when, exclusive. Null: the last that is known.';
COMMENT ON COLUMN grafana_prefix_state.state IS 'usable; present, not usable; absent; changing: inside the bounds of a change, or before the first proof; unknown: nobody looked.';
COMMENT ON COLUMN grafana_prefix_state.code IS 'The same as a number: 0 absent, 1 present, not usable, 2 usable, 3 changing, 4 unknown.';

CREATE VIEW grafana_freshness AS
WITH known AS MATERIALIZED (
    SELECT rib.*,
        (SELECT CASE WHEN count(covered_to) = projection.partitions THEN min(covered_to) END
         FROM generate_series(0, projection.partitions - 1) AS log (partition)
         CROSS JOIN LATERAL (
            SELECT covered_to FROM coverage
            WHERE rib_id = rib.id AND log_partition = log.partition ORDER BY covered_from DESC LIMIT 1) last
        ) AS until, failed.last_failed_at, failed.reason
    FROM rib CROSS JOIN projection
    LEFT JOIN LATERAL (SELECT last_failed_at, reason FROM blind
        WHERE rib_id = rib.id AND log_partition = 0 ORDER BY first_failed_at DESC LIMIT 1) failed ON true)
SELECT network, node || '/' || daemon || '/' || table_name AS hop, view, count(*) AS tables,
    min(until) AS last_reading,
    extract(epoch FROM now() - min(until))::float8 AS age_s,
    count(*) FILTER (WHERE last_failed_at > until OR until IS NULL AND last_failed_at IS NOT NULL) AS blind_tables,
    string_agg(DISTINCT CASE WHEN last_failed_at > until OR until IS NULL THEN failure_words(reason) END, ', ') AS blind_reason
FROM known
GROUP BY network, node, daemon, table_name, view;
COMMENT ON VIEW grafana_freshness IS 'Up to when each view of each hop is known.';
COMMENT ON COLUMN grafana_freshness.network IS 'The namespace of everything else.';
COMMENT ON COLUMN grafana_freshness.hop IS 'node/daemon/table.';
COMMENT ON COLUMN grafana_freshness.view IS 'Which of its tables: RFC 7854, 8671 and 9069 names, fib, or sessions.';
COMMENT ON COLUMN grafana_freshness.tables IS 'How many tables: adj views have one for each neighbour.';
COMMENT ON COLUMN grafana_freshness.last_reading IS 'The table that is known for the shortest is known up to here. Null: none is.';
COMMENT ON COLUMN grafana_freshness.age_s IS 'Seconds since then. Of a replayed capture that is its age.';
COMMENT ON COLUMN grafana_freshness.blind_tables IS 'How many could not be read when they were last asked for.';
COMMENT ON COLUMN grafana_freshness.blind_reason IS 'Why, in words. Null: none is blind.';

CREATE FUNCTION expose_to_grafana() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    here text := current_schema();
    shown record;
    of_column record;
BEGIN
    CREATE SCHEMA IF NOT EXISTS grafana;
    COMMENT ON SCHEMA grafana IS 'What a dashboard may read of Hoplog. Each view shows one of the projection.';
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hoplog_grafana') THEN
            CREATE ROLE hoplog_grafana NOLOGIN;
        END IF;
    EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
        RAISE NOTICE 'role hoplog_grafana is not made: %', SQLERRM;
    END;
    FOR shown IN SELECT c.oid, c.relname::text AS source, substr(c.relname, length('grafana_') + 1) AS name FROM pg_class c
        WHERE c.relnamespace = here::regnamespace AND c.relkind = 'v' AND c.relname LIKE 'grafana\_%' ORDER BY c.relname
    LOOP
        EXECUTE format('DROP VIEW IF EXISTS grafana.%I', shown.name);
        EXECUTE format('CREATE VIEW grafana.%I AS SELECT * FROM %I.%I', shown.name, here, shown.source);
        EXECUTE format('COMMENT ON VIEW grafana.%I IS %L', shown.name, obj_description(shown.oid, 'pg_class'));
        FOR of_column IN SELECT attname, attnum FROM pg_attribute WHERE attrelid = shown.oid AND attnum > 0 LOOP
            EXECUTE format('COMMENT ON COLUMN grafana.%I.%I IS %L', shown.name, of_column.attname,
                col_description(shown.oid, of_column.attnum));
        END LOOP;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'hoplog_grafana') THEN
            EXECUTE format('GRANT SELECT ON grafana.%I TO hoplog_grafana', shown.name);
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'hoplog_grafana') THEN
        GRANT USAGE ON SCHEMA grafana TO hoplog_grafana;
    END IF;
END $$;
COMMENT ON FUNCTION expose_to_grafana IS 'Shows the views of the current schema as grafana.*, in the place of any other''s, and lets hoplog_grafana read them. A schema by another name than hoplog is exposed by calling it.';

DO $$ BEGIN
    IF current_schema() = 'hoplog' THEN
        PERFORM expose_to_grafana();
    END IF;
END $$;
