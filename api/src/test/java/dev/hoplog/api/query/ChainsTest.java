package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.api.Database;
import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.verify.Verify;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.wire.ChainCodec;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class ChainsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final RibId PVE02 = rib("pve02/frr/main");
    private static final Prefix POD = Prefix.parse("fd00:101:224:3::/64");

    private int chains;

    private static ChainTimeline timeline(DataSource dataSource, String network) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, LIMIT)) {
            return Chains.of(transaction, network);
        }
    }

    private static Optional<ChainVersion> find(DataSource dataSource, ChainVersion version) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, LIMIT)) {
            return Chains.version(transaction, version.network(), version.id());
        }
    }

    private Chain otherChain() {
        return World.chain("n" + ++chains + "/frr/main");
    }

    private ChainVersion version(Optional<Instant> inForceFrom, int publishedAfterSeconds) {
        return ChainCodec.version("lab", inForceFrom, at(publishedAfterSeconds), otherChain());
    }

    @Test
    void shouldSayWhichVersionHeldWhenAndKeepThoseThatNeverHold() throws Exception {
        var first = version(Optional.empty(), 0);
        var corrected = version(Optional.empty(), 10);
        var second = version(Optional.of(at(20)), 20);
        var other = ChainCodec.version("site", Optional.empty(), at(30), otherChain());
        var dataSource = Projected.all(
                new World(2).publish(first).publish(corrected).publish(second).publish(other));

        var timeline = timeline(dataSource, "lab");
        assertThat(timeline.at(at(19))).contains(corrected);
        assertThat(timeline.at(at(20))).contains(second);
        assertThat(timeline(dataSource, "site").versions()).containsExactly(other);
        assertThat(timeline(dataSource, "elsewhere").isEmpty()).isTrue();
        assertThat(List.of(first, corrected, second))
                .allSatisfy(version -> assertThat(find(dataSource, version)).contains(version));
        assertThat(find(dataSource, version(Optional.empty(), 0))).isEmpty();
        assertThat(new Verify(dataSource).run()).isEmpty();
    }

    @Test
    void shouldLetAVersionHoldFromItsLastPublicationWhateverTheBatches() throws Exception {
        var right = version(Optional.empty(), 0);
        var wrong = version(Optional.empty(), 10);
        var again = ChainCodec.version("lab", Optional.empty(), at(20), right.chain());
        var world = new World(1).publish(right).publish(wrong).publish(again);
        for (int batch : Set.of(1, 3)) {
            var dataSource = Database.fresh();
            Projected.partition(dataSource, world, 0, batch);

            assertThat(timeline(dataSource, "lab").versions()).containsExactly(again);
            assertThat(find(dataSource, wrong)).contains(wrong);
        }
    }

    @Test
    void shouldFindAVersionThatIsNotWhatItsNameSays() throws Exception {
        var dataSource = Projected.all(new World(1).publish(version(Optional.empty(), 0)));
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE chain_version SET version_id = gen_random_uuid()");
        }

        assertThat(new Verify(dataSource).run())
                .singleElement()
                .satisfies(finding -> assertThat(finding.invariant()).contains("versions of a chain decode"));
    }

    private static ChainVersion renamed() {
        return ChainCodec.version(
                "lab", Optional.empty(), at(0), World.chain(PVE02.hop().toString(), "hv2"));
    }

    private static WhenStopped.Answer ask(World world, String target) throws Exception {
        var question = new WhenStopped.Question("lab", POD, target, Optional.empty(), Window.open());
        return new WhenStopped(Projected.all(world)).ask(question, LIMIT);
    }

    @Test
    void shouldKnowANodeByAnotherNameThatTheChainGivesIt() throws Exception {
        var world = new World(2).publish(renamed()).scrape(PVE02, at(0), usable(POD.toString()));

        for (var target : List.of("hv2", "hv2/frr/main")) {
            assertThat(ask(world, target).hops())
                    .extracting(hop -> hop.rib().hop())
                    .containsExactly(PVE02.hop());
        }
        assertThatExceptionOfType(QueryFailure.NotFound.class).isThrownBy(() -> ask(world, "hv3"));
    }

    /** Is told nothing. */
    private static final class Nobody implements CurrentState.Client {
        @Override
        public void header(CurrentState.Header header) {
            throw new AssertionError(header);
        }

        @Override
        public void table(CurrentState.Table table) {
            throw new AssertionError(table);
        }

        @Override
        public void openGap(FinalGaps.Open gap) {}

        @Override
        public void row(RouteEvent last) {
            throw new AssertionError(last);
        }
    }

    @Test
    void shouldNotWatchANodeByANameThatOnlyTheChainKnows() throws Exception {
        var dataSource = Projected.all(new World(2).publish(renamed()).scrape(PVE02, at(0), usable(POD.toString())));
        var scope = new Scope("lab", "hv2", Optional.empty(), Scope.allViews());

        assertThatExceptionOfType(QueryFailure.Invalid.class)
                .isThrownBy(() -> new CurrentState(dataSource).ask(scope, LIMIT, new Nobody()))
                .withMessageContaining("another name of pve02");
    }
}
