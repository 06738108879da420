package dev.hoplog.streams.gap;

import dev.hoplog.gap.Break;
import dev.hoplog.gap.Gap.End;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.LogEntry;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.streams.gap.NaiveCauses.Sure;
import dev.hoplog.streams.gap.NaiveConditions.Blunder;
import dev.hoplog.streams.gap.NaiveCourse.Known;
import dev.hoplog.streams.gap.NaiveScene.Ways;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The gaps of the world's prefix, written down tick by tick from the whole log, without any haste: the oracle. It shares
 * nothing with what it judges but the words. Here are those of hops that lack it, {@link NaiveLasting} has the others.
 */
final class NaiveGaps {
    private static final Instant BEGIN = GapWorld.at(0);

    private final NaiveScene scene;
    private int tick;

    private final Map<HopId, Open> open = new TreeMap<>();
    private final List<GapEvent> events = new ArrayList<>();
    private final List<Sure> sure = new ArrayList<>();

    /**
     * What a log says.
     *
     * @param events all but the causes
     * @param causes by gap
     * @param horizon the instant up to which it says so; empty: it says nothing
     */
    record Said(List<GapEvent> events, SortedMap<String, String> causes, Optional<Instant> horizon) {}

    static Said of(Collection<LogEntry> entries) {
        return of(entries, Blunder.NONE);
    }

    static Said of(Collection<LogEntry> entries, Blunder blunder) {
        var log = new NaiveLog(entries);
        int horizon = log.horizon();
        var gaps = new NaiveGaps(new NaiveScene(log, horizon));
        for (gaps.tick = 0; gaps.tick <= horizon; gaps.tick++) {
            gaps.turn();
        }
        var lasting = NaiveLasting.of(log, horizon, blunder);
        gaps.events.addAll(lasting.events());
        gaps.sure.addAll(lasting.sure());
        return new Said(
                gaps.events,
                NaiveCauses.of(log, horizon, gaps.sure, blunder),
                horizon < 0 ? Optional.empty() : Optional.of(instant(horizon)));
    }

    static int tick(Instant instant) {
        var between = java.time.Duration.between(BEGIN, instant);
        return 2 * (int) between.toSeconds() + (between.getNano() > 0 ? 1 : 0);
    }

    static Instant instant(int tick) {
        return BEGIN.plusSeconds(tick / 2).plus(tick % 2, ChronoUnit.MICROS);
    }

    /** A gap that lasts. */
    private static final class Open {
        final Id id;
        final Kind kind;
        final Set<Break> breaks;
        final Bounds opened;
        final Set<HopId> affected = new HashSet<>();
        boolean isSuspended;

        Open(Id id, Kind kind, Collection<Break> breaks, Bounds opened) {
            this.opened = opened;
            this.id = id;
            this.kind = kind;
            this.breaks = new LinkedHashSet<>(breaks);
        }
    }

    private NaiveGaps(NaiveScene scene) {
        this.scene = scene;
    }

    private void turn() {
        if (!scene.turnTo(tick)) {
            List.copyOf(open.keySet()).forEach(hop -> close(hop, End.MOOT, now()));
            return;
        }
        var hops = scene.hops();
        List.copyOf(open.keySet()).stream()
                .filter(hop -> !hops.contains(hop))
                .forEach(hop -> close(hop, End.MOOT, now()));
        var lacking = new TreeMap<HopId, Ways>();
        for (var hop : hops) {
            switch (scene.known(hop)) {
                case HAS -> {
                    if (open.containsKey(hop)) {
                        close(hop, End.RESTORED, scene.course(hop).turned(tick));
                    }
                }
                case LACKS -> {
                    var ways = scene.waysTo(hop);
                    lacking.put(hop, ways);
                    if (open.containsKey(hop)) {
                        goOn(hop, ways);
                    } else {
                        begin(hop, ways);
                    }
                }
                case UNDECIDED -> {}
                case UNOBSERVED -> suspend(hop, true);
            }
        }
        lacking.forEach((hop, ways) -> {
            if (!open.containsKey(hop) && ways.sources.isEmpty()) {
                blamed(hop, lacking).forEach(culprit -> affects(culprit, hop));
            }
        });
    }

    private Bounds now() {
        return Bounds.between(instant(tick).minus(1, ChronoUnit.MICROS), instant(tick));
    }

    private void close(HopId hop, End end, Bounds bounds) {
        events.add(new GapEvent.Closed(Objects.requireNonNull(open.remove(hop)).id, end, bounds));
    }

    private void suspend(HopId hop, boolean whether) {
        var gap = open.get(hop);
        if (gap != null && gap.isSuspended != whether) {
            gap.isSuspended = whether;
            events.add(
                    whether
                            ? new GapEvent.Suspended(gap.id, instant(tick))
                            : new GapEvent.Resumed(gap.id, instant(tick)));
        }
    }

