-- Where the log has each event of a gap first, so that who watches is told of each once. Of the rows that are here already
-- nobody knows it: they are written anew from the log, which has them all.

TRUNCATE gap_event, gap, gap_break, gap_affected, gap_explanation, gap_suspension;
UPDATE gap_position SET next_offset = 0;

ALTER TABLE gap_event ADD COLUMN log_offset bigint NOT NULL CHECK (log_offset >= 0);
COMMENT ON COLUMN gap_event.log_offset IS 'Where hoplog.gap-event.v1 has it first, in the partition of the prefix. The same event further on is a repetition.';
