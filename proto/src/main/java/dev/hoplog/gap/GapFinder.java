package dev.hoplog.gap;

import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The gaps of one prefix, over whole histories: what {@link GapSweep} says, put together. */
public final class GapFinder {
    private final Ground ground;
    private final GapSweep sweep;
    private final Map<Id, Draft> drafts = new LinkedHashMap<>();

    private GapFinder(Ground ground) {
        this.ground = ground;
        this.sweep = new GapSweep(ground, List.of(), List.of());
    }

    /** Ascending by the end of their opening, then by hop. */
    public static List<Gap> find(String network, ChainTimeline chains, Prefix prefix, Histories histories) {
        return find(new Ground(network, chains, prefix, histories), Instant.MAX);
    }

    /**
     * As far as can be said of the time up to an instant.
     *
     * @param upTo inclusive
     */
    public static List<Gap> find(Ground ground, Instant upTo) {
        return new GapFinder(ground).find(upTo);
    }

    private List<Gap> find(Instant upTo) {
        var turns = new TreeSet<>(ground.turns(Instant.MIN, upTo));
        for (var at = turns.pollFirst(); at != null && !at.isAfter(upTo); at = turns.pollFirst()) {
            sweep.step(at).forEach(this::note);
            sweep.timer().ifPresent(turns::add);
            var until = turns.isEmpty() || turns.first().isAfter(upTo) ? Course.next(upTo) : turns.first();
            if (at.isBefore(until)) {
                var span = new TimeSpan(at, until);
                drafts.values().forEach(draft -> draft.lasts(sweep, span));
            }
        }
        return drafts.values().stream().map(Draft::gap).sorted(Incident.ORDER).toList();
    }

    private void note(GapEvent event) {
        if (event instanceof GapEvent.Opened opened) {
            drafts.put(opened.gap(), new Draft(opened));
        } else if (event instanceof GapEvent.Closed closed) {
            draft(closed.gap()).ending = Optional.of(new Gap.Ending(closed.end(), closed.bounds()));
        } else if (event instanceof GapEvent.Suspended suspended) {
            draft(suspended.gap()).suspend(suspended.from());
        } else if (event instanceof GapEvent.Resumed resumed) {
            var suspensions = draft(resumed.gap()).suspensions;
            suspensions.add(suspensions.removeLast().resumed(resumed.from()));
        } else if (event instanceof GapEvent.BrokenAlso also) {
            draft(also.gap()).brokenFrom.put(also.way(), also.from());
        }
    }

    private Draft draft(Id gap) {
        return Objects.requireNonNull(drafts.get(gap));
    }

    /** A gap that is not told to its end. */
    private final class Draft {
        private final GapEvent.Opened opened;
        private final SequencedMap<Break, Instant> brokenFrom = new LinkedHashMap<>();
        private final List<TimeSpan> certain = new ArrayList<>();
        private final List<Suspension> suspensions = new ArrayList<>();
        private final Map<HopId, List<TimeSpan>> affected = new TreeMap<>();
        private Optional<Gap.Ending> ending = Optional.empty();

        Draft(GapEvent.Opened opened) {
            this.opened = opened;
            opened.breaks().forEach(way -> brokenFrom.put(way, opened.certainAt()));
        }

        void suspend(Instant from) {
            suspensions.add(new Suspension(from, Optional.empty(), ground.unobserved(brokenFrom.keySet(), from)));
        }

        void lasts(GapSweep at, TimeSpan span) {
            if (at.isCertain(opened.gap())) {
                certain.add(span);
            }
            for (var hop : at.affectedNow(opened.gap())) {
                affected.computeIfAbsent(hop, _ -> new ArrayList<>()).add(span);
            }
        }

        Gap gap() {
            var hops = new TreeMap<HopId, TimeSpans>();
            affected.forEach((hop, spans) -> hops.put(hop, TimeSpans.of(spans)));
            return new Gap(
                    opened.gap(),
                    opened.kind(),
                    ground.prefix(),
                    brokenFrom.firstEntry().getKey().hop(),
                    brokenFrom,
                    opened.bounds(),
                    ending,
                    TimeSpans.of(certain),
                    hops,
                    opened.chainVersion(),
                    suspensions,
                    ground.clocks(brokenFrom));
        }
    }
}
