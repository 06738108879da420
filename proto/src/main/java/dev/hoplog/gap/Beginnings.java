package dev.hoplog.gap;

import dev.hoplog.model.Change;
import dev.hoplog.model.Change.ChangedUnseen;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Path;
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

    /** That it has a path by a name. */
    public static boolean isOfPath(Change change, PeerId name) {
        return change instanceof ChangedUnseen
                || change.before().stream().flatMap(Paths::there).noneMatch(path -> isBy(path, name));
    }

    /** That it uses a path by a name. */
    public static boolean isOfUse(Change change, PeerId name) {
        return change instanceof ChangedUnseen
                || change.before().stream().flatMap(Paths::used).noneMatch(path -> isBy(path, name));
    }

    private static boolean isBy(Path path, PeerId name) {
        return path.from().filter(name::equals).isPresent();
    }

    /** That a session is established, or that it is not. */
    static boolean isOfSession(Change change) {
        return change instanceof ChangedUnseen
                || change.before().filter(Beginnings::isEstablished).isPresent()
                        != change.after().filter(Beginnings::isEstablished).isPresent()
                || change.before().isPresent()
                        && change.after().isPresent()
                        && !stamp(change.before()).equals(stamp(change.after()));
    }

    /** That anything begins with a session's row: its counts move all the time, and nothing does with them. */
    public static boolean isOfAnySession(Change change) {
        return isOfSession(change) || isOfRow(change);
    }

    /** From whom a row has paths, used or not, as its daemon names them. */
    public static Set<PeerId> namesOfPaths(Seen seen) {
        return Paths.there(seen).flatMap(path -> path.from().stream()).collect(Collectors.toSet());
    }

    static boolean isEstablished(Seen seen) {
        return seen.row() instanceof PeerSession session && session.state() == SessionState.ESTABLISHED;
    }

    private static Optional<?> stamp(Optional<Seen> seen) {
        return seen.flatMap(shown -> shown.row().stamp());
    }
}
