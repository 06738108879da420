package dev.hoplog.truth;

import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change.Appeared;
import dev.hoplog.model.Change.Changed;
import dev.hoplog.model.Change.ChangedUnseen;
import dev.hoplog.model.Change.Withdrawn;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import dev.hoplog.truth.GroundTruth.Change;
import dev.hoplog.truth.Readings.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A log beside what really happened.
 *
 * @param missing changes that two successive readings could see and that are not in the log as they should
 * @param invented events that no true change explains
 * @param unread tables that really changed and were never read
 * @param unwatched tables that were read and that the observer did not look at
 * @param checked how many changes two successive readings could see
 */
public record TruthCheck(
        List<String> missing, List<String> invented, List<RibId> unread, List<RibId> unwatched, int checked) {

    /** Compares the log of a recording with its ground truth. */
    public static TruthCheck of(Recording recording, List<LogEntry> log) throws java.io.IOException {
        var truth = GroundTruth.of(recording);
        var readings = Readings.of(log);
        var missing = new ArrayList<String>();
        var invented = new ArrayList<String>();
        int checked = 0;
        var watched = tables(readings);
        watched.removeIf(rib -> !truth.watches(rib));
        for (var rib : watched) {
            for (var prefix : prefixes(truth, readings, rib)) {
                checked += checkRecall(truth, readings, rib, prefix, missing);
                var changes = truth.changesOf(rib, prefix);
                readings.eventsOf(rib, prefix).stream()
                        .filter(event -> !happened(event, changes))
                        .forEach(event -> invented.add(describe(event) + ", truly " + changes));
            }
        }
        var unread = new ArrayList<>(truth.changes().keySet());
        unread.removeAll(tables(readings));
        var unwatched = new ArrayList<>(tables(readings));
        unwatched.removeAll(watched);
        return new TruthCheck(missing, invented, unread, unwatched, checked);
    }

    private static TreeSet<RibId> tables(Readings readings) {
        var tables = new TreeSet<>(readings.byRib().keySet());
        tables.removeIf(rib -> rib.view() == View.SESSIONS);
        return tables;
    }

    private static TreeSet<Prefix> prefixes(GroundTruth truth, Readings readings, RibId rib) {
        var prefixes = readings.prefixesOf(rib);
        prefixes.addAll(truth.initial().getOrDefault(rib, Map.of()).keySet());
        prefixes.addAll(truth.changes().getOrDefault(rib, Map.of()).keySet());
        return prefixes;
    }

    /** Compares each two successive readings; returns how many changes they could see. */
    private static int checkRecall(GroundTruth truth, Readings readings, RibId rib, Prefix prefix, List<String> wrong) {
        int checked = 0;
        var all = readings.byRib().getOrDefault(rib, List.of());
        checkStart(truth, readings, rib, prefix, all.getFirst(), wrong);
        for (int i = 1; i < all.size(); i++) {
            var before = stateAt(truth, readings, rib, prefix, all.get(i - 1));
            var after = stateAt(truth, readings, rib, prefix, all.get(i));
            if (before.isEmpty() || after.isEmpty()) {
                continue;
            }
            var event = readings.eventOf(rib, prefix, all.get(i));
            boolean right;
            if (before.get().equals(after.get())) {
                right = event.isEmpty() || event.get().change() instanceof ChangedUnseen;
            } else {
                checked++;
                right = event.isPresent()
                        && (before.get().isEmpty()
                                ? event.get().change() instanceof Appeared
                                : after.get().isEmpty()
                                        ? event.get().change() instanceof Withdrawn
                                        : event.get().change() instanceof Changed);
            }
            if (!right) {
                wrong.add(rib + " " + prefix + " at " + all.get(i) + ": truly " + before.get() + " and then "
                        + after.get() + ", logged "
                        + event.map(TruthCheck::describe).orElse("nothing"));
            }
        }
        return checked;
    }

    /** The first reading of a table has exactly what was there; what a kernel had at the start, nobody noted. */
    private static void checkStart(
            GroundTruth truth, Readings readings, RibId rib, Prefix prefix, Reading first, List<String> wrong) {
        var there = stateAt(truth, readings, rib, prefix, first).map(Optional::isPresent);
        var read = readings.eventOf(rib, prefix, first).isPresent();
        if (truth.knowsStartOf(rib) && there.isPresent() && there.get() != read) {
            wrong.add(rib + " " + prefix + " at the start: truly " + (there.get() ? "there" : "absent") + ", logged "
                    + (read ? "there" : "absent"));
        }
    }

    /** The true state throughout a reading: absent or an opaque text; empty if it changed around the reading. */
    private static Optional<Optional<String>> stateAt(
            GroundTruth truth, Readings readings, RibId rib, Prefix prefix, Reading reading) {
        var changes = truth.changesOf(rib, prefix);
        boolean changing = changes.stream()
                .anyMatch(change ->
                        change.after().isBefore(reading.to()) && !change.by().isBefore(reading.from()));
        if (changing) {
            return Optional.empty();
        }
        return Optional.of(changes.stream()
                .filter(change -> change.by().isBefore(reading.from()))
                .reduce((earlier, later) -> later)
                .map(Change::to)
                .orElse(initialState(truth, readings, rib, prefix)));
    }

    /** What a kernel had at the start and never lost, nobody noted: there the first reading counts. */
    private static Optional<String> initialState(GroundTruth truth, Readings readings, RibId rib, Prefix prefix) {
        var noted =
                Optional.ofNullable(truth.initial().getOrDefault(rib, Map.of()).get(prefix));
        if (noted.isPresent() || truth.knowsStartOf(rib)) {
            return noted;
        }
        var first = readings.byRib().getOrDefault(rib, List.of()).getFirst();
        return readings.eventOf(rib, prefix, first).map(event -> "as first read");
    }

    private static boolean happened(RouteEvent event, List<Change> changes) {
        if (event.bounds().after().isEmpty()) {
            return true;
        }
        return changes.stream()
                .filter(change -> meets(event.bounds(), change))
                .anyMatch(change -> switch (event.change()) {
                    case Appeared _ -> change.to().isPresent();
                    case Withdrawn _ -> change.to().isEmpty();
                    case Changed _, ChangedUnseen _ -> true;
                });
    }

    /** Whether (after, atOrBefore] and the true (after, by] have an instant in common. */
    private static boolean meets(Bounds bounds, Change change) {
        return change.after().isBefore(bounds.atOrBefore())
                && bounds.after().map(after -> after.isBefore(change.by())).orElse(true);
    }

    private static String describe(RouteEvent event) {
        return event.change().getClass().getSimpleName() + " " + event.rib() + " " + event.bounds();
    }
}
