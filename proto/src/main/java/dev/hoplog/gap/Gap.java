package dev.hoplog.gap;

import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.TimeSpans;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;

/**
 * A stretch of time in which a hop should have had a prefix and had not, or not in every way, or had it and should not.
 *
 * @param id the same for the same gap, whoever finds it and whenever
 * @param hop the first one that lacks it, or that has what its kind says
 * @param brokenFrom where it got lost: one for each way on which it should have come, in the order in which they came up,
 *     and from when on; at least one
 * @param opened when: the later of the two things that it takes, the source having the prefix and the hop lacking it
 * @param ending empty: it is open as far as is known
 * @param certain when it is certain that the gap was there
 * @param affected the hops behind that lack the prefix for this reason, and when that is certain
 * @param chainVersion by which version of the chain it opened
 * @param suspensions when it was not known whether it lasts, ascending
 * @param clocks on which its bounds were read: those of its hop and of the sources
 */
public record Gap(
        Id id,
        Kind kind,
        Prefix prefix,
        HopId hop,
        SequencedMap<Break, Instant> brokenFrom,
        Bounds opened,
        Optional<Ending> ending,
        TimeSpans certain,
        SortedMap<HopId, TimeSpans> affected,
        Id chainVersion,
        List<Suspension> suspensions,
        Set<ScraperClock> clocks) {
    /** What is wrong. */
    public enum Kind {
        /** A source has the prefix, and the hop does not. */
        MISSING,
        /** The only possible source is not observed, the session to it is proven down, and the hop has lost the prefix. */
        SOURCE_LOST,
        /** The hop has the prefix over one edge, and not over another that should bring it too: redundancy is lost. */
        DEGRADED,
        /** The hop still has the prefix from where it is no more. */
        STALE;

        /** Whether the hop lacks the prefix. */
        public boolean isLoss() {
            return this == MISSING || this == SOURCE_LOST;
        }
    }

    /** How a gap ends. */
    public enum End {
        /** The hop has the prefix; degraded: over that edge as well; stale: it has it no more. */
        RESTORED,
        /** On each way another hop lacks it too, or should not pass it on; stale: a source has it again. */
        MOOT
    }

    public record Ending(End end, Bounds bounds) {}

    public Gap {
        brokenFrom = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(brokenFrom));
        if (brokenFrom.isEmpty()) {
            throw new IllegalArgumentException("a gap at " + hop + " without a break");
        }
        suspensions = List.copyOf(suspensions);
        clocks = Set.copyOf(clocks);
    }

    public List<Break> breaks() {
        return List.copyOf(brokenFrom.keySet());
    }

    /** Whether it had opened before another did, whichever of their clocks is off. */
    public boolean isOpenedBefore(Gap other) {
        var latest = opened.atOrBefore().plus(clockErrorBeside(other));
        return other.opened.after().filter(after -> !after.isBefore(latest)).isPresent();
    }

    /** By how much times of the two may be apart beyond what they say. */
    Duration clockErrorBeside(Gap other) {
        return clocks.stream()
                .flatMap(clock -> other.clocks.stream().map(clock::errorBeside))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    @Override
    public String toString() {
        return kind + " " + prefix + " at " + hop + " " + breaks() + " opened " + opened
                + ending.map(e -> " " + e.end() + " " + e.bounds()).orElse(" open") + " affected " + affected.keySet();
    }
}
