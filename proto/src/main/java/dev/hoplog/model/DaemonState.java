package dev.hoplog.model;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The daemon itself, one row of its session table.
 *
 * @param version as it prints it, e.g. {@code BIRD 2.0.12}
 * @param routerId as it prints it
 * @param startedAt when it says that it started, as a stamp in time
 * @param reconfiguredAt when it says that it last read its configuration, as a stamp in time
 */
public record DaemonState(
        Optional<String> version,
        Optional<String> routerId,
        Optional<Long> localAsn,
        Optional<ChangeStamp> startedAt,
        Optional<ChangeStamp> reconfiguredAt)
        implements Row {
    @Override
    public RowKey key() {
        return RowKey.daemon();
    }

    /** The later of start and reconfiguration: a newer one proves that one of both happened. */
    @Override
    public Optional<ChangeStamp> stamp() {
        return Stream.of(startedAt, reconfiguredAt)
                .flatMap(Optional::stream)
                .reduce((a, b) -> b.earliest() > a.earliest() ? b : a);
    }

    @Override
    public DaemonState steadiedBy(Row earlier) {
        return earlier instanceof DaemonState other
                ? new DaemonState(
                        version,
                        routerId,
                        localAsn,
                        ChangeStamp.steadied(startedAt, other.startedAt),
                        ChangeStamp.steadied(reconfiguredAt, other.reconfiguredAt))
                : this;
    }
}
