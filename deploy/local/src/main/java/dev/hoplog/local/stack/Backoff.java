package dev.hoplog.local.stack;

import java.time.Duration;
import java.time.Instant;

/**
 * When a part that died may be started again: at once after the first death, later and later while it keeps dying.
 *
 * @param deaths in a row, without a long life between them
 * @param startedAt when it was last started
 */
record Backoff(int deaths, Instant startedAt) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** Who lived that long did not die of its start. */
    private static final Duration LONG_LIFE = Duration.ofSeconds(60);

    /** Of a part that never died. */
    static Backoff none() {
        return new Backoff(0, Instant.EPOCH);
    }

    boolean mayStart(Instant now) {
        return deaths == 0 || livedLong(now) || !now.isBefore(startedAt.plus(delay()));
    }

    /** It is started again now. */
    Backoff started(Instant now) {
        return new Backoff(deaths == 0 || livedLong(now) ? 1 : deaths + 1, now);
    }

    private boolean livedLong(Instant now) {
        return now.isAfter(startedAt.plus(LONG_LIFE));
    }

    /** The least time between the last start and the next. */
    Duration delay() {
        var factor = 1L << Math.min(deaths, 10);
        var delay = FIRST.multipliedBy(factor);
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}
