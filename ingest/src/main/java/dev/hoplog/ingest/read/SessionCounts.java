package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.Optional;
import java.util.stream.Stream;

/** What sessions say of the tables of their neighbours, beside what is listed of these. */
final class SessionCounts {
    private SessionCounts() {}

    static Stream<PeerSession> of(Table sessions) {
        return sessions.rows().stream()
                .flatMap(row -> row instanceof PeerSession session ? Stream.of(session) : Stream.empty());
    }

    /**
     * Refuses a listing without a route of an established neighbour that has some.
     *
     * @param listing shows nothing
     * @param told counts the routes
     * @param sessions of the same family as the table
     */
    static void checkEmpty(RibName rib, CommandResult listing, CommandResult told, Stream<PeerSession> sessions)
            throws UnusableOutput {
        long counted = sessions.filter(
                        session -> isMeant(rib, session.peer()) && session.state() == SessionState.ESTABLISHED)
                .mapToLong(session -> counted(rib.view(), session))
                .max()
                .orElse(0);
        if (counted > 0) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "'" + listing.commandLine() + "' shows nothing, and '" + told.commandLine() + "' counts "
                            + counted);
        }
    }

    /**
     * Whether there is a session with the neighbour of an adj view; empty: the sessions do not say. A name that may stand for
     * several of those listed tells only what all of them have in common.
     *
     * @param sessions of the same router
     */
    static Optional<Boolean> isUp(RibName rib, Stream<PeerSession> sessions) {
        var meant = sessions.filter(session -> isMeant(rib, session.peer())).toList();
        var same = meant.stream()
                .filter(session -> rib.peer().equals(Optional.of(session.peer())))
                .toList();
        var states = (same.isEmpty() ? meant : same)
                .stream()
                        .map(session -> session.state() == SessionState.ESTABLISHED)
                        .distinct()
                        .toList();
        return states.size() == 1 ? Optional.of(states.getFirst()) : Optional.empty();
    }

    /**
     * Whether the neighbour that was asked for may be the one that is listed: {@code eth0} and {@code fe80::1} may each be
     * {@code fe80::1%eth0}, and one interface may have another address by then.
     */
    private static boolean isMeant(RibName rib, PeerId listed) {
        return rib.peer()
                .filter(asked -> asked.isSameAs(listed) || isOfOneInterface(asked, listed))
                .isPresent();
    }

    private static boolean isOfOneInterface(PeerId one, PeerId other) {
        return one.interfaceName().isPresent()
                && one.interfaceName().equals(other.interfaceName())
                && (one.address().isEmpty() || other.address().isEmpty());
    }

    private static long counted(View view, PeerSession session) {
        var count = view == View.ADJ_RIB_IN_PRE ? session.received() : session.advertised();
        return count.orElse(0L);
    }

    /** Of a listing of what is sent, which is worked out without a session, too: alone it proves nothing, nor does an empty one. */
    static UnusableOutput notTold(CommandResult sessions) {
        return new UnusableOutput(
                FailureReason.INCONSISTENT,
                "'" + sessions.commandLine() + "' beside it does not tell whether there is a session");
    }
}
