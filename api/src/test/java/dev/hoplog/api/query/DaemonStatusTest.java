package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.history.IdentityChange;
import dev.hoplog.api.query.DaemonStatus.Place;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the log of a world leads to in the list of hops. */
class DaemonStatusTest {
    private static final RibId SESSIONS = rib("lab", "solwk02/bird/master", View.SESSIONS);
    private static final RibId OTHER_FAMILY =
            RibId.of("lab", SESSIONS.hop(), AddressFamily.IPV4_UNICAST, View.SESSIONS);
    private static final RibId TABLE = rib("solwk02/bird/master");

    private final World world = new World(2);

    private static DaemonState daemon(String routerId) {
        return daemon(Optional.of(routerId), Optional.of(65001L), 0);
    }

    private static DaemonState daemon(Optional<String> routerId, Optional<Long> asn, long configuredAt) {
        return new DaemonState(
                Optional.of("BIRD 2.0.12"),
                routerId,
                asn,
                Optional.empty(),
                Optional.of(new ChangeStamp(ChangeStamp.Kind.TIME, configuredAt, configuredAt)));
    }

    private DaemonStatus status() throws Exception {
        var answer = new HopStatus(Projected.all(world)).ask("lab", "", Duration.ofSeconds(10));
        return Objects.requireNonNull(answer.daemons().get(Place.of(SESSIONS)));
    }

    private IdentityChange change() throws Exception {
        return status().lastIdentityChange().orElseThrow();
    }

    @Test
    void aDaemonThatIsWhatItWasIsNotFlagged() throws Exception {
        world.scrape(SESSIONS, at(0), daemon("10.0.0.1"))
                .scrape(SESSIONS, at(5), daemon(Optional.of("10.0.0.1"), Optional.of(65001L), 4_000_000));

        var status = status();

        assertThat(status.lastIdentityChange()).isEmpty();
        assertThat(status.lastRestart()).isEmpty();
        assertThat(status.said().orElseThrow().reconfiguredAt().orElseThrow().earliest())
                .isEqualTo(4_000_000);
    }

    @Test
    void anotherRouterIdStaysFlaggedHoweverOftenTheDaemonIsConfiguredLater() throws Exception {
        world.scrape(SESSIONS, at(0), daemon("10.0.0.1")).scrape(SESSIONS, at(5), daemon("10.0.0.9"));
        for (int i = 1; i < 20; i++) {
            world.scrape(SESSIONS, at(5 * i + 5), daemon(Optional.of("10.0.0.9"), Optional.of(65001L), 1_000_000L * i));
        }

        assertThat(change())
                .isEqualTo(new IdentityChange(
                        SESSIONS, daemon("10.0.0.1"), daemon("10.0.0.9"), Bounds.between(at(0), at(5))));
    }

    @Test
    void anotherAsNumberIsAnotherIdentityAndTheLastChangeIsTold() throws Exception {
        world.scrape(SESSIONS, at(0), daemon("10.0.0.1"))
                .scrape(SESSIONS, at(5), daemon("10.0.0.9"))
                .scrape(SESSIONS, at(10), daemon(Optional.of("10.0.0.9"), Optional.of(65002L), 0));

        assertThat(change().bounds()).isEqualTo(Bounds.between(at(5), at(10)));
        assertThat(change().after().localAsn()).contains(65002L);
    }

    @Test
    void whoComesBackAsAnotherChangedSinceItWasLastThere() throws Exception {
        world.scrape(SESSIONS, at(0), daemon("10.0.0.1"))
                .scrape(SESSIONS, at(5), daemon("10.0.0.1"))
                .scrape(SESSIONS, at(10))
                .scrape(SESSIONS, at(15))
                .scrape(SESSIONS, at(20), daemon("10.0.0.9"));

        assertThat(change().bounds()).isEqualTo(Bounds.between(at(5), at(20)));
    }

    @Test
    void whatADaemonDoesNotSayIsNoOtherIdentity() throws Exception {
        world.scrape(SESSIONS, at(0), daemon("10.0.0.1"))
                .scrape(SESSIONS, at(5), daemon(Optional.empty(), Optional.empty(), 0))
                .scrape(SESSIONS, at(10), daemon("10.0.0.1"));
        assertThat(status().lastIdentityChange()).isEmpty();

        world.scrape(SESSIONS, at(15), daemon(Optional.empty(), Optional.empty(), 0))
                .scrape(SESSIONS, at(20), daemon("10.0.0.9"));
        assertThat(change().bounds()).isEqualTo(Bounds.between(at(10), at(20)));
    }

    @Test
    void aDaemonThatIsGoneSaysNothingAndWhatItDidIsStillTold() throws Exception {
        world.scrape(SESSIONS, at(0), daemon("10.0.0.1"))
                .scrape(SESSIONS, at(5), daemon("10.0.0.9"))
                .scrape(SESSIONS, at(10));

        assertThat(status().said()).isEmpty();
        assertThat(change().bounds()).isEqualTo(Bounds.between(at(0), at(5)));
    }

    @Test
    void ofTwoFamiliesThatOneIsToldWhichSawTheOldStateLast() throws Exception {
        world.scrape(SESSIONS, at(0), daemon("10.0.0.1"))
                .scrape(OTHER_FAMILY, at(3), daemon("10.0.0.1"))
                .scrape(SESSIONS, at(5), daemon("10.0.0.9"))
                .scrape(OTHER_FAMILY, at(8), daemon("10.0.0.9"));

        assertThat(change().rib()).isEqualTo(OTHER_FAMILY);
        assertThat(change().bounds()).isEqualTo(Bounds.between(at(3), at(8)));
    }

    @Test
    void theLastRestartThatAnyTableProvesIsTold() throws Exception {
        world.scrape(TABLE, at(0))
                .scrape(SESSIONS, at(0), daemon("10.0.0.1"))
                .restart(TABLE, at(20), at(25))
                .restart(SESSIONS, at(0), at(5))
                .restart(TABLE, at(1), at(4));

        var restart = status().lastRestart().orElseThrow();

        assertThat(restart.rib()).isEqualTo(TABLE);
        assertThat(restart.bounds()).isEqualTo(Bounds.between(at(20), at(25)));
    }
}
