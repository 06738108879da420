package dev.hoplog.gap;

import java.time.Instant;
import java.util.Optional;

/**
 * What stands between two certainties: that there is such a gap, and that there is none.
 *
 * @param lastSure the last instant at which the certainty before was proven; empty: there was none
 * @param since from when on the new one has been proven without a break, though not for long enough; empty: it is not proven now
 */
public record Doubt(Place place, Optional<Instant> lastSure, Optional<Instant> since) {}
