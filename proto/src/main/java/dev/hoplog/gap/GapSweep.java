package dev.hoplog.gap;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.Gap.End;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through time, from one instant at which something may turn to the next, and says what happens to the gaps of one
 * prefix. It is the one place that knows the rules: whole histories and the stream step through it alike.
 *
 * <pre>
 *   {@link Losses}    a hop lacks the prefix
 *   {@link Degraded}  a hop lacks one of the paths to it that it should have
 *   {@link Stale}     a hop has it from where it is no more
 * </pre>
 */
public final class GapSweep {
    /** Kinds that are there while something is so. */
    static final List<Condition> CONDITIONS = List.of(new Degraded(), new Stale());

    private final Ground ground;
    private final OpenGaps gaps;
    private final Lasting lasting;

    /**
     * @param open as the last step left them
     * @param doubts likewise
     */
    public GapSweep(Ground ground, Collection<OpenGap> open, Collection<Doubt> doubts) {
        this.ground = ground;
        this.gaps = new OpenGaps(open);
        this.lasting = new Lasting(ground, gaps, doubts);
    }

    public Collection<OpenGap> open() {
        return gaps.all();
    }

    /** What is neither certain nor proven not to be, or not for long enough. */
    public Collection<Doubt> doubts() {
        return lasting.doubts();
    }

    /** When a gap opens if nothing turns before. */
    public Optional<Instant> timer() {
        return gaps.timer();
    }

    /** Whether it is certain of a gap, from the last step to the next, that it is there. */
    public boolean isCertain(Id gap) {
        return gaps.isCertain(gap);
    }

    /** The hops that lack the prefix because of a gap, from the last step to the next. */
    public Set<HopId> affectedNow(Id gap) {
        return gaps.affectedNow(gap);
    }

    /** What happens at an instant. Steps must not leave out an instant at which something turns, nor the timer. */
    public List<GapEvent> step(Instant at) {
        var events = gaps.begin();
        ground.chainAt(at).ifPresentOrElse(inForce -> step(inForce, at), () -> {
            gaps.all().forEach(gap -> gaps.close(gap, End.MOOT, Moments.exactly(at)));
            lasting.forget();
        });
        return events;
    }

    private void step(ChainVersion inForce, Instant at) {
        var scene = Scene.at(ground, inForce, at);
        new Losses(scene, gaps).take();
        CONDITIONS.forEach(condition -> lasting.take(scene, condition));
    }
}
