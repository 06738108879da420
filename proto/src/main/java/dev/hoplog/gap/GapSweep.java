package dev.hoplog.gap;

import com.google.common.hash.Hashing;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Gap.End;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Goes through time, from one instant at which something may turn to the next, and says what happens to the gaps of one
 * prefix. It is the one place that knows the rules: whole histories and the stream step through it alike.
 *
 * <p>A gap opens at a hop that is proven to lack the prefix when a source upstream has been proven to have it for as long
 * as the edges between may take. It goes on while either end is undecided or not observed, and ends when the hop is proven
 * to have it, or all sources are proven to lack it.
 */
public final class GapSweep {
    private final Ground ground;
    private final SortedMap<HopId, OpenGap> open = new TreeMap<>();
    private Optional<Instant> timer = Optional.empty();

    /** What is so at the instant of the last step, until the next one. */
    private final Set<Id> certain = new HashSet<>();

    private final Map<Id, Set<HopId>> affectedNow = new HashMap<>();
    private List<GapEvent> events = new ArrayList<>();

    public GapSweep(Ground ground, Collection<OpenGap> open) {
        this.ground = ground;
        open.forEach(gap -> this.open.put(gap.hop(), gap));
    }

    public Collection<OpenGap> open() {
        return List.copyOf(open.values());
    }

    /** When a gap opens if nothing turns before. */
    public Optional<Instant> timer() {
        return timer;
    }

    /** Whether it is certain of a gap, from the last step to the next, that it is there. */
    public boolean isCertain(Id gap) {
        return certain.contains(gap);
    }

    /** The hops that lack the prefix because of a gap, from the last step to the next. */
    public Set<HopId> affectedNow(Id gap) {
        return affectedNow.getOrDefault(gap, Set.of());
    }

    /** What happens at an instant. Steps must not leave out an instant at which something turns, nor the timer. */
    public List<GapEvent> step(Instant at) {
        events = new ArrayList<>();
        certain.clear();
        affectedNow.clear();
        timer = Optional.empty();
        var version = ground.chainAt(at);
        version.ifPresentOrElse(
                inForce -> new Turn(inForce, inForce.chain(), at).take(), () -> closeAll(open.values(), at));
        return events;
    }

    private void closeAll(Collection<OpenGap> gaps, Instant at) {
        List.copyOf(gaps).forEach(gap -> close(gap, End.MOOT, Moments.exactly(at)));
    }

    private void close(OpenGap gap, End end, Bounds bounds) {
        open.remove(gap.hop());
        events.add(new GapEvent.Closed(gap.id(), end, bounds));
    }

    private void replace(OpenGap gap) {
        open.put(gap.hop(), gap);
    }

    /** One step: all hops, at one instant, by the chain that is in force then. */
    private final class Turn {
        private final ChainVersion version;
        private final Chain chain;
        private final Instant at;
        private final Map<HopId, Course.Step> steps = new TreeMap<>();
        private final Map<HopId, Frontier> frontiers = new HashMap<>();

        Turn(ChainVersion version, Chain chain, Instant at) {
            this.version = version;
            this.chain = chain;
            this.at = at;
        }

        void take() {
            ground.courses(chain).forEach((hop, course) -> steps.put(hop, course.at(at)));
            closeAll(
                    open.values().stream()
                            .filter(gap -> !steps.containsKey(gap.hop()))
                            .toList(),
                    at);
            steps.forEach((hop, step) -> {
                switch (step.standing()) {
                    case HAS -> restore(hop);
                    case LACKS -> lack(hop);
                    case UNDECIDED -> {}
                    case UNOBSERVED -> suspend(hop, true);
                }
            });
            blame();
        }

        private Course course(HopId hop) {
            return Objects.requireNonNull(ground.courses(chain).get(hop));
        }

        private void restore(HopId hop) {
            var gap = open.get(hop);
            if (gap != null) {
                close(gap, End.RESTORED, course(hop).standingSince(at));
            }
        }

