package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.SaidOfGaps;
import dev.hoplog.api.World;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.projector.GapProjection;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.gap.Suspension;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.wire.GapCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is not sure of a gap, and whether that will change. */
class GapStandingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static ExplainedGap only(DataSource dataSource, ChainSource source) throws Exception {
        var question = new Gaps.Question("", new Gaps.Of.All(), "", Window.open(), List.of(), Optional.empty(), 10);
        var gaps = new Gaps(dataSource, source).ask(question, LIMIT).gaps();
        assertThat(gaps).hasSize(1);
        return gaps.getFirst();
    }

    private static ExplainedGap only(World world) throws Exception {
        return only(SmallChain.projected(world), SmallChain.source());
    }

    /** The chain, as if published when it was. */
    private static ChainSource published(Instant when) {
        var version = new ChainVersion("lab", SmallChain.FIRST, Optional.empty(), when, SmallChain.chain());
        return new ChainSource() {
            @Override
            public ChainTimeline timeline(ReadTransaction transaction, String network) {
                return ChainTimeline.of(List.of(version));
            }

            @Override
            public Optional<ChainVersion> version(ReadTransaction transaction, String network, Id id) {
                return Optional.of(version).filter(known -> known.id().equals(id));
            }
        };
    }

    @Test
    void shouldSayWhenAGapWasSuspendedBecauseOfWhichHopAndWhyAndWhenItGoesOn() throws Exception {
        var gap = only(SmallChain.world(180, 80, 100));

        var table = rib(SmallChain.PVE02.toString());
        assertThat(gap.gap().suspensions()).singleElement().satisfies(suspension -> {
            assertThat(suspension.from()).isBetween(at(72), at(82));
            assertThat(suspension.resumed()).contains(at(102));
            assertThat(suspension.unobserved()).containsExactly(table);
        });
        assertThat(gap.suspensions().getFirst().unobserved())
                .hasEntrySatisfying(
                        table,
                        spell -> assertThat(spell.last())
                                .hasValueSatisfying(
                                        mark -> assertThat(mark.reason()).isEqualTo(FailureReason.UNREACHABLE)));
    }

    @Test
    void shouldSayOfAGapThatIsNotSeenAgainThatItIsSuspended() throws Exception {
        assertThat(only(SmallChain.world(180, 80, 1_000)).gap()).satisfies(gap -> {
            assertThat(gap.ending()).isEmpty();
            assertThat(gap.suspensions()).extracting(Suspension::resumed).containsExactly(Optional.empty());
        });
    }

    /** After a suspension the cause has to last once more until it is proven. */
    @Test
    void aTimelineShouldHaveTheSuspensionInItsPlace() throws Exception {
        var question = new Timeline.Question("", Prefix.parse(SmallChain.POD), "pve02/frr/main", Window.open(), 1_000);
        var answer = new Timeline(SmallChain.projected(SmallChain.world(180, 80, 100)), SmallChain.source())
                .ask(question, LIMIT);

        assertThat(answer.entries())
                .filteredOn(Timeline.Entry.GapTurned.class::isInstance)
                .extracting(entry -> ((Timeline.Entry.GapTurned) entry).turn().name())
                .containsExactly("OPENED", "EXPLAINED", "SUSPENDED", "RESUMED", "EXPLAINED", "CLOSED");
    }

    /** Kept up to second 180, but for pve02's kernel, of which nothing is known after 30. */
    @Test
    void shouldNameTheHopsThatTheLogOfGapsWaitsFor() throws Exception {
        var world = new World(3);
        SmallChain.scrape(world, 180, 30);
        var gap = only(world);

        assertThat(gap.finality()).isEqualTo(ExplainedGap.Finality.PROVISIONAL);
        assertThat(gap.awaited()).containsExactly(SmallChain.KERNEL);
    }

    @Test
    void shouldNotCallProvisionalWhatWasOverWhenItsChainWasPublished() throws Exception {
        var dataSource = SmallChain.projected(SmallChain.world());

        assertThat(only(dataSource, published(at(60))).finality()).isEqualTo(ExplainedGap.Finality.PROVISIONAL);
        assertThat(only(dataSource, published(at(300))).finality()).isEqualTo(ExplainedGap.Finality.NOT_LOGGED);
    }

    /** The log of gaps goes forward in time. */
    @Test
    void shouldNotCallProvisionalWhatTheLogOfGapsHasPassedBy() throws Exception {
        var dataSource = SmallChain.projected(SmallChain.world());
        var gap = only(dataSource, SmallChain.source()).gap();
        var later = new GapEvent.Opened(
                new Id(0, 77),
                Gap.Kind.MISSING,
                gap.breaks(),
                gap.opened(),
                gap.certain().spans().getFirst().from().plusSeconds(1),
                gap.chainVersion());
        assertThat(only(dataSource, SmallChain.source()).finality()).isEqualTo(ExplainedGap.Finality.PROVISIONAL);

        var projection = new GapProjection(dataSource);
        projection.position(0, 0);
        projection.write(SaidOfGaps.batch(0, List.of(GapCodec.entry("lab", Prefix.parse(SmallChain.POD), later))));

        assertThat(only(dataSource, SmallChain.source()).finality()).isEqualTo(ExplainedGap.Finality.NOT_LOGGED);
    }
}
