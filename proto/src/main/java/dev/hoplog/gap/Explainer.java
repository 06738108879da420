package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /** By identity: a chain is large, and a timeline hands out the same one. */
    private final Map<Chain, Map<Edge, Stations>> stations = new IdentityHashMap<>();

    public Explainer(Ground ground, Gap.Kind kind) {
        this.ground = ground;
        this.kind = kind;
    }

    /** One for each cause of each break and what proves it, by break and then by when it first held; where none is proven, UNKNOWN. */
    public static List<Explanation> explain(Ground ground, Gap gap) {
        var explainer = new Explainer(ground, gap.kind());
        return gap.brokenFrom().entrySet().stream()
                .flatMap(broken -> explainer.explain(broken.getKey(), from(broken.getValue(), gap.certain())).stream())
                .toList();
    }

    private static TimeSpans from(Instant begin, TimeSpans spans) {
        return spans.intersect(TimeSpans.of(new TimeSpan(begin, Instant.MAX)));
    }

    /** What was said, and all the time that it was so, and shown by the same. */
    private record Told(Finding finding, List<TimeSpan> when) {
        boolean isOf(Finding said) {
            return finding.saysTheSameAs(said) && finding.evidence().equals(said.evidence());
        }
    }

    /** Goes through its time as the stream does, so that both say the same. */
    private List<Explanation> explain(Break way, TimeSpans certain) {
        var told = new ArrayList<Told>();
        var unknown = new ArrayList<Finding>();
        Optional<Finding> said = Optional.empty();
        for (var span : certain.spans()) {
            for (var segment : findings(way, span).entrySet()) {
                var before = said;
                said = segment.getValue().newsAfter(before).or(() -> before);
                if (said.filter(last -> last.cause() != Cause.UNKNOWN).isPresent()) {
                    tell(told, said.get(), segment.getKey());
                } else {
                    unknown.add(segment.getValue());
                }
            }
        }
        return told.isEmpty()
                ? List.of(Explanation.of(way, certain, unknown(unknown)))
                : told.stream()
                        .map(one -> Explanation.of(way, TimeSpans.of(one.when()), one.finding()))
                        .toList();
    }

    private static void tell(List<Told> told, Finding said, TimeSpan when) {
        var same = told.stream().filter(one -> one.isOf(said)).findFirst();
        same.orElseGet(() -> {
                    var first = new Told(said, new ArrayList<>());
                    told.add(first);
                    return first;
                })
                .when()
                .add(when);
    }

    /** What keeps the cause from being known does only if it does all the time. */
    private static Finding unknown(List<Finding> unknown) {
        return unknown.stream()
                .filter(found -> found.evidence().isEmpty())
                .findFirst()
                .or(() -> unknown.stream().findFirst())
                .orElse(Finding.NOTHING);
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
        ground.chainTurns(span.from()).forEach(turns::add);
        stationsFrom(span.from(), way).forEach(stations -> turns.addAll(stations.turns(span.from(), span.to())));
        return turns.subSet(Course.next(span.from()), span.to());
    }

    /** The tables that may be evidence of a break, of all versions that are in force at an instant or later. */
    public Set<RibId> tables(Break way, Instant from) {
        return stationsFrom(from, way)
                .flatMap(stations -> stations.tables().stream())
                .collect(Collectors.toSet());
    }

    /** When a table that is evidence of a break may turn next, as far as it is known already, after an instant. */
    public Optional<Instant> pending(Break way, Instant after) {
        return stationsFrom(after, way)
                .flatMap(stations -> stations.pending(after))
                .min(Instant::compareTo);
    }

    private Stream<Stations> stationsFrom(Instant from, Break way) {
        return ground.chainsFrom(from).flatMap(chain -> edges(chain, way).map(edge -> stations(chain, edge)));
    }

    private Stations stations(Chain chain, Edge edge) {
        return stations.computeIfAbsent(chain, _ -> new IdentityHashMap<>())
                .computeIfAbsent(edge, _ -> new Stations(ground, chain, edge));
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
                        .map(edge -> stations(chain, edge)))
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