        private void suspend(HopId hop, boolean whether) {
            var gap = open.get(hop);
            if (gap != null && gap.isSuspended() != whether) {
                replace(gap.suspended(whether));
                events.add(whether ? new GapEvent.Suspended(gap.id(), at) : new GapEvent.Resumed(gap.id(), at));
            }
        }

        private void lack(HopId hop) {
            var frontier = Frontier.of(
                    hop,
                    at,
                    upstream -> ground.into(chain, upstream),
                    upstream -> Objects.requireNonNull(steps.get(upstream)),
                    (edge, step) -> Expectation.passesOn(chain, edge, step));
            frontiers.put(hop, frontier);
            var gap = open.get(hop);
            if (gap == null) {
                openAnew(hop, frontier);
            } else {
                goOn(gap, frontier);
            }
        }

        private void goOn(OpenGap gap, Frontier frontier) {
            // A hop that falls silent suspends the gap; only what opens anew is looked for behind it.
            var sources = frontier.sources().stream()
                    .filter(way ->
                            gap.breaks().contains(way) || way.unobserved().isEmpty())
                    .toList();
            boolean isLost = gap.kind() == Kind.SOURCE_LOST
                    && frontier.origins().stream()
                            .anyMatch(way -> gap.breaks().contains(way) && isLost(gap.hop(), way));
            if (!sources.isEmpty() || isLost) {
                suspend(gap.hop(), false);
                sources.forEach(way -> breaksAlsoAt(gap.hop(), way));
                certain.add(gap.id());
            } else if (frontier.isSettled() && frontier.sources().isEmpty()) {
                close(gap, End.MOOT, moot(gap));
            } else if (frontier.undecided().isEmpty()) {
                suspend(gap.hop(), true);
            }
        }

        private void breaksAlsoAt(HopId hop, Break way) {
            var gap = Objects.requireNonNull(open.get(hop));
            if (!gap.breaks().contains(way)) {
                replace(gap.breaksAlsoAt(way));
                events.add(new GapEvent.BrokenAlso(gap.id(), way, at));
            }
        }

        private void openAnew(HopId hop, Frontier frontier) {
            var sources =
                    frontier.sources().stream().filter(way -> isNew(hop, way)).toList();
            var ready = sources.stream().map(way -> ready(hop, way)).min(Instant::compareTo);
            if (ready.isPresent() && ready.get().isAfter(at)) {
                setTimer(ready.get());
            } else if (ready.isPresent()) {
                open(hop, Kind.MISSING, sources, opening(hop, sources));
            } else if (frontier.sources().isEmpty() && frontier.undecided().isEmpty()) {
                var lost = frontier.origins().stream()
                        .filter(way -> isLost(hop, way) && wasSilent(hop, way))
                        .toList();
                if (!lost.isEmpty()) {
                    open(hop, Kind.SOURCE_LOST, lost, course(hop).standingSince(at));
                }
            }
        }

        private void setTimer(Instant ready) {
            timer = Optional.of(timer.filter(set -> set.isBefore(ready)).orElse(ready));
        }

        private void open(HopId hop, Kind kind, List<Break> breaks, Bounds bounds) {
            var id = id(hop, kind);
            replace(new OpenGap(id, kind, hop, breaks, bounds, new TreeSet<>(), false));
            events.add(new GapEvent.Opened(id, kind, breaks, bounds, at, version.id()));
            certain.add(id);
        }

        /** The same for the same gap, whoever finds it and whenever. */
        private Id id(HopId hop, Kind kind) {
            var named = String.join(
                    " ", ground.network(), ground.prefix().toString(), hop.toString(), kind.name(), at.toString());
            return Id.ofOctets(
                    Hashing.sha256().hashString(named, StandardCharsets.UTF_8).asBytes());
        }

        /**
         * Whether what took the prefix from the hop, or brought it to the source, came after the hops between fell silent.
         * Before, the one that was observed then would have had the gap, or did not pass it on.
         */
        private boolean isNew(HopId hop, Break way) {
            var opening = opening(hop, List.of(way)).atOrBefore();
            return way.unobserved().stream()
                    .allMatch(between -> course(between).unobservedSince(at).isBefore(opening));
        }

