package dev.hoplog.api.grpc;

import dev.hoplog.api.app.ApiConfig;
import dev.hoplog.api.query.CurrentState;
import dev.hoplog.api.query.FinalGaps;
import dev.hoplog.api.query.HopStatus;
import dev.hoplog.api.watch.ResumeToken;
import dev.hoplog.api.watch.Watch;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.View;
import dev.hoplog.v1.InitialStateEnd;
import dev.hoplog.v1.Lagged;
import dev.hoplog.v1.TableProgress;
import dev.hoplog.v1.WatchHeader;
import dev.hoplog.v1.WatchProgress;
import dev.hoplog.v1.WatchResponse;
import dev.hoplog.v1.WatchedRow;
import dev.hoplog.v1.WatchedTable;
import java.util.List;
import java.util.OptionalLong;

/** What a watch tells, as messages of {@code hoplog.v1}. Not thread-safe. */
final class WatchMessages implements Watch.Client {
    private static final double NANOS = 1e9;

    private final PacedStream<WatchResponse> stream;
    private final ApiConfig.WatchConfig config;
    private final Runnable checkRunning;
    private long tables;
    private long rows;
    private long openGaps;

    /** @param checkRunning throws when the server stops */
    WatchMessages(PacedStream<WatchResponse> stream, ApiConfig.WatchConfig config, Runnable checkRunning) {
        this.stream = stream;
        this.config = config;
        this.checkRunning = checkRunning;
    }

    @Override
    public void header(CurrentState.Header header) {
        send(WatchResponse.newBuilder().setHeader(message(header)));
    }

    @Override
    public void resumed(CurrentState.Header header) {
        stream.eachWithin(config.patience());
        send(WatchResponse.newBuilder().setHeader(message(header).setResumed(true)));
    }

    private static WatchHeader.Builder message(CurrentState.Header header) {
        return WatchHeader.newBuilder()
                .setNetwork(header.network())
                .addAllPositions(Messages.positions(header.positions().log()))
                .addAllGapPositions(Messages.positions(header.positions().gaps()));
    }

    @Override
    public void table(CurrentState.Table table) {
        var message =
                WatchedTable.newBuilder().setRib(Messages.rib(table.rib())).setUnknownBecause(table.unknownBecause());
        HopStatus.observed(table.covered()).ifPresent(span -> message.setObserved(Messages.span(span)));
        tables++;
        send(WatchResponse.newBuilder().setTable(message));
    }

    @Override
    public void row(RouteEvent last) {
        var seen = last.change().after().orElseThrow();
        rows++;
        send(WatchResponse.newBuilder()
                .setRow(WatchedRow.newBuilder()
                        .setRib(Messages.rib(last.rib()))
                        .setRow(RowMessages.row(seen, last.rib().view()))
                        .setSince(Messages.bounds(last.bounds()))));
    }

    @Override
    public void openGap(FinalGaps.Open gap) {
        openGaps++;
        send(WatchResponse.newBuilder().setOpenGap(FinalGapMessages.open(gap)));
    }

    @Override
    public void initialStateEnd(ResumeToken token) {
        stream.eachWithin(config.patience());
        send(WatchResponse.newBuilder()
                .setInitialStateEnd(InitialStateEnd.newBuilder()
                        .setTables(tables)
                        .setRows(rows)
                        .setOpenGaps(openGaps))
                .setResumeToken(token.encode()));
    }

    @Override
    public void entry(LogEntry.OfTable entry, ResumeToken token) {
        var message = WatchResponse.newBuilder().setResumeToken(token.encode());
        send(
                switch (entry) {
                    case RouteEvent event ->
                        event.rib().view() == View.SESSIONS
                                ? message.setSession(Messages.event(event))
                                : message.setRoute(Messages.event(event));
                    case SourceRestart restart -> message.setRestart(Messages.restart(restart));
                    case BlindMark mark -> message.setFailed(Messages.failed(mark));
                    case CoverageMark mark ->
                        throw new IllegalArgumentException("told as progress, not as an entry: " + mark);
                });
    }

    @Override
    public void gap(FinalGaps.Said said, ResumeToken token) {
        send(WatchResponse.newBuilder()
                .setGapEvent(FinalGapMessages.event(said))
                .setResumeToken(token.encode()));
    }

    @Override
    public void progress(List<Watch.Observed> grown, OptionalLong behind, ResumeToken token) {
        var message = WatchProgress.newBuilder();
        grown.forEach(observed -> message.addTables(TableProgress.newBuilder()
                .setRib(Messages.rib(observed.rib()))
                .setObserved(Messages.span(observed.span()))));
        behind.ifPresent(message::setRecordsBehind);
        send(WatchResponse.newBuilder().setProgress(message).setResumeToken(token.encode()));
    }

    @Override
    public void checkPresence() {
        stream.checkPresence();
        checkRunning.run();
    }

    private void send(WatchResponse.Builder message) {
        var waited = stream.send(message.build());
        if (waited.compareTo(config.laggedAfter()) >= 0) {
            stream.send(WatchResponse.newBuilder()
                    .setLagged(Lagged.newBuilder().setWaitedSeconds(waited.toNanos() / NANOS))
                    .setResumeToken(message.getResumeToken())
                    .build());
        }
    }
}
