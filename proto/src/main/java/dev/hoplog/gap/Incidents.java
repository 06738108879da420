package dev.hoplog.gap;

import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.ScraperClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which gaps belong together: those between the same two hops that may have opened together, whichever way the routes went (a
 * session that goes down takes those of both), and those around a hop that fell silent.
 */
public final class Incidents {
    private final List<Gap> gaps;
    /** A forest: each gap points to one of its incident. */
    private final int[] parent;

    private Incidents(List<Gap> gaps) {
        this.gaps = gaps;
        this.parent = new int[gaps.size()];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
        }
    }

    /** Ascending by when they started. */
    public static List<Incident> of(Collection<Gap> gaps) {
        var incidents = new Incidents(gaps.stream().sorted(Incident.ORDER).toList());
        incidents.joinByEnds();
        incidents.joinBySilence();
        return incidents.joined();
    }

    private void joinByEnds() {
        var byEnds = new HashMap<Set<HopId>, List<Integer>>();
        for (int i = 0; i < gaps.size(); i++) {
            for (var way : gaps.get(i).breaks()) {
                if (way.unobserved().isEmpty()) {
                    byEnds.computeIfAbsent(Set.copyOf(way.hops()), _ -> new ArrayList<>())
                            .add(i);
                }
            }
        }
        byEnds.values().forEach(between -> sweep(between, gap -> gap.opened().atOrBefore()));
    }

    private void joinBySilence() {
        var bySilent = new HashMap<HopId, Set<Integer>>();
        for (int i = 0; i < gaps.size(); i++) {
            for (var hop : silent(gaps.get(i))) {
                bySilent.computeIfAbsent(hop, _ -> new HashSet<>()).add(i);
            }
        }
        bySilent.forEach((hop, around) -> {
            sweep(around, Incidents::end);
            for (int i = 0; i < gaps.size(); i++) {
                if (!around.contains(i) && touches(gaps.get(i), hop)) {
                    joinOneThatMayHaveOpenedWith(i, around);
                }
            }
        });
    }

    /** What merely lasted while the hop was silent, has to do with it no more than with anything else. */
    private void joinOneThatMayHaveOpenedWith(int touching, Collection<Integer> around) {
        var gap = gaps.get(touching);
        around.stream()
                .filter(i -> mayHaveOpenedTogether(gap, gaps.get(i)))
                .findFirst()
                .ifPresent(i -> parent[root(touching)] = root(i));
    }

    private static boolean mayHaveOpenedTogether(Gap one, Gap other) {
        return !one.isOpenedBefore(other) && !other.isOpenedBefore(one);
    }

    /** Joins those whose times, from the opening's beginning to the given end, may overlap one another. */
    private void sweep(Collection<Integer> members, Function<Gap, Instant> end) {
        var ascending = members.stream()
                .sorted(Comparator.comparing(i -> begin(gaps.get(i))))
                .toList();
        var longest = new HashMap<Set<ScraperClock>, Integer>();
        for (int i : ascending) {
            var gap = gaps.get(i);
            for (int before : longest.values()) {
                var last = gaps.get(before);
                // Times of one clock compare; those of two may be apart by more than they say.
                if (begin(gap).isBefore(later(end.apply(last), gap.clockErrorBeside(last)))) {
                    parent[root(i)] = root(before);
                }
            }
            longest.merge(gap.clocks(), i, (a, b) -> end.apply(gaps.get(a)).isBefore(end.apply(gaps.get(b))) ? b : a);
        }
    }

    /** What lasts for ever does on any clock. */
    private static Instant later(Instant instant, Duration by) {
        return instant.equals(Instant.MAX) ? instant : instant.plus(by);
    }

    /** The unobserved hops that it depends on. */
    private static Set<HopId> silent(Gap gap) {
        var silent = new HashSet<HopId>();
        for (var way : gap.breaks()) {
            silent.addAll(way.unobserved());
            if (gap.kind() == Gap.Kind.SOURCE_LOST) {
                silent.add(way.source());
            }
        }
        return silent;
    }

    private static boolean touches(Gap gap, HopId hop) {
        return gap.breaks().stream()
                .anyMatch(way -> way.hop().equals(hop) || way.source().equals(hop));
    }

    private static Instant begin(Gap gap) {
        return gap.opened().after().orElse(Instant.MIN);
    }

    private static Instant end(Gap gap) {
        return gap.ending().map(Gap.Ending::bounds).map(Bounds::atOrBefore).orElse(Instant.MAX);
    }

    private int root(int gap) {
        int at = gap;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private List<Incident> joined() {
        Map<Integer, List<Gap>> byRoot = new LinkedHashMap<>();
        for (int i = 0; i < gaps.size(); i++) {
            byRoot.computeIfAbsent(root(i), _ -> new ArrayList<>()).add(gaps.get(i));
        }
        return byRoot.values().stream().map(Incident::new).toList();
    }
}
