package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.bird.BirdClock;
import dev.hoplog.ingest.parse.bird.BirdStatus;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What BIRD said of itself in a scrape, and what time it was then: without a clock no time of its means anything.
 *
 * @param source {@code show status}
 */
record BirdDaemon(CommandResult source, BirdStatus status, Optional<BirdClock> clock) {
    /** Empty if it was not asked, or gave no answer. */
    static Optional<BirdDaemon> in(List<CommandResult> commands) {
        return commands.stream()
                .filter(command -> BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.Status)
                .flatMap(command -> of(command).stream())
                .reduce((earlier, later) -> later);
    }

    private static Optional<BirdDaemon> of(CommandResult command) {
        try {
            var status = Answers.parse(command, in -> BirdStatus.parse(in, BirdCommand.form(command.argv())));
            return Optional.of(new BirdDaemon(command, status, BirdClock.of(status, command.from(), command.to())));
        } catch (UnusableOutput e) {
            return Optional.empty();
        }
    }

    /** Its row in the session tables. */
    DaemonState row() {
        return status.daemonState(clock);
    }

    SourceState sourceState() {
        return new SourceState(
                Optional.empty(),
                clock.flatMap(c -> status.lastReboot().flatMap(c::resolve))
                        .map(moment -> Instant.EPOCH.plus(moment.stamp().earliest(), ChronoUnit.MICROS)),
                clock.map(c -> new SourceState.Clock(
                        c.ahead(),
                        c.error(),
                        Duration.ofSeconds(
                                c.zone().map(ZoneOffset::getTotalSeconds).orElse(0)))));
    }
}
