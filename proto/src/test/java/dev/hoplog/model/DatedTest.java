package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.model.Dated.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatedTest {
    private static final RibId ONE = rib("one");
    private static final RibId OTHER = rib("other");
    private static final ScraperClock CLOCK = new ScraperClock("a", Duration.ofSeconds(9));

    /**
     * Every pair of bounds in a world of seven instants, on clocks that are off by up to one tick each. The oracle lets
     * every change be anywhere in its bounds and every clock be off by all that it may.
     */
    @Test
    void shouldOrderAcrossTablesOnlyWhatNoTrueTimesCanReverse() {
        for (int error = 0; error <= 1; error++) {
            for (int otherError = 0; otherError <= 1; otherError++) {
                for (var a : spans()) {
                    for (var b : spans()) {
                        var first = new Dated(ONE, bounds(a), new ScraperClock("a", Duration.ofSeconds(error)));
                        var second = new Dated(OTHER, bounds(b), new ScraperClock("b", Duration.ofSeconds(otherError)));
                        assertThat(first.relativeTo(second))
                                .as("%s ±%d beside %s ±%d", a, error, b, otherError)
                                .isEqualTo(oracle(a, b, error + otherError));
                    }
                }
            }
        }
    }

    @Test
    void shouldNotWidenBetweenTablesOfOneScraper() {
        assertThat(new Dated(ONE, bounds(new Span(0, 2)), CLOCK)
                        .relativeTo(new Dated(OTHER, bounds(new Span(2, 3)), CLOCK)))
                .isEqualTo(Order.BEFORE);
        assertThat(new Dated(ONE, bounds(new Span(0, 3)), CLOCK)
                        .relativeTo(new Dated(OTHER, bounds(new Span(2, 4)), CLOCK)))
                .isEqualTo(Order.UNDECIDABLE);
    }

    @Test
    void shouldOrderWithinOneTableBySnapshots() {
        var early = new Dated(ONE, bounds(new Span(0, 3)), CLOCK);
        var late = new Dated(ONE, bounds(new Span(2, 4)), CLOCK);

        assertThat(early.relativeTo(late)).isEqualTo(Order.BEFORE);
        assertThat(late.relativeTo(early)).isEqualTo(Order.AFTER);
        assertThat(late.relativeTo(late)).isEqualTo(Order.UNDECIDABLE);
    }

    /** After, at or before; after -1 is open. */
    private record Span(int after, int atOrBefore) {}

    private static List<Span> spans() {
        var spans = new ArrayList<Span>();
        for (int after = -1; after < 6; after++) {
            for (int to = after + 1; to < 7; to++) {
                spans.add(new Span(after, to));
            }
        }
        return spans;
    }

    /** In half ticks, so that there is an instant strictly inside each span of one tick. */
    private static Order oracle(Span a, Span b, int widening) {
        boolean before = false;
        boolean after = false;
        for (int x = 2 * (a.after == -1 ? -9 : a.after) + 1; x <= 2 * a.atOrBefore; x++) {
            for (int y = 2 * (b.after == -1 ? -9 : b.after) + 1; y <= 2 * b.atOrBefore; y++) {
                for (int off = -2 * widening; off <= 2 * widening; off++) {
                    before |= x < y + off;
                    after |= x > y + off;
                }
            }
        }
        return before && after ? Order.UNDECIDABLE : before ? Order.BEFORE : after ? Order.AFTER : Order.UNDECIDABLE;
    }

    private static Bounds bounds(Span span) {
        return new Bounds(
                span.after == -1 ? Optional.empty() : Optional.of(at(span.after)),
                at(span.atOrBefore),
                Optional.empty());
    }

    private static Instant at(int tick) {
        return Instant.ofEpochSecond(tick);
    }

    private static RibId rib(String node) {
        return RibId.of("lab", new HopId(node, "bird", "master6"), AddressFamily.IPV6_UNICAST, View.LOC_RIB);
    }
}
