package dev.hoplog.gap;

import static dev.hoplog.gap.KnownTables.at;
import static dev.hoplog.gap.KnownTables.rib;
import static dev.hoplog.gap.TwoSpines.HOST;
import static dev.hoplog.gap.TwoSpines.KERNEL;
import static dev.hoplog.gap.TwoSpines.LEAF;
import static dev.hoplog.gap.TwoSpines.best;
import static dev.hoplog.gap.TwoSpines.from;
import static dev.hoplog.gap.TwoSpines.gaps;
import static dev.hoplog.gap.TwoSpines.ground;
import static dev.hoplog.gap.TwoSpines.healthy;
import static dev.hoplog.gap.TwoSpines.installed;
import static dev.hoplog.gap.TwoSpines.loc;
import static dev.hoplog.gap.TwoSpines.ofHop;
import static dev.hoplog.gap.TwoSpines.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A kernel lacks a prefix that its daemon has, while others go on to send there what is for it. */
class BlackHoleTest {
    private static KnownTables notInstalled() {
        return healthy().without(rib(KERNEL, View.FIB)).lacks(rib(KERNEL, View.FIB));
    }

    @Test
    void shouldTellABlackHoleWhereAPeerUsesWhatIsNotInstalled() {
        var tables = notInstalled();

        var gap = gaps(tables).getFirst();
        assertThat(gaps(tables)).hasSize(1);
        assertThat(gap.hop()).isEqualTo(KERNEL);
        assertThat(Explainer.explain(ground(tables), gap)).singleElement().satisfies(why -> {
            assertThat(why.cause()).isEqualTo(Cause.NOT_INSTALLED);
            assertThat(why.onward()).containsExactly(HOST);
            assertThat(why.evidence()).extracting(Evidence::rib).contains(loc(HOST));
        });
    }

    @Test
    void shouldTellABlackHoleThatBeginsLater() {
        var tables = notInstalled();
        tables.without(loc(HOST)).appears(loc(HOST), 45, 50, from(LEAF));

        var told = Explainer.explain(ground(tables), ofHop(KERNEL, gaps(tables)).getFirst());
        assertThat(told).extracting(Explanation::cause).containsOnly(Cause.NOT_INSTALLED);
        assertThat(told.getFirst().onward()).isEmpty();
        assertThat(told.getLast().onward()).containsExactly(HOST);
        assertThat(told.getLast().evidence()).extracting(Evidence::rib).contains(loc(HOST));
    }

    @Test
    void shouldTellWhenABlackHoleEnds() {
        var tables = notInstalled().withdrawn(loc(HOST), 60, 65);

        assertThat(Explainer.explain(ground(tables), ofHop(KERNEL, gaps(tables)).getFirst()))
                .extracting(Explanation::cause, why -> List.copyOf(why.onward()))
                .containsExactly(tuple(Cause.NOT_INSTALLED, List.of(HOST)), tuple(Cause.NOT_INSTALLED, List.of()));
    }

    @Test
    void shouldNotTellABlackHoleThatClocksMayOnlySeemToMake() {
        var tables = healthy()
                .without(rib(KERNEL, View.FIB))
                .appears(rib(KERNEL, View.FIB), 39, 41, installed("bgp"))
                .without(loc(HOST))
                .appears(loc(HOST), 36, 38, from(LEAF))
                .readBy(loc(HOST), new ScraperClock("another", Duration.ofSeconds(8)));

        assertThat(Explainer.explain(ground(tables), ofHop(KERNEL, gaps(tables)).getFirst()))
                .allMatch(why -> why.onward().isEmpty());
    }

    @Test
    void shouldNotTellABlackHoleWhereThePeerUsesAnotherWay() {
        var tables = notInstalled().without(loc(HOST)).has(loc(HOST), best().build());

        assertThat(Explainer.explain(ground(tables), gaps(tables).getFirst())
                        .getFirst()
                        .onward())
                .isEmpty();
    }

    @Test
    void shouldNotEndABlackHoleWhereNobodyLooked() {
        var tables = notInstalled().unseen(loc(HOST), 40, 60);

        assertThat(Explainer.explain(ground(tables), ofHop(KERNEL, gaps(tables)).getFirst()))
                .singleElement()
                .satisfies(why -> {
                    assertThat(why.onward()).containsExactly(HOST);
                    assertThat(why.when()).isEqualTo(TimeSpans.of(TimeSpan.closed(at(10), at(100))));
                });
    }

    @Test
    void shouldNotEndABlackHoleWhileOtherThingsOfTheRouteChange() {
        var tables = notInstalled()
                .turns(loc(HOST), 40, 60, best().from(peer(LEAF)).med(5).build())
                .readBy(loc(HOST), new ScraperClock("another", Duration.ofSeconds(8)));

        assertThat(Explainer.explain(ground(tables), ofHop(KERNEL, gaps(tables)).getFirst()))
                .singleElement()
                .satisfies(why -> assertThat(why.onward()).containsExactly(HOST));
    }
}
