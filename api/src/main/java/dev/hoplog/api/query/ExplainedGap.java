package dev.hoplog.api.query;

import dev.hoplog.api.history.BlindSpells.BlindSpell;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.Suspension;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * A gap with all that is told of it.
 *
 * @param gap as it stood at the end of what is told
 * @param causes by break, and then by when each first held
 * @param suspensions when it was not known whether it lasts, ascending
 * @param hops those that lacked the prefix: the gap's own, then those behind it by name. Of other kinds: none
 * @param awaited hops of which the log of gaps must be told before it says what it does not; ascending
 * @param toldUpTo what is certain later only is left out; empty: all that is known is told
 */
public record ExplainedGap(
        Gap gap,
        List<ExplainedCause> causes,
        List<Suspended> suspensions,
        List<HopLoss> hops,
        Finality finality,
        List<HopId> awaited,
        Optional<Instant> toldUpTo) {
    /** Whether what is told stays: what the log of gaps says does. */
    public enum Finality {
        /** It says that the gap opened and, if it is over, that it ended. */
        FINAL,
        /** It says that the gap opened, and not that it ended. */
        END_PROVISIONAL,
        /** It says nothing of the gap yet. */
        PROVISIONAL,
        /** Nor ever will: the chain was published, or what shows the gap was read, when that time had been told of. */
        NOT_LOGGED,
        /** By a version of the chain that the question names: nothing is compared with what it says. */
        COMPUTED
    }

    /**
     * A time in which it was not known whether it lasts.
     *
     * @param unobserved of each table that was not observed when it began, with the reason
     */
    public record Suspended(Suspension suspension, SequencedMap<RibId, BlindSpell> unobserved) {}

    /**
     * A cause.
     *
     * @param required communities that the edge requires of the prefix, by the chain in force when the cause first held
     */
    public record ExplainedCause(Explanation explanation, Communities required) {}

    /**
     * A hop without the prefix.
     *
     * @param certain when, for the reason of this gap
     * @param lost when its table lost it; empty: it had not had it before, as far as is known
     * @param back when its table had it again; empty: not as far as is known and told
     */
    public record HopLoss(HopId hop, TimeSpans certain, Optional<Bounds> lost, Optional<Bounds> back) {
        static HopLoss of(HopId hop, TimeSpans certain, RouteHistory history, Cut cut) {
            if (certain.isEmpty()) {
                return new HopLoss(hop, certain, Optional.empty(), Optional.empty());
            }
            var first = certain.spans().getFirst().from();
            var last = certain.spans().getLast().from();
            var lost = history.eventsUpTo(first).reversed().stream()
                    .filter(event -> history.isUsableBefore(event) && !history.isUsableAfter(event))
                    .findFirst();
            var back = history.events().stream()
                    .filter(event -> event.bounds().atOrBefore().isAfter(last))
                    .filter(event -> !history.isUsableBefore(event) && history.isUsableAfter(event))
                    .findFirst();
            return new HopLoss(
                    hop,
                    certain,
                    lost.map(RouteEvent::bounds),
                    back.map(RouteEvent::bounds).filter(cut::has));
        }
    }

    static Communities required(Optional<ChainVersion> version, Prefix prefix, Explanation explanation, Instant at) {
        var way = explanation.at();
        return version.stream()
                .flatMap(inForce -> inForce.chain().edges().stream())
                .filter(edge -> way.unobserved().isEmpty())
                .filter(edge -> edge.upstream().equals(way.source())
                        && edge.downstream().equals(way.hop())
                        && edge.isThereAt(at))
                .findFirst()
                .map(edge -> edge.requires(prefix))
                .orElse(Communities.none());
    }

    /** Whether it had one of these causes at some time. */
    boolean hasAny(List<Cause> some) {
        return some.isEmpty()
                || causes.stream()
                        .anyMatch(cause -> some.contains(cause.explanation().cause()));
    }

    /** Whether it tells of one of these hops. */
    boolean concerns(Predicate<HopId> some) {
        return some.test(gap.hop()) || hops.stream().map(HopLoss::hop).anyMatch(some);
    }

    /** When a hop certainly lacked the prefix for this reason. */
    public TimeSpans at(HopId hop) {
        return hops.stream()
                .filter(loss -> loss.hop().equals(hop))
                .findFirst()
                .map(HopLoss::certain)
                .orElse(TimeSpans.none());
    }
}
