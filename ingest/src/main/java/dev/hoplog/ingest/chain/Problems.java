package dev.hoplog.ingest.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What is wrong with a file: all that can be said at once, but one thing of each place. Grows; not thread-safe. */
final class Problems {
    private final TreeMap<Place, String> byPlace =
            new TreeMap<>(Comparator.comparingInt(Place::line).thenComparingInt(Place::column));

    void add(Place place, String message) {
        byPlace.putIfAbsent(place, place.member().isEmpty() ? message : message + " (for " + place.member() + ")");
    }

    /**
     * To be called before what was read is used.
     *
     * @throws BadChainFile if there is any
     */
    void check() throws BadChainFile {
        if (!byPlace.isEmpty()) {
            List<Problem> found = new ArrayList<>();
            byPlace.forEach((place, message) -> found.add(new Problem(place.line(), place.column(), message)));
            throw new BadChainFile(found);
        }
    }
}
