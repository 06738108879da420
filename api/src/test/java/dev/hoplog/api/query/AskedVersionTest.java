package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.query.SmallChain.POD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.Timeline.Entry.GapTurned;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every answer that goes by a chain can be had by another version: here by one without the edge that broke. */
class AskedVersionTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Prefix PREFIX = Prefix.parse(POD);
    private static final DataSource PROJECTED = SmallChain.projected(SmallChain.world());

    /**
     * What an answer says along the chain.
     *
     * @param broken whether the edge that broke is told
     */
    private record Said(boolean broken, List<ChainVersion> versions) {}

    enum Asked {
        WHEN_STOPPED {
            @Override
            Said ask(Optional<Id> version) throws Exception {
                var answer = new WhenStopped(PROJECTED, SmallChain.source())
                        .ask(
                                new WhenStopped.Question("", PREFIX, "pve02", Optional.empty(), Window.open(), version),
                                LIMIT);
                return new Said(
                        answer.hops().stream()
                                .anyMatch(hop -> hop.broken().gap().isPresent()),
                        answer.versions());
            }
        },
        TIMELINE {
            @Override
            Said ask(Optional<Id> version) throws Exception {
                var answer = new Timeline(PROJECTED, SmallChain.source())
                        .ask(new Timeline.Question("", PREFIX, "", Window.open(), 1_000, version), LIMIT);
                return new Said(answer.entries().stream().anyMatch(GapTurned.class::isInstance), answer.versions());
            }
        },
        LOOKUP {
            @Override
            Said ask(Optional<Id> version) throws Exception {
                var question =
                        new Lookup.Question("", PREFIX, Lookup.Match.EXACT, "", Optional.of(at(90)), 10, version);
                var gaps = new Lookup(PROJECTED, SmallChain.source())
                        .ask(question, LIMIT)
                        .gaps();
                return new Said(!gaps.gaps().isEmpty(), gaps.versions());
            }
        },
        TRACE {
            @Override
            Said ask(Optional<Id> version) throws Exception {
                var question = new Trace.Question("", PREFIX, false, "", Optional.of(at(90)), version);
                var chain = new Trace(PROJECTED, SmallChain.source())
                        .ask(question, LIMIT)
                        .chain();
                return new Said(
                        chain.edges().stream()
                                .anyMatch(edge -> edge.edge().downstream().equals(SmallChain.PVE02)),
                        chain.versions());
            }
        },
        REPORT {
            @Override
            Said ask(Optional<Id> version) throws Exception {
                var answer = new Report(PROJECTED, SmallChain.source())
                        .ask(new Report.Question("", Optional.of(PREFIX), "pve02", Window.open(), version), LIMIT);
                return new Said(
                        !answer.incidents().incidents().isEmpty()
                                || answer.timeline().entries().stream().anyMatch(GapTurned.class::isInstance)
                                || answer.stops().orElseThrow().hops().stream()
                                        .anyMatch(hop -> hop.broken().gap().isPresent()),
                        answer.incidents().versions());
            }
        };

        abstract Said ask(Optional<Id> version) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoByTheVersionInForceOrByTheOneAskedFor(Asked asked) throws Exception {
        var inForce = asked.ask(Optional.empty());
        assertThat(inForce.broken()).isTrue();
        assertThat(inForce.versions()).extracting(ChainVersion::id).containsExactly(SmallChain.FIRST);

        var corrected = asked.ask(Optional.of(SmallChain.CORRECTED));
        assertThat(corrected.broken()).isFalse();
        assertThat(corrected.versions()).extracting(ChainVersion::id).containsExactly(SmallChain.CORRECTED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAVersionThatWasNeverPublished(Asked asked) {
        assertThatThrownBy(() -> asked.ask(Optional.of(new Id(4, 2))))
                .isInstanceOf(QueryFailure.NotFound.class)
                .hasMessageContaining(new Id(4, 2).toString());
    }
}
