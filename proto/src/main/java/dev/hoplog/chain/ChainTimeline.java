package dev.hoplog.chain;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Which version of a network's chain was in force when.
 *
 * <pre>
 *   published 1st   |——————————————————————————▶  from the beginning of time
 *   published 2nd              |———————————————▶  from t
 *   in force        |  1st     |  2nd
 * </pre>
 */
public final class ChainTimeline {
    private static final Comparator<ChainVersion> BY_PUBLICATION = Comparator.comparing(ChainVersion::publishedAt)
            .thenComparing(version -> version.id().toString());

    /** From each instant on; there is none before the first. */
    private final NavigableMap<Instant, ChainVersion> inForce = new TreeMap<>();

    private ChainTimeline(Collection<ChainVersion> versions) {
        versions.stream().sorted(BY_PUBLICATION).forEach(version -> {
            var from = version.inForceFrom().orElse(Instant.MIN);
            inForce.tailMap(from, true).clear();
            inForce.put(from, version);
        });
    }

    /** All versions of one network. */
    public static ChainTimeline of(Collection<ChainVersion> versions) {
        return new ChainTimeline(versions);
    }

    /** The version that is in force at an instant; empty: none had been published for it. */
    public Optional<ChainVersion> at(Instant instant) {
        return Optional.ofNullable(inForce.floorEntry(instant)).map(entry -> entry.getValue());
    }

    /** When another version comes into force, ascending. */
    public SortedSet<Instant> turns() {
        return Collections.unmodifiableSortedSet(inForce.navigableKeySet());
    }

    /** Those that are in force at some time, in the order of time. */
    public Collection<ChainVersion> versions() {
        return Collections.unmodifiableCollection(inForce.values());
    }

    public boolean isEmpty() {
        return inForce.isEmpty();
    }
}
