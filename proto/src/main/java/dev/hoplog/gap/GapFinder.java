package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The gaps of one prefix, over whole histories.
 *
 * <p>A gap is certain at an instant at which the hop is proven to lack the prefix and a source upstream has been proven to
 * have it for as long as the edges between may take. It goes on, once open, while either end is undecided or not observed,
 * and ends when the hop is proven to have it, or all sources are proven to lack it.
 */
public final class GapFinder {
    private final String network;
    private final Chain chain;
    private final Prefix prefix;
    private final Histories histories;
    private final Expectation expectation;
    private final Map<HopId, Course> courses = new TreeMap<>();
    private final Map<HopId, List<Edge>> edgesInto = new HashMap<>();
    /** Since when each hop has it without a break; those that have it. */
    private final Map<HopId, Instant> having = new HashMap<>();

    private final Sessions sessions;
    private final Map<HopId, OpenGap> open = new TreeMap<>();
    private final List<Gap> found = new ArrayList<>();

    private GapFinder(String network, Chain chain, Prefix prefix, Histories histories) {
        this.network = network;
        this.chain = chain;
        this.prefix = prefix;
        this.histories = histories;
        this.expectation = new Expectation(chain);
        this.sessions =
                new Sessions(network, AddressFamily.unicast(prefix.address().version()), histories);
    }

    /** Ascending by the end of their opening, then by hop. */
    public static List<Gap> find(String network, Chain chain, Prefix prefix, Histories histories) {
        return new GapFinder(network, chain, prefix, histories).find();
    }

    private List<Gap> find() {
        chain.edges().stream()
                .filter(edge -> edge.carries(prefix))
                .flatMap(edge -> Stream.of(edge.upstream(), edge.downstream()))
                .distinct()
                .forEach(hop -> {
                    courses.put(hop, read(hop));
                    edgesInto.put(hop, chain.into(hop, prefix));
                });
        var turns = turns();
        for (int i = 0; i < turns.size(); i++) {
            step(turns.get(i), i + 1 < turns.size() ? turns.get(i + 1) : Instant.MAX);
        }
        open.values().forEach(gap -> found.add(gap.asItIs()));
        found.sort(Incident.ORDER);
        return List.copyOf(found);
    }

    private Course read(HopId hop) {
        var rib = RibId.of(network, hop, AddressFamily.unicast(prefix.address().version()), chain.viewOf(hop));
        return Course.of(histories, rib, RowKey.of(prefix));
    }

    private List<Instant> turns() {
        var turns = new TreeSet<Instant>();
        courses.values().forEach(course -> turns.addAll(course.turns()));
        for (var edge : chain.edges()) {
            if (edge.carries(prefix)) {
                turns.addAll(sessions.turns(edge));
            }
            edge.from().ifPresent(turns::add);
            edge.until().ifPresent(turns::add);
        }
        return List.copyOf(turns);
    }

    /** Nothing turns in [{@code from}, {@code to}). */
    private void step(Instant from, Instant to) {
        courses.forEach((hop, course) -> {
            if (course.at(from).standing() == Standing.HAS) {
                having.putIfAbsent(hop, from);
            } else {
                having.remove(hop);
            }
        });
        var frontiers = new HashMap<HopId, Frontier>();
        courses.forEach((hop, course) -> {
            switch (course.at(from).standing()) {
                case HAS -> restore(hop, from);
                case LACKS -> {
                    var frontier = frontier(hop, from);
                    frontiers.put(hop, frontier);
                    lack(hop, frontier, from, to);
                }
                case UNDECIDED, UNOBSERVED -> {}
            }
        });
        blame(frontiers, from, to);
    }

    private Frontier frontier(HopId hop, Instant instant) {
        return Frontier.of(
                hop,
                instant,
                upstream -> edgesInto.getOrDefault(upstream, List.of()),
                upstream -> course(upstream).at(instant),
                expectation);
    }

    private void restore(HopId hop, Instant instant) {
        var gap = open.remove(hop);
        if (gap != null) {
            found.add(gap.ended(Gap.End.RESTORED, course(hop).standingSince(instant)));
        }
    }

