package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules alone, beside what really happened: everything that two successive readings could see is there, inside its
 * bounds, and nothing is there that did not happen.
 */
class TruthTest {
    @ParameterizedTest
    @EnumSource
    void shouldLogWhatHappenedAndNothingElse(Recording recording) throws Exception {
        var check = TruthCheck.of(recording, recording.log());

        assertThat(check.missing()).isEmpty();
        assertThat(check.invented()).isEmpty();
        assertThat(check.unread()).isEmpty();
        assertThat(check.unwatched()).allMatch(TruthTest::isLeftToItself);
        assertThat(check.checked())
                .as("changes that could be seen; fewer would mean that the test looks at nothing")
                .isEqualTo(recording.visibleChanges());
    }

    /** The observer did not ask what policies refuse, what the FRRs advertise to one another, nor GoBGP's neighbour. */
    private static boolean isLeftToItself(RibId rib) {
        return rib.view() == View.ADJ_RIB_IN_REJECTED
                || rib.view() == View.ADJ_RIB_OUT_REJECTED
                || (rib.view().isAdj() && rib.hop().daemon().equals("gobgp"))
                || (rib.view() == View.ADJ_RIB_OUT_POST
                        && rib.peer().orElseThrow().toString().startsWith("fd00:100::"));
    }
}
