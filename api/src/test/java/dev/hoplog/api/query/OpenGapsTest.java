package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.query.SmallChain.POD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.query.Lookup.Match;
import dev.hoplog.model.Prefix;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gap that is open where a prefix is looked up: in the small chain, pve02 and its kernel lose the pod from 60 to 120. */
class OpenGapsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final DataSource PROJECTED = SmallChain.projected(SmallChain.world());

    private static OpenGaps gaps(ChainSource chains, String prefix, Match match, String target, Optional<Instant> asOf)
            throws Exception {
        var question = new Lookup.Question("", Prefix.parse(prefix), match, target, asOf, 10);
        return new Lookup(PROJECTED, chains).ask(question, LIMIT).gaps();
    }

    @ParameterizedTest
    @CsvSource({
        "pve02, 61, 0",
        "pve02, 62, 1",
        "pve02, 121, 1",
        "pve02, 122, 0",
        "pve02/kernel/main, 62, 0",
        "pve02/kernel/main, 63, 1",
        "pve01, 90, 0",
        "'', 90, 1"
    })
    void shouldTellWhatIsOpenThenAtTheHopsThatLackThePrefix(String target, long second, int count) throws Exception {
        assertThat(gaps(SmallChain.source(), POD, Match.EXACT, target, Optional.of(at(second)))
                        .gaps())
                .hasSize(count);
    }

    @Test
    void shouldTellNoneOfTheEndOfWhatIsKnownIfAllIsBack() throws Exception {
        var open = gaps(SmallChain.source(), POD, Match.EXACT, "", Optional.empty());

        assertThat(open.gaps()).isEmpty();
        assertThat(open.unknownBecause()).isEmpty();
        assertThat(open.versions()).hasSize(1);
    }

    @Test
    void shouldLookForGapsOfAnExactMatchOnly() throws Exception {
        assertThat(gaps(SmallChain.source(), "fd00:101:224::/48", Match.MORE_SPECIFIC, "", Optional.of(at(90))))
                .isEqualTo(OpenGaps.NONE);
    }

    @Test
    void shouldSayWhyNoneIsKnown() throws Exception {
        assertThat(gaps(SmallChain.none(), POD, Match.EXACT, "", Optional.of(at(90)))
                        .unknownBecause())
                .isEqualTo("as far as the log is projected, no chain of network lab was published");
    }

    /** A migration has the log projected anew, and keeps the gaps, which come from a log of their own. */
    @Test
    void shouldNotSayThatNoChainWasPublishedWhereAGapWasFoundByOne() throws Exception {
        var database = SmallChain.projected(SmallChain.world());
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO gap (gap_id, network, prefix, hop, kind, opened_after, opened_at_or_before,"
                    + " certain_at, chain_version_id) VALUES (gen_random_uuid(), 'lab', '" + POD
                    + "', 'pve02/frr/main',"
                    + " 1, '-infinity', now(), now(), gen_random_uuid())");
        }
        var prefix = Prefix.parse(POD);

        var looked = new Lookup(database, SmallChain.none())
                .ask(new Lookup.Question("", prefix, Match.EXACT, "", Optional.empty(), 10), LIMIT);
        var traced = new Trace(database, SmallChain.none())
                .ask(new Trace.Question("", prefix, false, "", Optional.empty()), LIMIT);

        assertThat(looked.gaps().unknownBecause()).isEqualTo("the chain of network lab is not projected yet");
        assertThat(traced.chain().unknownBecause()).isEqualTo("the chain of network lab is not projected yet");
        assertThatThrownBy(() -> new Gaps(database, SmallChain.none()).ask(GapsTest.anything(), LIMIT))
                .isInstanceOf(QueryFailure.NotFound.class)
                .hasMessageStartingWith("the chain of network lab is not projected yet: ask again");
    }
}
