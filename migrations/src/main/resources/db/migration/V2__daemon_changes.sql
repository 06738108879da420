-- What daemons did to themselves is asked for with every list of hops. Reconfigurations (changed unseen) may be many; who
-- the daemon is changes seldom.

CREATE INDEX session_event_daemon ON session_event (rib_id, at_or_before) WHERE row_key = '\x64' AND kind <> 4;
COMMENT ON INDEX session_event_daemon IS 'Appearances, changes and withdrawals of the daemon''s own row: its version, router id and AS number over time.';
