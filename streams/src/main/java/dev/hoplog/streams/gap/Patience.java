package dev.hoplog.streams.gap;

import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.TimeSpan;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much is kept of a subject for tables of which nothing more is heard. What lies between the last that was said of it and
 * the tables that are furthest ahead must be kept until the others tell of that time too, and one that fell silent for good
 * never does. Beyond the limit the older half is not kept for them any more: up to where it reaches, a table that did not tell
 * of itself by then was not observed. Counted in changes, so that whoever reads the same log gives up at the same place of it.
 */
final class Patience {
    private Patience() {}

    /**
     * Up to when nothing is waited for.
     *
     * @param most of each row: so many changes, with the paths before and after them; of the gaps: so many stretches that
     *     are not explained
     */
    static Instant givenUpTo(SubjectState state, Map<RibId, List<RouteEvent>> rows, int most) {
        var unexplained = state.cases().stream()
                .flatMap(open -> open.unexplained().stream())
                .toList();
        var told = unexplained.stream().map(TimeSpan::from).reduce(state.cursor(), Patience::earlier);
        return Stream.concat(
                        rows.values().stream().flatMap(row -> ofRow(row, told, most).stream()),
                        ofSpans(unexplained, most).stream())
                .reduce(state.givenUpTo(), Patience::later);
    }

    private static Optional<Instant> ofRow(List<RouteEvent> row, Instant told, int most) {
        int all = row.stream()
                .filter(event -> end(event).isAfter(told))
                .mapToInt(Patience::weight)
                .sum();
        if (all <= most) {
            return Optional.empty();
        }
        int left = 0;
        for (var event : row.reversed()) {
            left += weight(event);
            if (left > most / 2) {
                return Optional.of(end(event));
            }
        }
        throw new IllegalStateException("more than all of a row is left");
    }

    private static Optional<Instant> ofSpans(Collection<TimeSpan> unexplained, int most) {
        return unexplained.size() <= most
                ? Optional.empty()
                : unexplained.stream()
                        .map(TimeSpan::from)
                        .sorted()
                        .skip(unexplained.size() - most / 2)
                        .findFirst();
    }

    /** A change of a route with many paths takes as much room as many changes. */
    private static int weight(RouteEvent event) {
        return 1
                + Stream.of(event.change().before(), event.change().after())
                        .flatMap(Optional::stream)
                        .mapToInt(Patience::paths)
                        .sum();
    }

    private static int paths(Seen seen) {
        return seen.row() instanceof Route route ? route.paths().size() : 0;
    }

    private static Instant end(RouteEvent event) {
        return event.bounds().atOrBefore();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
