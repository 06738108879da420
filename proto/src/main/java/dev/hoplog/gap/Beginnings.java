package dev.hoplog.gap;

import dev.hoplog.model.Change;
import dev.hoplog.model.Change.ChangedUnseen;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Route;
import dev.hoplog.model.SessionState;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * With which changes of a row something begins that a cause stands on. What changed unseen may have ceased to be in between,
 * so it begins anew.
 */
public final class Beginnings {
    private Beginnings() {}

    /** That it is there, or that it is not. */
    public static boolean isOfRow(Change change) {
        return change instanceof ChangedUnseen
                || change.before().isPresent() != change.after().isPresent();
    }

    /** That it is there, or what communities the paths have that it uses. */
    static boolean isOfCommunities(Change change) {
        return isOfRow(change) || !communities(change.before()).equals(communities(change.after()));
    }

    private static Set<Communities> communities(Optional<Seen> seen) {
        return seen.stream()
                .flatMap(
                        shown -> shown.row() instanceof Route route ? Expectation.best(route).stream() : Stream.empty())
                .map(Path::communities)
                .collect(Collectors.toSet());
    }

    /** That it has a path by one of these names. */
    public static boolean isOfPath(Change change, Set<PeerId> names) {
        return change instanceof ChangedUnseen
                || change.before().stream()
                        .flatMap(before -> namesOfPaths(before).stream())
                        .noneMatch(names::contains);
    }

    /** That a session is established, or that it is not. */
    public static boolean isOfSession(Change change) {
        return change instanceof ChangedUnseen
                || change.before().filter(Beginnings::isEstablished).isPresent()
                        != change.after().filter(Beginnings::isEstablished).isPresent()
                || change.before().isPresent()
                        && change.after().isPresent()
                        && !stamp(change.before()).equals(stamp(change.after()));
    }

    /** From whom a row has paths, used or not, as its daemon names them. */
    public static Set<PeerId> namesOfPaths(Seen seen) {
        return paths(seen).flatMap(path -> path.from().stream()).collect(Collectors.toSet());
    }

    /** All that are there. */
    static Stream<Path> paths(Seen seen) {
        return seen.row() instanceof Route route
                ? route.paths().stream().filter(path -> !path.has(PathFlag.REMOVED) && !path.has(PathFlag.HISTORY))
                : Stream.empty();
    }

    static boolean isEstablished(Seen seen) {
        return seen.row() instanceof PeerSession session && session.state() == SessionState.ESTABLISHED;
    }

    private static Optional<?> stamp(Optional<Seen> seen) {
        return seen.flatMap(shown -> shown.row().stamp());
    }
}
