package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.FailureReason;
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
        long counted = sessions.filter(session ->
                        rib.peer().equals(Optional.of(session.peer())) && session.state() == SessionState.ESTABLISHED)
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

    private static long counted(View view, PeerSession session) {
        var count = view == View.ADJ_RIB_IN_PRE ? session.received() : session.advertised();
        return count.orElse(0L);
    }

    /** Of a listing of what is sent, which is printed without a session, too. */
    static UnusableOutput notTold(CommandResult sessions) {
        return new UnusableOutput(
                FailureReason.INCONSISTENT,
                "'" + sessions.commandLine() + "' beside it does not tell whether there is a session");
    }
}
