package dev.hoplog.streams.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Gap.End;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import dev.hoplog.streams.gap.NaiveCauses.Sure;
import dev.hoplog.streams.gap.NaiveConditions.Blunder;
import dev.hoplog.streams.gap.NaiveConditions.Is;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gaps that are there while something is so: first what is so at every tick, then what follows from that. */
final class NaiveLasting {
    /** Of one edge, or of one hop. */
    private record Place(Kind kind, @Nullable HopId from, HopId hop) {}

    private static final Set<Is> NOT = EnumSet.of(Is.WELL, Is.MOOT);

    private final NaiveLog log;
    private final int horizon;
    private final NaiveConditions conditions;
    private final List<GapEvent> events = new ArrayList<>();
    private final List<Sure> sure = new ArrayList<>();

    private NaiveLasting(NaiveLog log, int horizon, Blunder blunder) {
        this.log = log;
        this.horizon = horizon;
        this.conditions = new NaiveConditions(log, horizon, blunder);
    }

    static NaiveLasting of(NaiveLog log, int horizon, Blunder blunder) {
        var all = new NaiveLasting(log, horizon, blunder);
        var places = new LinkedHashSet<Place>();
        for (int tick = 0; tick <= horizon; tick++) {
            log.chainsAt(tick)
                    .forEach(version -> version.chain().edges().stream()
                            .filter(edge -> edge.carries(GapWorld.PREFIX))
                            .forEach(edge -> {
                                places.add(new Place(Kind.STALE, null, edge.downstream()));
                                if (edge.link() instanceof Link.Session) {
                                    places.add(new Place(Kind.DEGRADED, edge.upstream(), edge.downstream()));
                                }
                            }));
        }
        places.forEach(all::follow);
        return all;
    }

    List<GapEvent> events() {
        return events;
    }

    List<Sure> sure() {
        return sure;
    }

    private Is at(Place place, int tick) {
        var chains = log.chainsAt(tick);
        if (chains.isEmpty()) {
            return Is.MOOT;
        }
        var chain = chains.getFirst().chain();
        return place.from() == null
                ? conditions.stale(chain, place.hop(), tick)
                : conditions.degraded(chain, place.from(), place.hop(), tick);
    }

    private void follow(Place place) {
        var is = new ArrayList<Is>();
        GapEvent.Opened gap = null;
        boolean isSuspended = false;
        for (int tick = 0; tick <= horizon; tick++) {
            is.add(at(place, tick));
            var now = is.getLast();
            if (gap == null) {
                int since = firstOfRun(is);
                if (now == Is.THERE && since + patience(place, tick) <= tick) {
                    gap = open(
                            place,
                            tick,
                            new Bounds(last(is.subList(0, since), NOT), NaiveGaps.instant(since), Optional.empty()));
                    isSuspended = false;
                }
            } else if (NOT.contains(now)) {
                var bounds = new Bounds(last(is, EnumSet.of(Is.THERE)), NaiveGaps.instant(tick), Optional.empty());
                events.add(new GapEvent.Closed(gap.gap(), now == Is.WELL ? End.RESTORED : End.MOOT, bounds));
                gap = null;
            } else if (now == Is.DARK && !isSuspended) {
                isSuspended = true;
                events.add(new GapEvent.Suspended(gap.gap(), NaiveGaps.instant(tick)));
            } else if (now == Is.THERE && isSuspended) {
                isSuspended = false;
                events.add(new GapEvent.Resumed(gap.gap(), NaiveGaps.instant(tick)));
            }
            if (gap != null && now == Is.THERE) {
                for (var way : gap.breaks()) {
                    sure.add(new Sure(gap.gap(), gap.kind(), way, tick));
                }
            }
        }
    }

    /** The first tick of those at the end at which the same is so. */
    private static int firstOfRun(List<Is> is) {
        int first = is.size() - 1;
        while (first > 0 && is.get(first - 1) == is.getLast()) {
            first--;
        }
        return first;
    }

    /** The last instant of the last tick at which any of some is so. */
    private static Optional<Instant> last(List<Is> is, Set<Is> some) {
        for (int tick = is.size() - 1; tick >= 0; tick--) {
            if (some.contains(is.get(tick))) {
                return Optional.of(NaiveGaps.instant(tick + 1).minus(1, ChronoUnit.MICROS));
            }
        }
        return Optional.empty();
    }

    private ChainVersion version(int tick) {
        return log.chainsAt(tick).getFirst();
    }

    private List<Edge> edges(Place place, int tick) {
        return conditions.carrying(version(tick).chain(), tick).stream()
                .filter(edge -> edge.downstream().equals(place.hop()))
                .filter(edge -> place.from() == null || edge.upstream().equals(place.from()))
                .toList();
    }

    /** For how many ticks it must have been so. */
    private int patience(Place place, int tick) {
        int most = 0;
        for (var edge : edges(place, tick)) {
            int error = log.clockError(table(edge.upstream(), tick), table(edge.downstream(), tick), tick);
            most = Math.max(most, 2 * (int) edge.grace().toSeconds() + error);
        }
        return most;
    }

    private RibId table(HopId hop, int tick) {
        Chain chain = version(tick).chain();
        return NaiveLog.table(hop, chain.viewOf(hop));
    }

    private GapEvent.Opened open(Place place, int tick, Bounds bounds) {
        var edges = place.kind() == Kind.STALE
                ? conditions.brought(version(tick).chain(), place.hop(), tick)
                : edges(place, tick);
        var of = place.hop() + " " + place.kind() + " " + NaiveGaps.instant(tick);
        var id = NaiveGaps.id(place.from() == null ? of : of + " " + Objects.requireNonNull(place.from()));
        var opened = new GapEvent.Opened(
                id,
                place.kind(),
                edges.stream()
                        .map(edge -> new Break(List.of(edge.upstream(), edge.downstream())))
                        .toList(),
                bounds,
                NaiveGaps.instant(tick),
                version(tick).id());
        events.add(opened);
        return opened;
    }
}
