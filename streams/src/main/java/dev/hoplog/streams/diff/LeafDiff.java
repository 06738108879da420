package dev.hoplog.streams.diff;

import dev.hoplog.model.BothObserved;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.SourceState.ClockStep;
import dev.hoplog.wire.LeafRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The changes that two complete readings of one leaf prove: a keyed set difference, in the order of the keys.
 *
 * <p>Laws: {@code between(a, a)} is empty; applying {@code between(a, b)} to {@code a} gives {@code b}; only what both
 * readings observed is compared.
 */
public final class LeafDiff {
    /** Whether stamps may be compared, and by how much the source's clock was moved; empty: the source started anew. */
    private final Optional<ClockStep> stamps;

    public LeafDiff(Optional<ClockStep> stamps) {
        this.stamps = stamps;
    }

    public List<Change> between(LeafRows before, LeafRows after) {
        var changes = new ArrayList<Change>();
        int i = 0;
        int j = 0;
        while (i < before.rows().size() || j < after.rows().size()) {
            int order = i == before.rows().size()
                    ? 1
                    : j == after.rows().size()
                            ? -1
                            : before.rows()
                                    .get(i)
                                    .key()
                                    .compareTo(after.rows().get(j).key());
            if (order < 0) {
                changes.add(new Change.Withdrawn(new Seen(before.rows().get(i++), before.observed())));
            } else if (order > 0) {
                changes.add(new Change.Appeared(new Seen(after.rows().get(j++), after.observed())));
            } else {
                compare(
                                new Seen(before.rows().get(i++), before.observed()),
                                new Seen(after.rows().get(j++), after.observed()))
                        .ifPresent(changes::add);
            }
        }
        return changes;
    }

    private Optional<Change> compare(Seen was, Seen is) {
        if (!sameContents(was, is)) {
            return Optional.of(new Change.Changed(was, is));
        }
        return isNewer(was.row(), is.row()) ? Optional.of(new Change.ChangedUnseen(was, is)) : Optional.empty();
    }

    private boolean isNewer(Row was, Row is) {
        return stamps.isPresent()
                && was.stamp().isPresent()
                && is.stamp().isPresent()
                && is.stamp()
                        .get()
                        .isNewerThan(
                                was.stamp().get(),
                                stamps.get().step(),
                                stamps.get().error());
    }

    private static boolean sameContents(Seen was, Seen is) {
        return switch (was.row()) {
            case Route before -> is.row() instanceof Route after && samePaths(before, was, after, is);
            case PeerSession before -> is.row() instanceof PeerSession after && sameSession(before, after);
            case DaemonState before -> is.row() instanceof DaemonState after && sameDaemon(before, after);
        };
    }

    private static boolean samePaths(Route before, Seen was, Route after, Seen is) {
        if (was.observed().equals(is.observed()) && before.paths().equals(after.paths())) {
            return true;
        }
        var common = BothObserved.of(before, was.observed(), after, is.observed());
        return common.of(before).equals(common.of(after));
    }

    private static boolean sameSession(PeerSession before, PeerSession after) {
        return before.state() == after.state()
                && sameWhereSaid(before.label(), after.label())
                && sameWhereSaid(before.remoteAsn(), after.remoteAsn())
                && sameWhereSaid(before.localAsn(), after.localAsn())
                && sameWhereSaid(before.received(), after.received())
                && sameWhereSaid(before.accepted(), after.accepted())
                && sameWhereSaid(before.advertised(), after.advertised())
                && sameWhereSaid(before.withdrawn(), after.withdrawn());
    }

    private static boolean sameDaemon(DaemonState before, DaemonState after) {
        return sameWhereSaid(before.version(), after.version())
                && sameWhereSaid(before.routerId(), after.routerId())
                && sameWhereSaid(before.localAsn(), after.localAsn());
    }

    /** What a daemon does not say was not observed, and is not compared. */
    private static <T> boolean sameWhereSaid(Optional<T> before, Optional<T> after) {
        return before.isEmpty() || after.isEmpty() || before.equals(after);
    }
}
