package dev.hoplog.api.watch;

import dev.hoplog.api.projector.GapBatch;
import dev.hoplog.api.projector.LogReader;
import dev.hoplog.api.query.CurrentState;
import dev.hoplog.api.query.FinalGaps;
import dev.hoplog.api.query.Scope;
import dev.hoplog.log.LogEntry;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * What there is in a scope, and what happens in it from then on.
 *
 * <pre>
 *   one read transaction:  positions, tables, rows, open gaps  ─▶  initial state  ─▶  its end
 *   the logs from these positions on, or from a token's:           entries, gaps, progress ...
 * </pre>
 *
 * The log is the queue: a watch holds one small fetch of it, reads no faster than its client takes, and leaves nothing out.
 * Thread-safe; each call has a consumer of its own.
 */
public final class Watch {
    private final DataSource dataSource;
    private final CurrentState state;
    private final Map<String, Object> kafka;
    private final Duration progressEvery;

    /** @param kafka the brokers, at least, and whatever security they want */
    public Watch(DataSource dataSource, Map<String, Object> kafka, Duration progressEvery) {
        this.dataSource = dataSource;
        this.state = new CurrentState(dataSource);
        this.kafka = Map.copyOf(kafka);
        this.progressEvery = progressEvery;
    }

    /** A table that was observed whole throughout a stretch of time, everything in which was told. */
    public record Observed(RibId rib, TimeSpan span) {}

    /** Takes what is to be told, at its own pace. Ends the watch by throwing. */
    public interface Client extends CurrentState.Client {
        /** Instead of an initial state. */
        void resumed(CurrentState.Header header);

        void initialStateEnd(ResumeToken token);

        /** A change, a restart or failed scrapes. */
        void entry(LogEntry.OfTable entry, ResumeToken token);

        /** What happened to a gap, for good. */
        void gap(FinalGaps.Said said, ResumeToken token);

        /**
         * How far all of it is told.
         *
         * @param grown since the last time, ordered by table and time
         * @param behind records of the logs that are to come; empty: not known now
         */
        void progress(List<Observed> grown, OptionalLong behind, ResumeToken token);

        /** Asked all the time. */
        void checkPresence();
    }

    /**
     * Tells all of it, until the client throws.
     *
     * @param resume where to go on; empty: from the initial state on
     * @param limit for the initial state, and for each question about gaps
     * @throws LogMoved if a log does not have what comes after the token
     */
    public void run(Scope scope, Optional<ResumeToken> resume, Duration limit, Client client) throws SQLException {
        var log = LogTail.find(kafka);
        var start = resume.isPresent()
                ? resumed(scope, resume.get(), log, client)
                : fromInitialState(scope, log, limit, client);
        follow(start, limit, client);
    }

    /** Where following begins. */
    private record Start(Scope scope, LogTail.Log log, ResumeToken token) {
        Follower follower() {
            return new Follower(
                    scope,
                    scope.routePartitions(log.partitions()),
                    token.positions().log());
        }

        ResumeToken token(Follower follower, GapFollower gaps) {
            return token.at(follower.positions(), gaps.positions());
        }
    }

    private static Start resumed(Scope scope, ResumeToken token, LogTail.Log log, Client client) {
        var resolved = scope.network().isEmpty() ? scope.in(token.network()) : scope;
        if (!token.isOf(resolved)) {
            throw new IllegalArgumentException("resume_token is of a watch of something else: ask for the same network,"
                    + " target, query and views, or begin anew without it");
        }
        if (!token.isOf(log, resolved.partitions(log.partitions()), resolved.routePartitions(log.partitions()))) {
            throw new LogMoved("resume_token is of another log: begin anew, without it");
        }
        client.resumed(new CurrentState.Header(resolved.network(), token.positions()));
        return new Start(resolved, log, token);
    }

    private Start fromInitialState(Scope scope, LogTail.Log log, Duration limit, Client client) throws SQLException {
        var header = state.ask(scope, limit, client);
        var resolved = scope.in(header.network());
        var token = ResumeToken.of(log, resolved, header.positions());
        client.initialStateEnd(token);
        return new Start(resolved, log, token);
    }

    private void follow(Start start, Duration limit, Client client) throws SQLException {
        var follower = start.follower();
        var gaps = new GapFollower(
                new FinalGaps(dataSource, limit),
                start.scope(),
                start.token().positions().gaps());
        long lastProgress = System.nanoTime();
        try (var tail = new LogTail(kafka, start.token().positions())) {
            while (true) {
                client.checkPresence();
                for (var piece : tail.next(!gaps.isHoldingBack())) {
                    int partition = piece.of().partition();
                    if (piece.isOfGaps()) {
                        gaps.take(GapBatch.of(partition, piece.from(), piece.to(), piece.records()));
                    } else {
                        var batch = LogReader.batch(partition, piece.from(), piece.to(), piece.records());
                        for (var logged : batch.entries()) {
                            follower.take(partition, logged.offset(), logged.entry())
                                    .ifPresent(entry -> client.entry(entry, start.token(follower, gaps)));
                        }
                        follower.pass(partition, batch.to());
                    }
                }
                gaps.tell(said -> client.gap(said, start.token(follower, gaps)));
                if (System.nanoTime() - lastProgress >= progressEvery.toNanos()) {
                    client.progress(follower.progress(), behind(tail, gaps), start.token(follower, gaps));
                    lastProgress = System.nanoTime();
                }
            }
        }
    }

    private static OptionalLong behind(LogTail tail, GapFollower gaps) {
        var behind = tail.behind();
        return behind.isEmpty() ? behind : OptionalLong.of(behind.getAsLong() + gaps.heldBack());
    }
}