        /**
         * From when on a gap is certain: the source has had it for as long as the way from it may take, and the two were so
         * at one time, whichever scraper's clock is off.
         */
        private Instant ready(HopId hop, Break way) {
            var source = course(way.source());
            var grace = Duration.ZERO;
            var expected = source.certainSince(at);
            for (var edge : edges(way)) {
                grace = grace.plus(edge.grace());
                expected = later(expected, edge.from().orElse(expected));
            }
            var error = source.clockErrorBeside(course(hop));
            return later(
                    expected.plus(grace),
                    later(source.certainSince(at), course(hop).certainSince(at)).plus(error));
        }

        private List<Edge> edges(Break way) {
            var edges = new ArrayList<Edge>();
            for (int i = 1; i < way.hops().size(); i++) {
                edges.add(edge(way.hops().get(i - 1), way.hops().get(i)).orElseThrow());
            }
            return edges;
        }

        private Optional<Edge> edge(HopId upstream, HopId downstream) {
            return ground.into(chain, downstream).stream()
                    .filter(edge -> edge.upstream().equals(upstream) && edge.isThereAt(at))
                    .findFirst();
        }

        /** The later of the two: the hop lost it, or the first source had it. */
        private Bounds opening(HopId hop, List<Break> sources) {
            var had = sources.stream()
                    .map(way -> course(way.source()).standingSince(at))
                    .min((a, b) -> a.atOrBefore().compareTo(b.atOrBefore()))
                    .orElseThrow();
            return Moments.later(course(hop).standingSince(at), had);
        }

        /** Whether the hop last had it from there, and the session is down. */
        private boolean isLost(HopId hop, Break way) {
            return edge(way.last(), hop)
                    .filter(edge -> edge.link() instanceof Link.Session session
                            && ground.sessions().isDownAt(edge, at)
                            && course(hop)
                                    .lastUsable(at)
                                    .map(Seen::row)
                                    .filter(row -> row instanceof Route route
                                            && route.paths().stream()
                                                    .anyMatch(path -> Expectation.isFrom(path, session.upstream())))
                                    .isPresent())
                    .isPresent();
        }

        /** Whether nothing was observed any more of where it came from when the hop lost it: before, it may have been withdrawn. */
        private boolean wasSilent(HopId hop, Break way) {
            var lost = course(hop).standingSince(at).atOrBefore();
            return way.hops().stream()
                    .filter(silent -> !silent.equals(hop))
                    .allMatch(silent -> course(silent).unobservedSince(at).isBefore(lost));
        }

        private Bounds moot(OpenGap gap) {
            return gap.breaks().stream()
                    .map(Break::source)
                    .filter(source -> steps.containsKey(source)
                            && Objects.requireNonNull(steps.get(source)).standing() == Standing.LACKS)
                    .map(source -> course(source).standingSince(at))
                    .reduce(Moments::later)
                    .orElseGet(() -> Moments.exactly(at));
        }

        /** Hops that lack it, and that no source could give it to, lack it for the reason that the hops before them do. */
        private void blame() {
            frontiers.forEach((hop, frontier) -> {
                if (!open.containsKey(hop) && frontier.sources().isEmpty()) {
                    culprits(hop, new HashSet<>()).forEach(culprit -> affects(culprit, hop));
                }
            });
        }

        private void affects(HopId culprit, HopId hop) {
            var gap = Objects.requireNonNull(open.get(culprit));
            affectedNow.computeIfAbsent(gap.id(), _ -> new HashSet<>()).add(hop);
            if (!gap.affected().contains(hop)) {
                replace(gap.affects(hop));
                events.add(new GapEvent.Affected(gap.id(), hop, at));
            }
        }

        private Set<HopId> culprits(HopId hop, Set<HopId> visited) {
            var culprits = new TreeSet<HopId>();
            var frontier = frontiers.get(hop);
            if (visited.add(hop) && frontier != null) {
                for (var upstream : frontier.lacking()) {
                    if (open.containsKey(upstream)) {
                        culprits.add(upstream);
                    } else {
                        culprits.addAll(culprits(upstream, visited));
                    }
                }
            }
            return culprits;
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
