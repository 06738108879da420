package dev.hoplog.streams.diff;

import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.model.SnapshotHeader.SourceKind;
import dev.hoplog.wire.SnapshotPart;
import dev.hoplog.wire.SnapshotPart.Failure;
import dev.hoplog.wire.SnapshotPart.LeavesPart;
import dev.hoplog.wire.SnapshotPart.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rules by which one record of a RIB is taken in.
 *
 * <pre>
 *                 ┌─ refused? ─▶ Reject / CountDuplicate
 *   record ───────┤
 *                 ├─ leaves ───▶ events of each leaf that differs; the leaf is stored      ({@link LeafStep})
 *                 ├─ manifest ─▶ root matches: withdrawals, coverage grows; else refused   ({@link ManifestStep})
 *                 └─ failure ──▶ coverage ends, blind mark
 * </pre>
 *
 * Total: any record, in any state, ends in effects and a state.
 */
public final class RibRules {
    /** A live reading may be dated so much after its broker took it: clocks differ. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private RibRules() {}

    /**
     * Takes in one record.
     *
     * @param appendedAt when the broker took the record
     * @param effects receives what the record brings about, in order
     * @return what is to be remembered; the given state itself if the record was refused
     */
    public static RibState apply(
            RibState state, SnapshotPart part, Instant appendedAt, Memory memory, Consumer<Effect> effects) {
        var header = part.header();
        if (memory.takenInAt(header.capturedTo()).filter(header.id()::equals).isPresent()) {
            effects.accept(new Effect.CountDuplicate());
            return state;
        }
        var refusal = refusal(state, part, appendedAt);
        if (refusal.isPresent()) {
            effects.accept(new Effect.Reject(refusal.get()));
            return state;
        }
        return switch (part) {
            case LeavesPart leaves -> LeafStep.apply(state, leaves, memory, effects);
            case Manifest manifest -> ManifestStep.apply(state, manifest, memory, effects);
            case Failure failure -> fail(state, failure, effects);
        };
    }

    private static Optional<Rejection> refusal(RibState state, SnapshotPart part, Instant appendedAt) {
        var header = part.header();
        if (header.source() == SourceKind.LIVE && header.capturedTo().isAfter(appendedAt.plus(CLOCK_TOLERANCE))) {
            return refused(
                    Rejection.Reason.FROM_THE_FUTURE,
                    "captured until " + header.capturedTo() + " and appended at " + appendedAt
                            + ": set the scraper's clock");
        }
        var newest = state.newest().filter(seen -> !seen.id().equals(header.id()));
        if (newest.isPresent()
                && (header.capturedFrom().isBefore(newest.get().capturedTo())
                        || !header.capturedTo().isAfter(newest.get().capturedTo()))) {
            return refused(
                    Rejection.Reason.STALE,
                    "captured from " + header.capturedFrom() + ", and "
                            + newest.get().id() + " until " + newest.get().capturedTo() + " was taken in before");
        }
        return part instanceof Failure ? Optional.empty() : refusalOfBase(state, header);
    }

    private static Optional<Rejection> refusalOfBase(RibState state, SnapshotHeader header) {
        if (header.isKeyframe()) {
            return Optional.empty();
        }
        var accepted = state.accepted();
        if (accepted.isEmpty()
                || !header.base().equals(Optional.of(accepted.get().id()))) {
            return refused(
                    Rejection.Reason.WRONG_BASE,
                    "based on " + header.base().map(Object::toString).orElse("nothing")
                            + ", the last accepted snapshot is "
                            + accepted.map(a -> a.id().toString()).orElse("none") + ": the next keyframe heals it");
        }
        if (!header.scraper().name().equals(accepted.get().scraper().name())
                || header.scraperEpoch() != accepted.get().scraperEpoch()) {
            return refused(
                    Rejection.Reason.FOREIGN_EPOCH,
                    "scraper " + header.scraper().name() + "@" + header.scraperEpoch() + " builds on a snapshot of "
                            + accepted.get().scraper().name() + "@"
                            + accepted.get().scraperEpoch());
        }
        return Optional.empty();
    }

    private static Optional<Rejection> refused(Rejection.Reason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }

    private static RibState fail(RibState state, Failure failure, Consumer<Effect> effects) {
        var at = failure.header().capturedTo();
        var blindness = state.blindness()
                .map(b -> new RibState.Blindness(b.firstFailedAt(), at, b.failures() + 1))
                .orElse(new RibState.Blindness(at, at, 1));
        effects.accept(new Effect.Append(new dev.hoplog.log.LogEntry.BlindMark(
                failure.header().rib(),
                blindness.firstFailedAt(),
                blindness.lastFailedAt(),
                blindness.failures(),
                failure.reason(),
                failure.detail(),
                failure.command(),
                failure.scrapeRibs())));
        var takenIn = new TakenIn(failure.header().id(), at);
        effects.accept(new Effect.Remember(takenIn));
        return new RibState(
                state.accepted(),
                state.root(),
                state.emptied(),
                Optional.of(takenIn),
                state.keyframe(),
                Optional.empty(),
                Optional.of(blindness));
    }
}
