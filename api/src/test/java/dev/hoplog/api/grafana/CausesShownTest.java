package dev.hoplog.api.grafana;

import static dev.hoplog.api.World.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Database;
import dev.hoplog.api.SaidOfGaps;
import dev.hoplog.api.projector.GapProjection;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.GapEntry;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.wire.GapCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the causes that were said of a gap the dashboard shows: while it is open, and when it is over. */
class CausesShownTest {
    private static final Break WAY = way("pve03/frr/main");
    private static final Break OTHER = way("pve01/frr/main");
    private static DataSource dataSource;
    private static int gaps;

    @BeforeAll
    static void project() throws Exception {
        dataSource = Database.fresh();
        new GapProjection(dataSource).position(0, 0);
    }

    private static Break way(String source) {
        return new Break(List.of(HopId.parse(source), HopId.parse("pve02/frr/main")));
    }

    /** A gap of two breaks, at each of which causes were said one after the other, a second apart. */
    private static Id gap(List<Cause> causes, List<Cause> others, boolean hasEnded) throws Exception {
        var gap = new Id(0, ++gaps);
        var prefix = "fd00:" + gaps + "::/64";
        var log = new ArrayList<GapEntry>();
        log.add(said(
                prefix,
                new GapEvent.Opened(
                        gap,
                        Gap.Kind.MISSING,
                        List.of(WAY, OTHER),
                        Bounds.between(at(100 * gaps), at(100 * gaps + 5)),
                        at(100 * gaps + 5),
                        new Id(1, 1))));
        for (int i = 0; i < causes.size(); i++) {
            log.add(said(prefix, explained(gap, WAY, causes.get(i), i)));
        }
        for (int i = 0; i < others.size(); i++) {
            log.add(said(prefix, explained(gap, OTHER, others.get(i), i + 20)));
        }
        if (hasEnded) {
            var ended = Bounds.between(at(100 * gaps + 60), at(100 * gaps + 65));
            log.add(said(prefix, new GapEvent.Closed(gap, Gap.End.RESTORED, ended)));
        }
        var projection = new GapProjection(dataSource);
        projection.write(SaidOfGaps.batch(projection.position(0, 0), log));
        return gap;
    }

    private static GapEntry said(String prefix, GapEvent event) {
        return GapCodec.entry("lab", Prefix.parse(prefix), event);
    }

    private static GapEvent explained(Id gap, Break at, Cause cause, int after) {
        return new GapEvent.Explained(
                gap, at, cause, at(100 * gaps + 10 + after), List.of(), Communities.none(), new TreeSet<>());
    }

    private static List<Cause> causes(String names) {
        return names.isEmpty()
                ? List.of()
                : Arrays.stream(names.split(" ")).map(Cause::valueOf).toList();
    }

    private static String ask(String sql) throws Exception {
        try (var connection = dataSource.getConnection();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String shown(Id gap) throws Exception {
        return ask("SELECT cause FROM grafana_gaps WHERE gap_id = '" + gap.toString() + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SESSION_DOWN                                | session down",
                "SESSION_DOWN NOT_EXPORTED                   | not exported",
                "SESSION_DOWN UNKNOWN                        | not proven now (session down before)",
                "SESSION_DOWN UNKNOWN NOT_EXPORTED           | not exported",
                "SESSION_DOWN NOT_EXPORTED UNKNOWN           | not proven now (not exported before)",
                "UNKNOWN                                     | not explained yet",
                "''                                          | not explained yet"
            })
    void ofAnOpenGapWhatHoldsOrThatNothingIsProvenNow(String said, String shown) throws Exception {
        assertThat(shown(gap(causes(said), causes(said), false))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SESSION_DOWN                                | session down",
                "SESSION_DOWN NOT_EXPORTED                   | session down, not exported",
                "SESSION_DOWN UNKNOWN                        | session down",
                "SESSION_DOWN UNKNOWN NOT_EXPORTED UNKNOWN SESSION_DOWN | session down, not exported",
                "UNKNOWN                                     | unknown",
                "''                                          | not explained yet"
            })
    void ofAGapThatIsOverAllItsCausesAndUnknownOnlyWithoutAny(String said, String shown) throws Exception {
        assertThat(shown(gap(causes(said), causes(said), true))).isEqualTo(shown);
    }

    @Test
    void eachBreakIsToldOfByItself() throws Exception {
        assertThat(shown(gap(causes("SESSION_DOWN UNKNOWN"), causes("UNKNOWN"), true)))
                .isEqualTo("session down, unknown");
        assertThat(shown(gap(causes("SESSION_DOWN"), causes(""), false))).isEqualTo("not explained yet, session down");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SESSION_DOWN UNKNOWN | true  | session down",
                "SESSION_DOWN UNKNOWN | false | session down",
                "UNKNOWN              | true  | unknown",
                "UNKNOWN              | false | not explained yet"
            })
    void anAnnotationHasTheCausesThatWereProven(String said, boolean hasEnded, String shown) throws Exception {
        gap(causes(said), List.of(), hasEnded);
        assertThat(ask("SELECT tags FROM grafana_incidents_annotations WHERE text LIKE '%fd00:" + gaps
                        + "::/64' AND title LIKE 'pve03%'"))
                .isEqualTo(shown);
    }
}
