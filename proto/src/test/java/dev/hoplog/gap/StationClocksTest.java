package dev.hoplog.gap;

import static dev.hoplog.gap.KnownTables.rib;
import static dev.hoplog.gap.StationsTest.LEAF;
import static dev.hoplog.gap.StationsTest.LEAF_PEER;
import static dev.hoplog.gap.StationsTest.RECEIVED;
import static dev.hoplog.gap.StationsTest.SENT;
import static dev.hoplog.gap.StationsTest.SESSIONS;
import static dev.hoplog.gap.StationsTest.SPINE_PEER;
import static dev.hoplog.gap.StationsTest.TAKEN;
import static dev.hoplog.gap.StationsTest.best;
import static dev.hoplog.gap.StationsTest.broken;
import static dev.hoplog.gap.StationsTest.causes;
import static dev.hoplog.gap.StationsTest.explained;
import static dev.hoplog.gap.StationsTest.fromSpine;
import static dev.hoplog.gap.StationsTest.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the stations of an edge prove that are read at different times, or by different scrapers. */
class StationClocksTest {
    private static final ScraperClock ANOTHER = new ScraperClock("another", Duration.ofSeconds(3));

    @Test
    void shouldWaitForAsLongAsClocksMayBeApart() {
        var tables = broken().without(SENT).has(SENT, best());
        tables.readBy(RECEIVED, ANOTHER).readBy(TAKEN, ANOTHER);
        assertThat(causes(tables)).isEqualTo(Map.of(Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED, 13L));

        tables.without(RECEIVED).has(RECEIVED, used()).withdrawn(RECEIVED, 35, 40);
        assertThat(causes(tables))
                .isEqualTo(Map.of(Cause.REJECTED_ON_IMPORT, 13L, Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED, 43L));
    }

    @Test
    void shouldNotSayOfASessionThatOneEndHasGivenUpWhatIsNotReceivedOverIt() {
        var sessions = rib(LEAF, View.SESSIONS);
        var tables = broken().without(SENT).without(RECEIVED).without(TAKEN);
        tables.has(SENT, best())
                .has(TAKEN, used())
                .withdrawn(TAKEN, 30, 41)
                .has(RECEIVED, used())
                .withdrawn(RECEIVED, 30, 42)
                .holds(sessions, KnownTables.session(SPINE_PEER, SessionState.ESTABLISHED))
                .turns(sessions, 30, 45, KnownTables.session(SPINE_PEER, SessionState.ACTIVE));
        List.of(TAKEN, RECEIVED, sessions).forEach(table -> tables.readBy(table, ANOTHER));

        assertThat(causes(tables)).isEqualTo(Map.of(Cause.SESSION_DOWN, 48L));
    }

    @Test
    void shouldNotSayThatItWasRejectedWhereOnlyClocksMakeTheTableEarlier() {
        var tables = broken().without(SENT).without(RECEIVED).without(TAKEN);
        tables.has(SENT, best())
                .has(TAKEN, fromSpine().build())
                .withdrawn(TAKEN, 39, 40)
                .has(RECEIVED, used())
                .withdrawn(RECEIVED, 41, 42)
                .readBy(TAKEN, ANOTHER);

        assertThat(causes(tables).keySet())
                .containsExactlyInAnyOrder(Cause.NEXT_HOP_UNREACHABLE, Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED);
    }

    @Test
    void shouldShowOfEachTimeWhatProvesIt() {
        var ofLeaf = rib(LEAF, View.SESSIONS);
        var tables = broken().without(SENT).without(RECEIVED).without(SESSIONS);
        tables.holds(ofLeaf, KnownTables.session(SPINE_PEER, SessionState.ACTIVE))
                .turns(ofLeaf, 38, 40, KnownTables.session(SPINE_PEER, SessionState.ESTABLISHED))
                .holds(SESSIONS, KnownTables.session(LEAF_PEER, SessionState.ESTABLISHED))
                .turns(SESSIONS, 58, 60, KnownTables.session(LEAF_PEER, SessionState.ACTIVE));

        assertThat(explained(tables))
                .extracting(Explanation::cause, why -> why.evidence().getFirst().rib())
                .containsExactly(tuple(Cause.SESSION_DOWN, ofLeaf), tuple(Cause.SESSION_DOWN, SESSIONS));
    }
}
