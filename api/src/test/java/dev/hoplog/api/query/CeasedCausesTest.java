package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Database;
import dev.hoplog.api.SaidOfGaps;
import dev.hoplog.api.projector.GapProjection;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.GapEntry;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.wire.GapCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A cause that is not proven any more while its gap goes on: in what the log says of it, and in a timeline. */
class CeasedCausesTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Id GAP = new Id(0, 1);
    private static final Prefix POD = Prefix.parse(SaidOfGaps.POD);
    private static final Break WAY = way("pve03/frr/main");
    private static final Break OTHER = way("pve01/frr/main");

    private static Break way(String source) {
        return new Break(List.of(HopId.parse(source), HopId.parse("pve02/frr/main")));
    }

    private static GapEntry explained(Break at, Cause cause, int second) {
        return said(new GapEvent.Explained(GAP, at, cause, at(second), List.of(), Communities.none(), new TreeSet<>()));
    }

    private static GapEntry said(GapEvent event) {
        return GapCodec.entry("lab", POD, event);
    }

    private static final List<GapEntry> LOG = List.of(
            said(new GapEvent.Opened(
                    GAP, Gap.Kind.MISSING, List.of(WAY, OTHER), Bounds.between(at(5), at(10)), at(10), new Id(1, 1))),
            explained(WAY, Cause.SESSION_DOWN, 15),
            explained(OTHER, Cause.UNKNOWN, 16),
            explained(WAY, Cause.UNKNOWN, 20),
            explained(WAY, Cause.NOT_EXPORTED, 30),
            explained(WAY, Cause.UNKNOWN, 40));

    private static FinalGaps projected(DataSource dataSource, int to) throws Exception {
        var projection = new GapProjection(dataSource);
        int from = (int) projection.position(0, 0);
        projection.write(SaidOfGaps.batch(from, LOG.subList(from, to)));
        return new FinalGaps(dataSource, LIMIT);
    }

    private static Scope anything() {
        return new Scope("lab", "", Optional.empty(), Scope.allViews());
    }

    @Test
    void theLogsWordThatNothingIsProvenShouldSayWhatWas() throws Exception {
        var gaps = projected(Database.fresh(), LOG.size());

        assertThat(gaps.said(anything(), SaidOfGaps.batch(0, LOG)).orElseThrow().values())
                .extracting(FinalGaps.Said::ceased)
                .containsExactly(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Cause.SESSION_DOWN),
                        Optional.empty(),
                        Optional.of(Cause.NOT_EXPORTED));
    }

    @Test
    void anOpenGapShouldSayWhatIsNotProvenAnyMore() throws Exception {
        var dataSource = Database.fresh();
        assertThat(ceased(dataSource, 3)).as("both hold, or were never known").isEmpty();
        assertThat(ceased(dataSource, 4)).isEqualTo(Map.of(WAY, Cause.SESSION_DOWN));
        assertThat(ceased(dataSource, 5)).as("another holds").isEmpty();
        assertThat(ceased(dataSource, 6)).isEqualTo(Map.of(WAY, Cause.NOT_EXPORTED));
    }

    private static Map<Break, Cause> ceased(DataSource dataSource, int to) throws Exception {
        projected(dataSource, to);
        var open = new ArrayList<FinalGaps.Open>();
        try (var transaction = ReadTransaction.begin(dataSource, LIMIT)) {
            FinalGaps.open(transaction, anything(), open::add);
        }
        assertThat(open).hasSize(1);
        return open.getFirst().ceased();
    }

    private static Explanation explanation(Break at, Cause cause, TimeSpan... when) {
        return new Explanation(at, cause, TimeSpans.of(when), List.of(), Communities.none(), new TreeSet<>());
    }

    private static TimeSpan span(int from, int to) {
        return new TimeSpan(at(from), at(to));
    }

    /** The turns of a gap that is certain from 10 to 50, and not from 30 to 35. */
    private static List<String> turns(Explanation... explanations) {
        var broken = new LinkedHashMap<Break, Instant>();
        broken.put(WAY, at(10));
        var gap = new Gap(
                GAP,
                Gap.Kind.MISSING,
                POD,
                WAY.hop(),
                broken,
                Bounds.between(at(5), at(10)),
                Optional.empty(),
                TimeSpans.of(span(10, 30), span(35, 50)),
                new TreeMap<>(),
                new Id(1, 1),
                List.of(),
                Set.of());
        var causes = Stream.of(explanations)
                .map(one -> new ExplainedGap.ExplainedCause(one, Communities.none()))
                .toList();
        var explained = new ExplainedGap(
                gap, causes, List.of(), List.of(), ExplainedGap.Finality.FINAL, List.of(), Optional.empty());
        return Timeline.Entry.GapTurned.of("lab", explained).stream()
                .filter(turned -> turned.turn() == Timeline.Entry.GapTurned.Turn.EXPLAINED)
                .map(turned -> turned.cause().orElseThrow().explanation().cause() + " "
                        + Duration.between(at(0), turned.time()).toSeconds())
                .toList();
    }

    @Test
    void aTimelineShouldTellACauseAgainThatIsProvenAgain() {
        assertThat(turns(explanation(WAY, Cause.SESSION_DOWN, span(12, 20), span(25, 28), span(36, 50))))
                .containsExactly("SESSION_DOWN 12", "SESSION_DOWN 25", "SESSION_DOWN 36");
        assertThat(turns(
                        explanation(WAY, Cause.SESSION_DOWN, span(12, 20), span(25, 30)),
                        explanation(WAY, Cause.NOT_EXPORTED, span(20, 25))))
                .containsExactly("SESSION_DOWN 12", "SESSION_DOWN 25", "NOT_EXPORTED 20");
    }

    @Test
    void aTimelineShouldNotTellACauseAgainThatAGapHadBeforeItWasSuspended() {
        assertThat(turns(explanation(WAY, Cause.SESSION_DOWN, span(12, 30), span(35, 50))))
                .containsExactly("SESSION_DOWN 12");
    }
}
