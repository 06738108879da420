package dev.hoplog.streams.topology;

import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.Change;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.RibId;
import dev.hoplog.streams.diff.Rejection;
import dev.hoplog.wire.SnapshotPart;
import dev.hoplog.wire.SnapshotPart.Failure;
import dev.hoplog.wire.SnapshotPart.LeavesPart;
import dev.hoplog.wire.SnapshotPart.Manifest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the diff counts; {@code docs/metrics.md} says what each number means.
 *
 * <p>They count work, not contents: what a broken transaction did is done again, and counted again. They start at 0 with
 * the process. Counters of a closed family of labels are there from the start, so that a first one is an increase.
 */
final class DiffMeters {
    private enum Part {
        LEAVES,
        MANIFEST,
        FAILURE
    }

    private enum Kind {
        APPEARED,
        CHANGED,
        WITHDRAWN,
        CHANGED_UNSEEN,
        COVERAGE,
        BLIND,
        RESTART,
        CHAIN
    }

    private final MeterRegistry registry;
    private final Counter snapshots;
    private final Counter duplicates;
    private final Family<Part> records;
    private final Family<Kind> entries;
    private final Family<Rejection.Reason> rejections;

    DiffMeters(MeterRegistry registry) {
        this.registry = registry;
        snapshots = counter("hoplog.diff.snapshots", "Snapshots that were taken in whole.");
        duplicates = counter("hoplog.diff.duplicates", "Records that had been taken in before.");
        records = new Family<>(Part.class, "part", "hoplog.diff.records", "Records that decode.");
        entries = new Family<>(Kind.class, "kind", "hoplog.diff.log.entries", "What was appended to the log.");
        rejections = new Family<>(
                Rejection.Reason.class, "reason", "hoplog.diff.rejected.records", "Records that were refused.");
    }

    /** A counter for each constant. */
    private final class Family<E extends Enum<E>> {
        private final Map<E, Counter> counters;

        Family(Class<E> labels, String label, String name, String help) {
            counters = new EnumMap<>(labels);
            for (var constant : labels.getEnumConstants()) {
                counters.put(constant, counter(name, help, Tag.of(label, word(constant))));
            }
        }

        void increment(E label) {
            Objects.requireNonNull(counters.get(label)).increment();
        }
    }

    void decoded(SnapshotPart part) {
        records.increment(
                switch (part) {
                    case LeavesPart _ -> Part.LEAVES;
                    case Manifest _ -> Part.MANIFEST;
                    case Failure _ -> Part.FAILURE;
                });
    }

    /** The last record of a snapshot, or of the failure of one, was taken in. */
    void takenIn(SnapshotPart last) {
        if (last instanceof Failure failure) {
            failed(failure.header().rib(), failure.reason());
        } else {
            snapshots.increment();
        }
    }

    /** As many counters as there are hops that failed, times the reasons. */
    private void failed(RibId rib, FailureReason reason) {
        counter(
                        "hoplog.scrape.failures",
                        "Tables that were asked for and not observed.",
                        Tag.of("network", rib.network()),
                        Tag.of("node", rib.hop().node()),
                        Tag.of("hop", rib.hop().toString()),
                        Tag.of("reason", word(reason)))
                .increment();
    }

    void appended(LogEntry entry) {
        entries.increment(
                switch (entry) {
                    case RouteEvent event ->
                        switch (event.change()) {
                            case Change.Appeared _ -> Kind.APPEARED;
                            case Change.Changed _ -> Kind.CHANGED;
                            case Change.Withdrawn _ -> Kind.WITHDRAWN;
                            case Change.ChangedUnseen _ -> Kind.CHANGED_UNSEEN;
                        };
                    case CoverageMark _ -> Kind.COVERAGE;
                    case BlindMark _ -> Kind.BLIND;
                    case SourceRestart _ -> Kind.RESTART;
                    case ChainPublished _ -> Kind.CHAIN;
                });
    }

    void rejected(Rejection.Reason reason) {
        rejections.increment(reason);
    }

    void duplicate() {
        duplicates.increment();
    }

    private Counter counter(String name, String help, Tag... tags) {
        return Counter.builder(name).description(help).tags(List.of(tags)).register(registry);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
