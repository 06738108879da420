package dev.hoplog.chain;

import dev.hoplog.model.Id;
import dev.hoplog.model.Name;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A chain as it was published. Versions are never forgotten, and answers name theirs.
 *
 * @param id a hash of network, {@code inForceFrom} and the chain: to publish the same again makes no other version
 * @param inForceFrom of which instants it speaks, inclusive; empty: of all. It is so until a later one speaks. Times are in
 *     whole microseconds
 * @param publishedAt when; of two versions that speak of an instant the one published later holds
 */
public record ChainVersion(String network, Id id, Optional<Instant> inForceFrom, Instant publishedAt, Chain chain) {
    public ChainVersion {
        Name.check("network", network);
        inForceFrom.ifPresent(ChainVersion::checkWhole);
        checkWhole(publishedAt);
    }

    private static void checkWhole(Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
            throw new IllegalArgumentException("a chain's time finer than a microsecond: " + time);
        }
    }

    @Override
    public String toString() {
        return "chain " + id + " of " + network
                + inForceFrom.map(from -> " from " + from).orElse("");
    }
}
