package dev.hoplog.gap;

import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is certain at an instant of why a prefix does not get over a break.
 *
 * @param required communities, by the edge
 * @param lacking those of them that the route was seen without; empty: none of the tables shows that
 * @param onward hops that use the route although it is not installed
 * @param maybeOnward hops of which it is not known whether they do
 */
public record Finding(
        Cause cause,
        List<Evidence> evidence,
        Communities required,
        Optional<Communities> lacking,
        SortedSet<HopId> onward,
        SortedSet<HopId> maybeOnward) {
    public static final Finding NOTHING = of(Cause.UNKNOWN, List.of());

    public Finding {
        evidence = List.copyOf(evidence);
        onward = Collections.unmodifiableSortedSet(new TreeSet<>(onward));
        maybeOnward = Collections.unmodifiableSortedSet(new TreeSet<>(maybeOnward));
    }

    static Finding of(Cause cause, List<Evidence> evidence) {
        return of(cause, evidence, Communities.none(), Optional.empty());
    }

    static Finding of(Cause cause, List<Evidence> evidence, Communities required, Optional<Communities> lacking) {
        return new Finding(
                cause, evidence, required, lacking, Collections.emptySortedSet(), Collections.emptySortedSet());
    }

    /** What was said. */
    public static Finding of(GapEvent.Explained said) {
        return new Finding(
                said.cause(),
                said.evidence(),
                said.lacking(),
                Optional.of(said.lacking()),
                said.onward(),
                Collections.emptySortedSet());
    }

    /** To be said of a break of a gap, from an instant on. */
    public GapEvent.Explained from(Id gap, Break way, Instant from) {
        return new GapEvent.Explained(gap, way, cause, from, evidence, lackingOrNone(), onward);
    }

    /** What is said, without what proves it. */
    public Finding unproven() {
        return new Finding(cause, List.of(), required, lacking, onward, maybeOnward);
    }

    /** None also where nothing shows it. */
    public Communities lackingOrNone() {
        return lacking.orElse(Communities.none());
    }

    /**
     * What is to be said of a break from now on; empty: it is said already, or there is nothing to say yet. That no cause is
     * proven is said where one was, and not first: it may only be too young.
     *
     * @param said last; empty: nothing was
     */
    public Optional<Finding> newsAfter(Optional<Finding> said) {
        return said.map(last -> cause == last.cause ? beside(last) : this)
                .or(() -> Optional.of(this))
                .filter(now -> said.map(last -> !now.saysTheSameAs(last)).orElse(cause != Cause.UNKNOWN));
    }

    /**
     * The same cause goes on: that nothing shows what else was said of it takes nothing back, but what another chain does not
     * require is not lacking any more.
     */
    private Finding beside(Finding said) {
        var still = new TreeSet<>(said.onward);
        still.retainAll(maybeOnward);
        still.addAll(onward);
        return new Finding(
                cause,
                evidence,
                required,
                lacking.or(() -> said.lacking().map(known -> known.among(required))),
                still,
                Collections.emptySortedSet());
    }

    boolean saysTheSameAs(Finding other) {
        return cause == other.cause && lackingOrNone().equals(other.lackingOrNone()) && onward.equals(other.onward);
    }
}
