package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The causes of a gap, from what the stations of the edges show that it lies on. */
public final class Explainer {
    private final Ground ground;
    private final Gap.Kind kind;

    public Explainer(Ground ground, Gap.Kind kind) {
        this.ground = ground;
        this.kind = kind;
    }

    /** One for each cause of each break, by break and then by when it first held; where none is proven, UNKNOWN. */
    public static List<Explanation> explain(Ground ground, Gap gap) {
        var explainer = new Explainer(ground, gap.kind());
        return gap.brokenFrom().entrySet().stream()
                .flatMap(broken -> explainer.explain(broken.getKey(), from(broken.getValue(), gap.certain())).stream())
                .toList();
    }

    private static TimeSpans from(Instant begin, TimeSpans spans) {
        return spans.intersect(TimeSpans.of(new TimeSpan(begin, Instant.MAX)));
    }

    /**
     * What is certain at an instant.
     *
     * @param onward hops that use the route although it is not installed
     */
    public record Finding(Cause cause, List<Evidence> evidence, Communities lacking, SortedSet<HopId> onward) {
        public static final Finding NOTHING = of(Cause.UNKNOWN, List.of());

        static Finding of(Cause cause, List<Evidence> evidence) {
            return of(cause, evidence, Communities.none());
        }

        static Finding of(Cause cause, List<Evidence> evidence, Communities lacking) {
            return new Finding(cause, evidence, lacking, Collections.emptySortedSet());
        }

        /** What was said. */
        public static Finding of(GapEvent.Explained said) {
            return new Finding(said.cause(), said.evidence(), said.lacking(), said.onward());
        }

        /** To be said of a break of a gap, from an instant on. */
        public GapEvent.Explained from(Id gap, Break way, Instant from) {
            return new GapEvent.Explained(gap, way, cause, from, evidence, lacking, onward);
        }

        /** Whether it says more of the same cause than another. */
        public boolean saysMoreThan(Finding said) {
            return !said.onward.containsAll(onward)
                    || !said.lacking.standard().containsAll(lacking.standard())
                    || !said.lacking.large().containsAll(lacking.large());
        }

        /** What both say of the same cause. */
        public Finding and(Finding later) {
            if (cause == Cause.UNKNOWN) {
                // What keeps the cause from being known does only if it does all the time.
                return later.evidence.isEmpty() ? later : this;
            }
            if (!later.saysMoreThan(this)) {
                return this;
            }
            var all = new TreeSet<>(onward);
            all.addAll(later.onward);
            return new Finding(
                    cause,
                    union(evidence, later.evidence),
                    new Communities(
                            union(lacking.standard(), later.lacking.standard()),
                            union(lacking.large(), later.lacking.large()),
                            List.of(),
                            List.of()),
                    all);
        }

        private static <T> List<T> union(List<T> some, List<T> more) {
            return Stream.concat(some.stream(), more.stream()).distinct().toList();
        }

        /** What is said, without what proves it. */
        public Finding unproven() {
            return new Finding(cause, List.of(), lacking, onward);
        }
    }

    /** All that was found of a cause, and all the time that it held. */
    private record Held(Finding found, List<TimeSpan> when) {
        Held and(Held later) {
            var both = new ArrayList<>(when);
            both.addAll(later.when);
            return new Held(found.and(later.found), both);
        }
    }

    private List<Explanation> explain(Break way, TimeSpans certain) {
        var causes = new LinkedHashMap<Cause, Held>();
        for (var span : certain.spans()) {
            findings(way, span)
                    .forEach((when, found) -> causes.merge(found.cause(), new Held(found, List.of(when)), Held::and));
        }
        var unknown = causes.remove(Cause.UNKNOWN);
        if (causes.isEmpty()) {
            return List.of(Explanation.of(way, certain, unknown == null ? Finding.NOTHING : unknown.found()));
        }
        return causes.values().stream()
                .map(held -> Explanation.of(way, TimeSpans.of(held.when()), held.found()))
                .toList();
    }

    /** What is certain throughout each segment of a span, in the order of time. */
    public SequencedMap<TimeSpan, Finding> findings(Break way, TimeSpan span) {
        var findings = new LinkedHashMap<TimeSpan, Finding>();
        var from = span.from();
        for (var turn : turns(way, span)) {
            findings.put(new TimeSpan(from, turn), findingAt(way, from));
            from = turn;
        }
        findings.put(new TimeSpan(from, span.to()), findingAt(way, from));
        return findings;
    }

    /** The instants strictly inside a span at which any evidence may turn. */
    private SortedSet<Instant> turns(Break way, TimeSpan span) {
        var turns = new TreeSet<Instant>();
        stationsFrom(span.from(), way).forEach(stations -> turns.addAll(stations.turns(span.from(), span.to())));
        return turns.subSet(Course.next(span.from()), span.to());
    }

    /** The tables that may be evidence of a break, of all versions that are in force at an instant or later. */
    public Set<RibId> tables(Break way, Instant from) {
        return stationsFrom(from, way)
                .flatMap(stations -> stations.tables().stream())
                .collect(Collectors.toSet());
    }

    /** When any evidence of a break may turn next, as far as it is known already, after an instant. */
    public Optional<Instant> pending(Break way, Instant after) {
        return stationsFrom(after, way)
                .flatMap(stations -> stations.pending(after))
                .min(Instant::compareTo);
    }

    private Stream<Stations> stationsFrom(Instant from, Break way) {
        return ground.chainsFrom(from)
                .flatMap(chain -> edges(chain, way).map(edge -> new Stations(ground, chain, edge)));
    }

    private Stream<Edge> edges(Chain chain, Break way) {
        return ground.edges(chain).stream().filter(edge -> isOn(way, edge));
    }

    private static boolean isOn(Break way, Edge edge) {
        int at = way.hops().indexOf(edge.upstream());
        return at >= 0 && at + 1 < way.hops().size() && way.hops().get(at + 1).equals(edge.downstream());
    }

    Finding findingAt(Break way, Instant instant) {
        var edges = ground.chainAt(instant).map(ChainVersion::chain).stream()
                .flatMap(chain -> edges(chain, way)
                        .filter(edge -> edge.isThereAt(instant))
                        .map(edge -> new Stations(ground, chain, edge)))
                .toList();
        return switch (kind) {
            case MISSING, DEGRADED -> {
                // Another break of the gap may go on while the beginning of this one has nothing to give.
                if (edges.stream()
                        .noneMatch(stations -> stations.isFrom(way.source()) && stations.isExpected(instant))) {
                    yield Finding.NOTHING;
                }
                yield way.unobserved().isEmpty()
                        ? edges.getFirst().findingAt(instant)
                        : Finding.of(Cause.HOP_NOT_OBSERVED, evidence(edges, stations -> stations.down(instant)));
            }
            case SOURCE_LOST -> provenBy(Cause.SOURCE_LOST, evidence(edges, stations -> stations.down(instant)));
            // No station shows a withdrawal that does not arrive; a session that is down shows why it does not.
            case STALE -> provenBy(Cause.SESSION_DOWN, evidence(edges, stations -> stations.downLasting(instant)));
        };
    }

    private static Finding provenBy(Cause cause, List<Evidence> evidence) {
        return evidence.isEmpty() ? Finding.NOTHING : Finding.of(cause, evidence);
    }

    private static List<Evidence> evidence(List<Stations> edges, Function<Stations, List<Evidence>> of) {
        return edges.stream().flatMap(stations -> of.apply(stations).stream()).toList();
    }
}