    private void lack(HopId hop, Frontier frontier, Instant from, Instant to) {
        var gap = open.get(hop);
        if (gap == null) {
            openAnew(hop, frontier, from, to);
            loseSource(hop, frontier, from, to);
            return;
        }
        // A hop that falls silent suspends the gap; only what opens anew is looked for behind it.
        var sources = frontier.sources().stream()
                .filter(way -> gap.breaks().contains(way) || way.unobserved().isEmpty())
                .toList();
        if (!sources.isEmpty()) {
            sources.forEach(gap::breaksAlsoAt);
            gap.isCertainIn(new TimeSpan(from, to));
        } else if (gap.kind() == Gap.Kind.SOURCE_LOST
                && gap.breaks().stream().anyMatch(way -> isLost(hop, way, from))) {
            gap.isCertainIn(new TimeSpan(from, to));
        } else if (frontier.isSettled() && frontier.sources().isEmpty()) {
            open.remove(hop);
            found.add(gap.ended(Gap.End.MOOT, moot(gap, from)));
        }
    }

    private void openAnew(HopId hop, Frontier frontier, Instant from, Instant to) {
        frontier.sources().stream()
                .map(this::ready)
                .min(Comparator.naturalOrder())
                .map(ready -> ready.isBefore(from) ? from : ready)
                .filter(ready -> ready.isBefore(to))
                .ifPresent(ready -> {
                    var gap = new OpenGap(
                            Gap.Kind.MISSING, prefix, hop, frontier.sources(), opening(hop, frontier.sources(), from));
                    gap.isCertainIn(new TimeSpan(ready, to));
                    open.put(hop, gap);
                });
    }

    private void loseSource(HopId hop, Frontier frontier, Instant from, Instant to) {
        if (!frontier.sources().isEmpty() || !frontier.undecided().isEmpty()) {
            return;
        }
        var lost = frontier.origins().stream()
                .filter(way -> isLost(hop, way, from))
                .toList();
        if (!lost.isEmpty()) {
            var gap = new OpenGap(
                    Gap.Kind.SOURCE_LOST, prefix, hop, lost, course(hop).standingSince(from));
            gap.isCertainIn(new TimeSpan(from, to));
            open.put(hop, gap);
        }
    }

    /** Whether the hop last had it from there, and the session is down. */
    private boolean isLost(HopId hop, Break way, Instant instant) {
        var edge = way.edges().getLast();
        return edge.link() instanceof Link.Session session
                && sessions.isDownAt(edge, instant)
                && course(hop)
                        .lastUsable(instant)
                        .filter(route ->
                                route.paths().stream().anyMatch(path -> Expectation.isFrom(path, session.upstream())))
                        .isPresent();
    }

    /** When the source has had it for as long as the way from it may take. */
    private Instant ready(Break way) {
        var grace = way.edges().stream().map(Edge::grace).reduce(Duration.ZERO, Duration::plus);
        return Objects.requireNonNull(having.get(way.source())).plus(grace);
    }

    /** The later of the two: the hop lost it, or the first source had it. */
    private Bounds opening(HopId hop, List<Break> sources, Instant at) {
        var had = sources.stream()
                .map(way -> course(way.source()).standingSince(at))
                .min(Comparator.comparing(Bounds::atOrBefore))
                .orElseThrow();
        return Moments.later(course(hop).standingSince(at), had);
    }

    private Bounds moot(OpenGap gap, Instant at) {
        return gap.breaks().stream()
                .map(way -> course(way.source()))
                .filter(source -> source.at(at).standing() == Standing.LACKS)
                .map(source -> source.standingSince(at))
                .reduce(Moments::later)
                .orElseGet(() -> Moments.exactly(at));
    }

    private Course course(HopId hop) {
        return Objects.requireNonNull(courses.get(hop));
    }

    /** Hops that lack it, and that no source could give it to, lack it for the reason that the hops before them do. */
    private void blame(Map<HopId, Frontier> frontiers, Instant from, Instant to) {
        frontiers.forEach((hop, frontier) -> {
            if (!open.containsKey(hop) && frontier.sources().isEmpty()) {
                culprits(hop, frontiers, new HashSet<>())
                        .forEach(culprit ->
                                Objects.requireNonNull(open.get(culprit)).affects(hop, new TimeSpan(from, to)));
            }
        });
    }

    private Set<HopId> culprits(HopId hop, Map<HopId, Frontier> frontiers, Set<HopId> visited) {
        var culprits = new HashSet<HopId>();
        var frontier = frontiers.get(hop);
        if (visited.add(hop) && frontier != null) {
            for (var upstream : frontier.lacking()) {
                if (open.containsKey(upstream)) {
                    culprits.add(upstream);
                } else {
                    culprits.addAll(culprits(upstream, frontiers, visited));
                }
            }
        }
        return culprits;
    }
}
