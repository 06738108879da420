package dev.hoplog.streams.gap;

import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the gap step remembers from one entry of the log to the next. */
public interface Memory {
    /** How much of a subject is kept for tables that say nothing: {@link Patience}. */
    default int mostWaiting() {
        return GapRules.MOST_WAITING;
    }

    TableTrack table(RibId table);

    void table(RibId table, TableTrack track);

    /** The tables of a hop that were heard of. */
    Map<RibId, TableTrack> tablesOf(String network, HopId hop);

    /** The last events of a subject, by table, each ascending. */
    Map<RibId, List<RouteEvent>> rows(Subject subject);

    /** Those of one table; none are not kept. */
    void row(Subject subject, RibId table, List<RouteEvent> events);

    /** The last events of a row of a session table, ascending. */
    List<RouteEvent> session(RibId table, RowKey row);

    void session(RibId table, RowKey row, List<RouteEvent> events);

    Optional<SubjectState> state(Subject subject);

    /** Remembers what it waits for as well: {@link #waiting} finds it by that. */
    void state(Subject subject, SubjectState state);

    /** Those that wait for anything of a table. */
    Map<Subject, Collection<Wait>> waiting(RibId table);

    /** Those that wait for anything of any table of a hop. */
    Collection<Subject> waiting(String network, HopId hop);

    ChainTimeline chains(String network);

    void chain(ChainVersion version);

    /** Another version of the chain is known: all subjects of the network are to be looked at, one after the other. */
    void recheck(String network);
}
