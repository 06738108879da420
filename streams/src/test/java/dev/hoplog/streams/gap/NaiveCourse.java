package dev.hoplog.streams.gap;

import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.ChangedUnseen;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Route;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A row of one table over ticks, found by looking at everything each time: tick 2k is second k, tick 2k + 1 all that lies
 * between that second and the next.
 */
final class NaiveCourse {
    enum Known {
        HAS,
        LACKS,
        UNDECIDED,
        UNOBSERVED
    }

    /** What was seen, and between which ticks: strictly inside it is open. */
    private record Event(
            int after,
            int end,
            Optional<Seen> was,
            Optional<Seen> is,
            boolean had,
            boolean has,
            boolean isUnseen,
            Bounds bounds) {
        boolean isAround(int tick) {
            return after < tick && tick < end;
        }

        boolean leavesOpen() {
            return isUnseen || had != has;
        }
    }

    private final List<Event> events = new ArrayList<>();
    /** First and last tick, inclusive, of each stretch as far as it is decided. */
    private final Map<Integer, Integer> decided = new TreeMap<>();

    private final @Nullable Known[] known;

    NaiveCourse(View view, Collection<RouteEvent> rows, Collection<CoverageMark> marks, int horizon) {
        for (var row : rows) {
            var change = row.change();
            events.add(new Event(
                    row.bounds().after().map(NaiveGaps::tick).orElse(-1),
                    NaiveGaps.tick(row.bounds().atOrBefore()),
                    change.before(),
                    change.after(),
                    isUsable(change.before(), view),
                    isUsable(change.after(), view),
                    change instanceof ChangedUnseen || isAnotherSession(change),
                    row.bounds()));
        }
        for (var mark : marks) {
            decided.merge(NaiveGaps.tick(mark.coveredFrom()), NaiveGaps.tick(mark.capturedFrom()), Math::max);
        }
        known = new Known[Math.max(0, horizon + 1)];
    }

    /** A session's stamp moves with its state only: if it did, it went down between, or came up. */
    private static boolean isAnotherSession(Change change) {
        return change.before().isPresent()
                && change.after().isPresent()
                && change.after().get().row() instanceof PeerSession
                && !change.before()
                        .get()
                        .row()
                        .stamp()
                        .equals(change.after().get().row().stamp());
    }

    private static boolean isUsable(Optional<Seen> seen, View view) {
        return seen.filter(shown -> shown.row() instanceof Route route && route.isUsable(view))
                .isPresent();
    }

    Known at(int tick) {
        var found = known[tick];
        if (found == null) {
            found = find(tick);
            known[tick] = found;
        }
        return found;
    }

    private Known find(int tick) {
        if (!isCovered(tick)) {
            return Known.UNOBSERVED;
        }
        if (events.stream().anyMatch(event -> event.isAround(tick) && event.leavesOpen())) {
            return Known.UNDECIDED;
        }
        var last = last(tick);
        return last != null && last.has() ? Known.HAS : Known.LACKS;
    }

    private @Nullable Event last(int tick) {
        Event last = null;
        for (var event : events) {
            if (event.end() <= tick) {
                last = event;
            }
        }
        return last;
    }

    /** What it may be at a tick at which it is usable. */
    List<Seen> possible(int tick) {
        var possible = new ArrayList<Seen>();
        var last = last(tick);
        if (last != null) {
            last.is().ifPresent(possible::add);
        }
        events.stream()
                .filter(event -> event.isAround(tick))
                .forEach(event -> event.is().ifPresent(possible::add));
        return possible;
    }

    /** What it may be at a tick; nothing: it is not observed. */
    List<Optional<Seen>> states(int tick) {
        var states = new ArrayList<Optional<Seen>>();
        if (isCovered(tick)) {
            var last = last(tick);
            states.add(last == null ? Optional.empty() : last.is());
            events.stream().filter(event -> event.isAround(tick)).forEach(event -> states.add(event.is()));
        }
        return states;
    }

