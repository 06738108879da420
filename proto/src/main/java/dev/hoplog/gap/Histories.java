package dev.hoplog.gap;

import dev.hoplog.history.Readers;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import java.time.Instant;
import java.util.Optional;

/** What is known of the tables of a network. */
public interface Histories {
    /** All that is known of a row; of a table that was never read, a history without coverage. */
    RouteHistory of(RibId rib, RowKey row);

    /**
     * Up to when it is settled whether the table was observed: nothing that is still to come tells of an earlier instant.
     * Empty: nobody ever tried to read it.
     */
    Optional<Instant> settledTo(RibId rib);

    /** On whose clock the table was read, and when. */
    Readers readBy(RibId rib);
}
