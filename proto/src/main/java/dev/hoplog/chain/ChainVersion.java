package dev.hoplog.chain;

import dev.hoplog.model.Id;
import java.time.Instant;
import java.util.Optional;

/**
 * A chain as it was published. Versions are never forgotten, and answers name theirs.
 *
 * @param id a hash of network, {@code inForceFrom} and the chain: to publish the same again makes no other version
 * @param inForceFrom of which instants it speaks, inclusive; empty: of all. It is so until a later one speaks
 * @param publishedAt when; of two versions that speak of an instant the one published later holds
 */
public record ChainVersion(String network, Id id, Optional<Instant> inForceFrom, Instant publishedAt, Chain chain) {
    @Override
    public String toString() {
        return "chain " + id + " of " + network
                + inForceFrom.map(from -> " from " + from).orElse("");
    }
}