    /** The row, where it is certain to its attributes; empty: it is not there. Null: that is not certain. */
    @Nullable
    Optional<Seen> certain(int tick) {
        if (!isCovered(tick) || events.stream().anyMatch(event -> event.isAround(tick))) {
            return null;
        }
        var last = last(tick);
        return last == null ? Optional.empty() : last.is();
    }

    /** Whether something is under way at a tick that nobody saw. */
    boolean isUnseen(int tick) {
        return events.stream().anyMatch(event -> event.isAround(tick) && event.isUnseen());
    }

    /** Whether it is under way at a tick that something comes to be so, or ceases to. */
    boolean isTurning(int tick, Predicate<Optional<Seen>> holds) {
        return isCovered(tick)
                && events.stream()
                        .filter(event -> event.isAround(tick))
                        .anyMatch(event -> event.isUnseen() || holds.test(event.was()) != holds.test(event.is()));
    }

    /** The row as it was before what is under way, if anything is. */
    Optional<Seen> before(int tick) {
        var last = last(tick);
        return last == null ? Optional.empty() : last.is();
    }

    /**
     * Whether something is so of the row at all ticks from one to another, both inclusive, whatever else changes meanwhile.
     */
    boolean isThroughout(int from, int to, Predicate<Optional<Seen>> holds) {
        for (int tick = Math.max(from, 0); tick <= to; tick++) {
            int now = tick;
            var last = last(now);
            boolean isSo = isCovered(now)
                    && holds.test(last == null ? Optional.empty() : last.is())
                    && events.stream()
                            .filter(event -> event.isAround(now))
                            .allMatch(event -> !event.isUnseen() && holds.test(event.was()) && holds.test(event.is()));
            if (!isSo) {
                return false;
            }
        }
        return from >= 0;
    }

    /** Whether it was usable when it was last seen. */
    boolean hadLast(int tick) {
        var last = last(tick);
        return last != null && last.has();
    }

    boolean wasThere(int tick) {
        return events.stream().anyMatch(event -> event.end() <= tick);
    }

    /** The first tick of those up to this one, without a break, at which the same was known. */
    int since(int tick) {
        int since = tick;
        while (since > 0 && at(since - 1) == at(tick)) {
            since--;
        }
        return since;
    }

    /** The last tick up to this one at which anything was observed; -1: none. */
    int lastObserved(int tick) {
        int last = tick;
        while (last >= 0 && !isCovered(last) && !isSeen(last)) {
            last--;
        }
        return last;
    }

    /** Whether a change was seen by then, though that is not decided to be all that there was. */
    private boolean isSeen(int tick) {
        return events.stream().anyMatch(event -> event.end() == tick);
    }

    /** When it came to be usable, or ceased to. */
    Bounds turned(int tick) {
        return turned(tick, _ -> true);
    }

    /** The same where it counts only as something. */
    Bounds turned(int tick, Predicate<Seen> counts) {
        Bounds turned = null;
        for (var event : events) {
            boolean counted = event.had() && event.was().filter(counts).isPresent();
            boolean isCounted = event.has() && event.is().filter(counts).isPresent();
            if (event.end() <= tick && (event.had() != event.has() || counted != isCounted)) {
                turned = event.bounds();
            }
        }
        if (turned != null) {
            return turned;
        }
        int first = 0;
        while (first < tick && !isCovered(first)) {
            first++;
        }
        return new Bounds(Optional.empty(), NaiveGaps.instant(first), Optional.empty());
    }

    private boolean isCovered(int tick) {
        return decided.entrySet().stream().anyMatch(stretch -> stretch.getKey() <= tick && tick <= stretch.getValue());
    }

    /** As it was before it was last lost, or changed while it was usable. */
    Optional<Seen> lastUsable(int tick) {
        Optional<Seen> last = Optional.empty();
        for (var event : events) {
            if (event.end() <= tick && event.had()) {
                last = event.was();
            }
        }
        return last;
    }

    /** As it was seen when it was last there, whether or not it is. */
    Optional<Seen> lastHad(int tick) {
        Optional<Seen> last = Optional.empty();
        for (var event : events) {
            if (event.end() <= tick && (event.had() || event.has())) {
                last = event.has() ? event.is() : event.was();
            }
        }
        return last;
    }
}
