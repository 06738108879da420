package dev.hoplog.log;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.Dated;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Id;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.Uint32;
import java.time.Instant;

/** One record of the log: what is known for good. */
public sealed interface LogEntry {
    String network();

    /** What is known of one table. */
    sealed interface OfTable extends LogEntry {
        RibId rib();

        @Override
        default String network() {
            return rib().network();
        }
    }

    /**
     * A change of one row.
     *
     * @param id a hash of RIB, row key and snapshot
     * @param snapshot the one that first proved the new state
     * @param readBy on whose clock the bounds are
     * @param clockSuspectMicros by how much the source's own time of the change missed the bounds; 0: it did not
     */
    record RouteEvent(
            Id id,
            RibId rib,
            RowKey key,
            Id snapshot,
            Bounds bounds,
            ScraperClock readBy,
            long clockSuspectMicros,
            Change change)
            implements OfTable {
        public Dated dated() {
            return new Dated(rib, bounds, readBy);
        }
    }

    /**
     * The RIB was observed whole throughout [{@code coveredFrom}, {@code coveredTo}], both inclusive. Cumulative: a later
     * mark of the same RIB and {@code coveredFrom} replaces this one. A stretch is cut at each full hour (UTC), and where another
     * scraper goes on.
     *
     * @param snapshot the one that extended it
     * @param capturedFrom when the reading of that snapshot began
     * @param readBy on whose clock the times are
     * @param scrapeRibs of the hop's tables, how many the scrape of that snapshot asked for, this one included; 0: it does
     *     not say
     */
    record CoverageMark(
            RibId rib,
            Instant coveredFrom,
            Instant coveredTo,
            Id snapshot,
            Instant capturedFrom,
            ScraperClock readBy,
            long rowCount,
            String command,
            int unknownItems,
            String daemonVersion,
            int scrapeRibs)
            implements OfTable {
        public CoverageMark {
            Uint32.check("number of tables of a scrape", scrapeRibs);
        }
    }

    /**
     * The RIB was asked for and not observed. Cumulative over successive failures: a later mark of the same RIB and
     * {@code firstFailedAt} replaces this one.
     *
     * @param reason of the last failure, as {@code detail}, {@code command} and {@code scrapeRibs}
     */
    record BlindMark(
            RibId rib,
            Instant firstFailedAt,
            Instant lastFailedAt,
            int failures,
            FailureReason reason,
            String detail,
            String command,
            int scrapeRibs)
            implements OfTable {
        public BlindMark {
            Uint32.check("number of tables of a scrape", scrapeRibs);
        }
    }

    /**
     * The daemon behind the RIB started anew.
     *
     * @param readBy on whose clock the bounds are
     * @param evidence what proves it, in words
     */
    record SourceRestart(RibId rib, Id snapshot, Bounds bounds, ScraperClock readBy, String evidence)
            implements OfTable {
        public Dated dated() {
            return new Dated(rib, bounds, readBy);
        }
    }

    /** From here on, whoever reads the log reads under this chain, as far as it speaks of their time. */
    record ChainPublished(ChainVersion version) implements LogEntry {
        @Override
        public String network() {
            return version.network();
        }
    }
}
