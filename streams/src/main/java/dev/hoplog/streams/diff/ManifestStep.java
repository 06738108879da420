package dev.hoplog.streams.diff;

import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.wire.RootDigest;
import dev.hoplog.wire.SnapshotPart.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;

/** Closes a snapshot: if the root matches, what a keyframe left out is gone, and coverage grows. */
final class ManifestStep {
    private ManifestStep() {}

    static RibState apply(RibState state, Manifest manifest, Memory memory, Consumer<Effect> effects) {
        var header = manifest.header();
        var sent = sentRoot(state, header);
        if (!sent.equals(manifest.root())) {
            effects.accept(new Effect.Reject(new Rejection(
                    Rejection.Reason.ROOT_MISMATCH,
                    "the leaves of " + header.id() + " give another root than its manifest says: part of it was lost;"
                            + " the next keyframe heals it")));
            return state;
        }
        if (!state.root().equals(manifest.root())) {
            withdrawUnsent(state, header, memory, effects);
        }
        state.emptied().stream()
                .filter(leaf -> memory.leaf(leaf)
                        .filter(stored -> stored.content().isEmpty())
                        .isPresent())
                .forEach(leaf -> effects.accept(new Effect.Drop(leaf)));
        restart(state, header).ifPresent(restart -> effects.accept(new Effect.Append(restart)));
        var cut = appendMarks(state, stretchStart(state, manifest), manifest, effects);
        var takenIn = new TakenIn(header.id(), header.capturedTo());
        effects.accept(new Effect.Remember(takenIn));
        return new RibState(
                Optional.of(header),
                manifest.root(),
                LeafSet.none(),
                Optional.of(takenIn),
                Optional.empty(),
                Optional.of(cut),
                Optional.empty());
    }

    /** A keyframe stands for itself; any other snapshot stands on what is stored. */
    private static RootDigest sentRoot(RibState state, SnapshotHeader header) {
        return header.isKeyframe() ? state.keyframeOf(header.id()).root() : state.root();
    }

    private static void withdrawUnsent(RibState state, SnapshotHeader header, Memory memory, Consumer<Effect> effects) {
        var sent = state.keyframeOf(header.id()).sent();
        var unsent = new LinkedHashMap<Integer, StoredLeaf>();
        memory.forEachLeaf((stored, number) -> {
            if (!sent.contains(number)) {
                unsent.put(number, stored);
            }
        });
        unsent.forEach((number, stored) -> {
            Replacement.byNothing(header.rib(), number, stored).apply(state, header, effects);
            effects.accept(new Effect.Drop(number));
        });
    }

    private static Optional<SourceRestart> restart(RibState state, SnapshotHeader header) {
        return state.accepted()
                .flatMap(accepted -> header.sourceState()
                        .restartSince(accepted.sourceState())
                        .map(evidence -> new SourceRestart(
                                header.rib(),
                                header.id(),
                                Bounds.between(accepted.capturedFrom(), header.capturedTo()),
                                header.scraper(),
                                evidence)));
    }

    /** Two successive good snapshots cover the time between them, unless a scrape failed or the silence was too long. */
    private static Instant stretchStart(RibState state, Manifest manifest) {
        var header = manifest.header();
        boolean continues = state.accepted()
                .filter(accepted -> Duration.between(accepted.capturedTo(), header.capturedFrom())
                                .compareTo(manifest.maxSilence())
                        <= 0)
                .isPresent();
        return state.coveredFrom().filter(from -> continues).orElse(header.capturedFrom());
    }

    /**
     * Marks the stretch, cut where another scraper goes on: each piece is of one, also when all of its marks but the last are
     * compacted away. Returns where the last piece begins.
     */
    private static Instant appendMarks(RibState state, Instant from, Manifest manifest, Consumer<Effect> effects) {
        var header = manifest.header();
        var begin = from;
        var before = state.accepted().filter(accepted -> from.isBefore(header.capturedFrom()));
        if (before.isPresent() && !before.get().scraper().equals(header.scraper())) {
            var last = header.capturedFrom().minus(1, ChronoUnit.MICROS);
            if (last.isAfter(before.get().capturedTo())) {
                appendMarks(from, last, before.get().scraper(), manifest, effects);
            }
            begin = header.capturedFrom();
        }
        return appendMarks(begin, header.capturedTo(), header.scraper(), manifest, effects);
    }

    /** Likewise cut at each full hour. */
    private static Instant appendMarks(
            Instant from, Instant to, ScraperClock readBy, Manifest manifest, Consumer<Effect> effects) {
        var begin = from;
        for (var hour = nextHour(begin); hour.isBefore(to); hour = nextHour(begin)) {
            effects.accept(new Effect.Append(mark(manifest, begin, hour, readBy)));
            begin = hour;
        }
        effects.accept(new Effect.Append(mark(manifest, begin, to, readBy)));
        return begin;
    }

    private static Instant nextHour(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    }

    private static CoverageMark mark(Manifest manifest, Instant from, Instant to, ScraperClock readBy) {
        return new CoverageMark(
                manifest.header().rib(),
                from,
                to,
                manifest.header().id(),
                manifest.header().capturedFrom(),
                readBy,
                manifest.rowCount(),
                manifest.command(),
                manifest.unknownItems(),
                manifest.daemonVersion(),
                manifest.scrapeRibs());
    }
}