    // How a gap begins.

    private void begin(HopId hop, Ways ways) {
        var sources =
                ways.sources.stream().filter(way -> scene.isNews(hop, way)).toList();
        var overdue = sources.stream().filter(way -> scene.isOverdue(hop, way)).toList();
        if (!overdue.isEmpty()) {
            var had = overdue.stream()
                    .map(way -> scene.came(way.getFirst()))
                    .min(Comparator.comparing(Bounds::atOrBefore))
                    .orElseThrow();
            open(
                    hop,
                    Kind.MISSING,
                    overdue.stream().map(NaiveScene::along).toList(),
                    both(scene.course(hop).turned(tick), had));
        } else if (ways.sources.isEmpty() && !ways.isUndecided) {
            var lost = NaiveScene.whole(scene.named(ways.origins.stream()
                    .filter(way -> scene.isLost(hop, way.getLast()) && scene.fellSilentFirst(hop, way))
                    .toList()));
            if (!lost.isEmpty()) {
                open(hop, Kind.SOURCE_LOST, lost, scene.course(hop).turned(tick));
            }
        }
    }

    private void open(HopId hop, Kind kind, List<Break> breaks, Bounds bounds) {
        var id = id(hop + " " + kind + " " + instant(tick));
        open.put(hop, new Open(id, kind, breaks, bounds));
        breaks.forEach(way -> sure.add(new Sure(id, kind, way, tick)));
        events.add(new GapEvent.Opened(
                id, kind, breaks, bounds, instant(tick), scene.version().id()));
    }

    static Id id(String what) {
        var name = GapWorld.NETWORK + " " + GapWorld.PREFIX + " " + what;
        try {
            return Id.ofOctets(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Both had happened. */
    static Bounds both(Bounds a, Bounds b) {
        var after = Stream.concat(a.after().stream(), b.after().stream()).max(Comparator.naturalOrder());
        var end = a.atOrBefore().isAfter(b.atOrBefore()) ? a.atOrBefore() : b.atOrBefore();
        return new Bounds(after, end, Optional.empty());
    }

    // How it goes on.

    private void goOn(HopId hop, Ways ways) {
        var gap = Objects.requireNonNull(open.get(hop));
        var known = ways.sources.stream()
                .map(NaiveScene::along)
                .filter(gap.breaks::contains)
                .toList();
        var further = ways.sources.stream()
                .filter(way -> way.size() == 1 && !gap.breaks.contains(NaiveScene.along(way)))
                .toList();
        var overdue = further.stream()
                .filter(way -> scene.isOverdue(hop, way))
                .map(NaiveScene::along)
                .toList();
        boolean isLost = gap.kind == Kind.SOURCE_LOST
                && !Collections.disjoint(
                        gap.breaks,
                        scene.named(ways.origins.stream()
                                .filter(way -> scene.isLost(hop, way.getLast()))
                                .toList()));
        if (!known.isEmpty() || !overdue.isEmpty() || isLost) {
            suspend(hop, false);
            for (var way : overdue) {
                if (gap.breaks.add(way)) {
                    events.add(new GapEvent.BrokenAlso(gap.id, way, instant(tick)));
                }
            }
            gap.breaks.forEach(way -> sure.add(new Sure(gap.id, gap.kind, way, tick)));
        } else if (ways.sources.isEmpty() && ways.origins.isEmpty() && !ways.isUndecided) {
            close(hop, End.MOOT, gone(gap));
        } else if (further.isEmpty() && !ways.isUndecided) {
            suspend(hop, true);
        }
    }

    private Bounds gone(Open gap) {
        var hops = scene.hops();
        return gap.breaks.stream()
                .flatMap(way -> way.hops().stream().limit(way.hops().size() - 1))
                .distinct()
                .filter(hop -> hops.contains(hop) && scene.known(hop) == Known.LACKS)
                .map(hop -> scene.course(hop).turned(tick))
                .reduce(NaiveGaps::both)
                .map(lacked -> both(lacked, gap.opened))
                .orElseGet(this::now);
    }

    private Set<HopId> blamed(HopId hop, Map<HopId, Ways> lacking) {
        var culprits = new TreeSet<HopId>();
        var seen = new HashSet<HopId>();
        var left = new ArrayList<>(List.of(hop));
        while (!left.isEmpty()) {
            var next = left.removeLast();
            if (seen.add(next) && lacking.containsKey(next)) {
                for (var upstream : Objects.requireNonNull(lacking.get(next)).lacking) {
                    (open.containsKey(upstream) ? culprits : left).add(upstream);
                }
            }
        }
        return culprits;
    }

    private void affects(HopId culprit, HopId hop) {
        var gap = Objects.requireNonNull(open.get(culprit));
        if (gap.affected.add(hop)) {
            events.add(new GapEvent.Affected(gap.id, hop, instant(tick)));
        }
    }
}
