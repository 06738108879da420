package dev.hoplog.streams.gap;

import dev.hoplog.gap.Beginnings;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The rules by which one entry of the log is taken in.
 *
 * <pre>
 *   route event   ─▶ its row grows              ─▶ its subject is looked at
 *   session event ─▶ its row grows              ─▶ those that wait for a turn of its table; not where only counts move
 *   mark          ─▶ its table is settled to …  ─▶ those that wait for that time or turn
 *   chain         ─▶ another version            ─▶ all, one after the other
 * </pre>
 *
 * Total: any entry, in any state, ends in events and a state.
 */
public final class GapRules {
    /** A neighbour's row: its last so many beginnings. What lies before them is not known any more. */
    static final int MOST_OF_A_SESSION = 200;

    /** Of a row of a subject: changes and the paths before and after them that wait for tables to tell of their time. */
    static final int MOST_WAITING = 1_500;

    private GapRules() {}

    /**
     * Takes in one entry.
     *
     * @param out receives what happens to gaps, in the order of time for each subject
     */
    public static void apply(LogEntry entry, Memory memory, BiConsumer<Subject, GapEvent> out) {
        switch (entry) {
            case RouteEvent event when event.rib().view() == View.SESSIONS -> session(event, memory, out);
            case RouteEvent event -> route(event, memory, out);
            case CoverageMark mark -> table(mark.rib(), memory.table(mark.rib()).with(mark), memory, out);
            case BlindMark mark -> table(mark.rib(), memory.table(mark.rib()).with(mark), memory, out);
            case SourceRestart _ -> {}
            case ChainPublished published -> {
                memory.chain(published.version());
                memory.recheck(published.network());
            }
        }
    }

    /** Looks at a subject again, since something that it depends on may have changed. */
    public static void look(Subject subject, Memory memory, BiConsumer<Subject, GapEvent> out) {
        new Look(subject, memory, told -> out.accept(subject, told)).take();
    }

    private static void route(RouteEvent event, Memory memory, BiConsumer<Subject, GapEvent> out) {
        var subject = new Subject(
                event.rib().network(),
                Prefix.ofNlri(event.rib().family().version(), event.key().octets()));
        var known = memory.rows(subject).getOrDefault(event.rib(), List.of());
        memory.row(subject, event.rib(), grown(known, event));
        look(subject, memory, out);
    }

    private static void session(RouteEvent event, Memory memory, BiConsumer<Subject, GapEvent> out) {
        if (!Beginnings.isOfAnySession(event.change())) {
            return;
        }
        var grown = grown(memory.session(event.rib(), event.key()), event);
        memory.session(
                event.rib(), event.key(), grown.subList(Math.max(0, grown.size() - MOST_OF_A_SESSION), grown.size()));
        wake(event.rib(), Instant.MIN, true, memory, out);
    }

    private static void table(RibId rib, TableTrack next, Memory memory, BiConsumer<Subject, GapEvent> out) {
        var before = memory.table(rib);
        memory.table(rib, next);
        if (before.settledTo().isEmpty() || before.scrapeRibs() != next.scrapeRibs()) {
            memory.waiting(rib.network(), rib.hop()).forEach(subject -> look(subject, memory, out));
        }
        wake(rib, next.settledTo().orElse(Instant.MIN), before.turnsTo(next), memory, out);
    }

    private static void wake(
            RibId rib, Instant settledTo, boolean turns, Memory memory, BiConsumer<Subject, GapEvent> out) {
        memory.waiting(rib).forEach((subject, waits) -> {
            if (isOver(waits, settledTo, turns)) {
                look(subject, memory, out);
            }
        });
    }

    private static boolean isOver(Collection<Wait> waits, Instant settledTo, boolean turns) {
        return waits.stream()
                .anyMatch(wait ->
                        wait.until().map(until -> !until.isAfter(settledTo)).orElse(turns));
    }

    private static List<RouteEvent> grown(List<RouteEvent> events, RouteEvent event) {
        var grown = new ArrayList<>(events);
        grown.add(event);
        return grown;
    }
}
