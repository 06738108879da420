package dev.hoplog.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.model.ScraperClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadersTest {
    private static final ScraperClock ONE = new ScraperClock("one", Duration.ZERO);
    private static final ScraperClock TWO = new ScraperClock("two", Duration.ofSeconds(6));

    private static Instant at(int second) {
        return Instant.parse("2026-11-23T04:00:00Z").plusSeconds(second);
    }

    private static Readers.Since since(int second, ScraperClock clock) {
        return new Readers.Since(at(second), clock);
    }

    @Test
    void shouldSayOfEachInstantWhoseClockItWas() {
        var readers = new Readers(List.of(since(10, ONE), since(20, TWO), since(30, ONE)));

        assertThat(List.of(0, 10, 19, 20, 29, 30, 99))
                .map(second -> readers.at(at(second)).orElseThrow())
                .containsExactly(ONE, ONE, ONE, TWO, TWO, ONE, ONE);
        assertThat(readers.changes()).containsExactly(at(20), at(30));
        assertThat(Readers.none().at(at(0))).isEmpty();
    }

    @Test
    void shouldGrowOnlyWhenAnotherGoesOn() {
        var readers = Readers.none()
                .with(ONE, at(10), at(10), Optional.empty())
                .with(ONE, at(10), at(15), Optional.of(at(11)))
                .with(TWO, at(20), at(20), Optional.of(at(16)))
                .with(TWO, at(20), at(25), Optional.of(at(21)));

        assertThat(readers.all()).containsExactly(since(10, ONE), since(20, TWO));
    }

    /** Of each piece of coverage a compacted log has the last mark, whose reading began long after the first of the piece. */
    @Test
    void shouldTellTheSameFromTheLastMarkOfEachPiece() {
        var compacted = Readers.none()
                .with(ONE, at(10), at(15), Optional.empty())
                .with(TWO, at(20), at(90), Optional.of(at(19)));

        assertThat(compacted.all()).containsExactly(since(10, ONE), since(20, TWO));
    }

    @Test
    void shouldCountFromItsReadingWhereAnotherGoesOnWithAStretch() {
        var readers = Readers.none()
                .with(ONE, at(10), at(15), Optional.empty())
                .with(TWO, at(10), at(20), Optional.of(at(16)));

        assertThat(readers.all()).containsExactly(since(10, ONE), since(20, TWO));
    }

    @Test
    void shouldKeepTheLastOfMany() {
        var readers = Readers.none();
        for (int second = 0; second < 3 * Readers.MOST; second++) {
            readers = readers.with(second % 2 == 0 ? ONE : TWO, at(second), at(second), Optional.empty());
        }

        assertThat(readers.all()).hasSize(Readers.MOST);
        assertThat(readers.at(at(3 * Readers.MOST))).contains(TWO);
    }
}
