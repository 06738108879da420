package dev.hoplog.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void shouldStartAtOnceAfterTheFirstDeath() {
        assertThat(Backoff.none().mayStart(NOW)).isTrue();
    }

    @Test
    void shouldWaitLongerEachTimeUpToALimit() {
        var backoff = Backoff.none().started(NOW);
        assertThat(backoff.delay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.mayStart(NOW.plusSeconds(1))).isFalse();
        assertThat(backoff.mayStart(NOW.plusSeconds(2))).isTrue();
        for (int deaths = 0; deaths < 100; deaths++) {
            backoff = backoff.started(backoff.startedAt().plus(backoff.delay()));
        }
        assertThat(backoff.delay()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldForgiveWhoLivedLong() {
        var backoff = Backoff.none().started(NOW).started(NOW.plusSeconds(2)).started(NOW.plusSeconds(6));
        assertThat(backoff.deaths()).isEqualTo(3);
        assertThat(backoff.started(NOW.plusSeconds(100)).deaths()).isOne();
    }
}
