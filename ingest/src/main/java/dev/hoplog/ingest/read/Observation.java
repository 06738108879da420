package dev.hoplog.ingest.read;

import dev.hoplog.model.FailureReason;
import dev.hoplog.model.RibId;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import java.time.Instant;

/** What one scrape says of one RIB: its complete contents, or that it was not observed, and why. */
public sealed interface Observation {
    RibId rib();

    /** The reading began then, inclusive, in whole microseconds, rounded down. */
    Instant from();

    /** The reading ended then, inclusive, in whole microseconds, rounded up. */
    Instant to();

    /** The command that decides presence, as it was run. */
    String command();

    /**
     * Answered, complete, and found whole.
     *
     * @param unknownItems keys and lines that the parser passed over
     * @param daemonVersion as far as the scrape says it, or empty
     */
    record Observed(
            RibId rib,
            Instant from,
            Instant to,
            String command,
            Table table,
            SourceState sourceState,
            int unknownItems,
            String daemonVersion)
            implements Observation {}

    /**
     * Nothing follows about its rows.
     *
     * @param detail the daemon's own words, or what was wrong with its answer
     */
    record NotObserved(RibId rib, Instant from, Instant to, String command, FailureReason reason, String detail)
            implements Observation {}
}
