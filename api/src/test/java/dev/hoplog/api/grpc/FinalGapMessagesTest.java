package dev.hoplog.api.grpc;

import static dev.hoplog.api.World.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.SaidOfGaps;
import dev.hoplog.api.query.ExplainedGap.ExplainedCause;
import dev.hoplog.api.query.FinalGaps;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.wire.GapCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FinalGapMessagesTest {
    private static final Prefix POD = Prefix.parse(SaidOfGaps.POD);
    private static final Break WAY = new Break(List.of(HopId.parse("pve03/frr/main"), HopId.parse("pve02/frr/main")));
    private static final FinalGaps.Head HEAD = new FinalGaps.Head(
            new Id(0, 1), Gap.Kind.MISSING, POD, WAY.hop(), Bounds.between(at(5), at(10)), new Id(1, 1));
    private static final ExplainedCause NOTHING = new ExplainedCause(
            new Explanation(
                    WAY,
                    Cause.UNKNOWN,
                    TimeSpans.of(new TimeSpan(at(20), Instant.MAX)),
                    List.of(),
                    Communities.none(),
                    new TreeSet<>()),
            Communities.none());

    private static dev.hoplog.v1.Cause ofEvent(Optional<Cause> ceased) {
        var said = new GapEvent.Explained(
                HEAD.id(), WAY, Cause.UNKNOWN, at(20), List.of(), Communities.none(), new TreeSet<>());
        return FinalGapMessages.event(
                        new FinalGaps.Said(HEAD, GapCodec.entry("lab", POD, said), Optional.of(NOTHING), ceased))
                .getExplanation()
                .getNotProvenAnyMore();
    }

    private static dev.hoplog.v1.Cause ofOpenGap(Map<Break, Cause> ceased) {
        return FinalGapMessages.open(new FinalGaps.Open(
                        HEAD, List.of(WAY), new TreeSet<>(), List.of(NOTHING), ceased, Optional.empty()))
                .getExplanations(0)
                .getNotProvenAnyMore();
    }

    @Test
    void shouldSayWhichCauseIsNotProvenAnyMore() {
        assertThat(ofEvent(Optional.of(Cause.SESSION_DOWN))).isEqualTo(dev.hoplog.v1.Cause.CAUSE_SESSION_DOWN);
        assertThat(ofOpenGap(Map.of(WAY, Cause.NOT_BEST))).isEqualTo(dev.hoplog.v1.Cause.CAUSE_NOT_BEST);
    }

    @Test
    void shouldSayNothingOfABreakThatHadNoCause() {
        assertThat(ofEvent(Optional.empty())).isEqualTo(dev.hoplog.v1.Cause.CAUSE_UNSPECIFIED);
        assertThat(ofOpenGap(Map.of())).isEqualTo(dev.hoplog.v1.Cause.CAUSE_UNSPECIFIED);
    }
}
