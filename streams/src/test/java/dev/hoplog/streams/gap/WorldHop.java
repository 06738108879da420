package dev.hoplog.streams.gap;

import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.ScraperClock;

/**
 * A hop of a world.
 *
 * @param peer as which its neighbours know it
 * @param isOrigin whether it has the prefix of its own, now and then
 * @param isKernel whether another writes into its table
 * @param hasStamps whether its tables show change stamps
 * @param showsFrom whether they show where a path is from
 * @param showsInternal whether they flag what is from a peer of the same AS
 * @param listsDown whether its session table lists neighbours whose session is down
 * @param readBy who scrapes it
 * @param takenOver at which second another goes on with that
 * @param readThenBy that other
 */
record WorldHop(
        HopId id,
        PeerId peer,
        boolean isOrigin,
        boolean isKernel,
        boolean hasStamps,
        boolean showsFrom,
        boolean showsInternal,
        boolean listsDown,
        ScraperClock readBy,
        int takenOver,
        ScraperClock readThenBy) {
    ScraperClock readBy(int second) {
        return second < takenOver ? readBy : readThenBy;
    }
}
