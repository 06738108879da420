package dev.hoplog.api.grpc;

import dev.hoplog.api.app.ApiConfig;
import dev.hoplog.api.query.ChainCheck;
import dev.hoplog.api.query.Gaps;
import dev.hoplog.api.query.HopStatus;
import dev.hoplog.api.query.Lookup;
import dev.hoplog.api.query.Report;
import dev.hoplog.api.query.RibDiff;
import dev.hoplog.api.query.RibDump;
import dev.hoplog.api.query.Timeline;
import dev.hoplog.api.query.Trace;
import dev.hoplog.api.query.WhenStopped;
import dev.hoplog.v1.CheckChainRequest;
import dev.hoplog.v1.CheckChainResponse;
import dev.hoplog.v1.DiffRibRequest;
import dev.hoplog.v1.DiffRibResponse;
import dev.hoplog.v1.DumpRibRequest;
import dev.hoplog.v1.DumpRibResponse;
import dev.hoplog.v1.GetReportRequest;
import dev.hoplog.v1.GetReportResponse;
import dev.hoplog.v1.GetTimelineRequest;
import dev.hoplog.v1.GetTimelineResponse;
import dev.hoplog.v1.HoplogServiceGrpc.HoplogServiceImplBase;
import dev.hoplog.v1.ListGapsRequest;
import dev.hoplog.v1.ListGapsResponse;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.ListIncidentsRequest;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.LookupRequest;
import dev.hoplog.v1.LookupResponse;
import dev.hoplog.v1.Match;
import dev.hoplog.v1.TraceRequest;
import dev.hoplog.v1.TraceResponse;
import dev.hoplog.v1.WatchRequest;
import dev.hoplog.v1.WatchResponse;
import dev.hoplog.v1.WhenStoppedRequest;
import dev.hoplog.v1.WhenStoppedResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The service: checks the request, asks, answers. Calls run on worker threads, since they wait for the database. */
@GrpcService
public class HoplogEndpoint extends HoplogServiceImplBase {
    private static final Logger LOG = System.getLogger(HoplogEndpoint.class.getName());
    private static final int MOST = 10_000;
    private static final int ENTRIES = 1_000;
    private static final int ROUTES = 100;

    private final WhenStopped whenStopped;
    private final Timeline timeline;
    private final Lookup lookup;
    private final Trace trace;
    private final RibDump ribDump;
    private final RibDiff ribDiff;
    private final HopStatus hops;
    private final Gaps gaps;
    private final Report report;
    private final ChainCheck chainCheck;
    private final Watches watches;
    private final ApiConfig config;

    public HoplogEndpoint(DataSource dataSource, Watches watches, ApiConfig config) {
        this.whenStopped = new WhenStopped(dataSource);
        this.timeline = new Timeline(dataSource);
        this.lookup = new Lookup(dataSource);
        this.trace = new Trace(dataSource);
        this.ribDump = new RibDump(dataSource);
        this.ribDiff = new RibDiff(dataSource);
        this.hops = new HopStatus(dataSource);
        this.gaps = new Gaps(dataSource);
        this.report = new Report(dataSource);
        this.chainCheck = new ChainCheck(dataSource);
        this.watches = watches;
        this.config = config;
    }

    @Override
    @Blocking
    public void whenStopped(WhenStoppedRequest request, StreamObserver<WhenStoppedResponse> client) {
        answer(client, limit -> {
            var question = new WhenStopped.Question(
                    Requests.text("network", request.getNetwork()),
                    Requests.prefix(request.getPrefix()),
                    Requests.text("target", request.getTarget()),
                    Requests.instant("at", request.hasAt(), request.getAt()),
                    Requests.window(request.hasFrom(), request.getFrom(), request.hasTo(), request.getTo()),
                    GapRequests.version(request.getChainVersion()));
            return Answers.whenStopped(question.prefix(), whenStopped.ask(question, limit));
        });
    }

    @Override
    @Blocking
    public void getTimeline(GetTimelineRequest request, StreamObserver<GetTimelineResponse> client) {
        answer(client, limit -> {
            var question = new Timeline.Question(
                    Requests.text("network", request.getNetwork()),
                    Requests.prefix(request.getPrefix()),
                    Requests.text("target", request.getTarget()),
                    Requests.window(request.hasFrom(), request.getFrom(), request.hasTo(), request.getTo()),
                    Requests.limit(request.getLimit(), ENTRIES, MOST),
                    GapRequests.version(request.getChainVersion()));
            return Answers.timeline(question, timeline.ask(question, limit));
        });
    }

    @Override
    @Blocking
    public void lookup(LookupRequest request, StreamObserver<LookupResponse> client) {
        answer(client, limit -> {
            var match = Requests.match(request.getMatch(), request.getQuery(), Match.MATCH_LONGEST);
            var question = new Lookup.Question(
                    Requests.text("network", request.getNetwork()),
                    Requests.prefixOrAddress(request.getQuery()),
                    Requests.model(match),
                    Requests.text("target", request.getTarget()),
                    Requests.instant("as_of", request.hasAsOf(), request.getAsOf()),
                    Requests.limit(request.getLimit(), ROUTES, MOST),
                    GapRequests.version(request.getChainVersion()));
            return Answers.lookup(match, lookup.ask(question, limit));
        });
    }

    @Override
    @Blocking
    public void listHops(ListHopsRequest request, StreamObserver<ListHopsResponse> client) {
        answer(
                client,
                limit -> Answers.hops(hops.ask(
                        Requests.text("network", request.getNetwork()),
                        Requests.text("target", request.getTarget()),
                        limit)));
    }

    @Override
    @Blocking
    public void trace(TraceRequest request, StreamObserver<TraceResponse> client) {
        answer(
                client,
                limit -> Answers.trace(trace.ask(
                        new Trace.Question(
                                Requests.text("network", request.getNetwork()),
                                Requests.prefixOrAddress(request.getQuery()),
                                !request.getQuery().contains("/"),
                                Requests.text("target", request.getTarget()),
                                Requests.instant("as_of", request.hasAsOf(), request.getAsOf()),
                                GapRequests.version(request.getChainVersion())),
                        limit)));
    }

    @Override
    @Blocking
    public void listGaps(ListGapsRequest request, StreamObserver<ListGapsResponse> client) {
        answer(client, limit -> GapMessages.gaps(gaps.ask(GapRequests.gaps(request), limit)));
    }

    @Override
    @Blocking
    public void listIncidents(ListIncidentsRequest request, StreamObserver<ListIncidentsResponse> client) {
        answer(client, limit -> GapMessages.incidents(gaps.incidents(GapRequests.incidents(request), limit)));
    }

    @Override
    @Blocking
    public void getReport(GetReportRequest request, StreamObserver<GetReportResponse> client) {
        answer(client, limit -> Reports.of(report.ask(GapRequests.report(request), limit)));
    }

    @Override
    @Blocking
    public void checkChain(CheckChainRequest request, StreamObserver<CheckChainResponse> client) {
        answer(client, limit -> ChainChecks.message(chainCheck.ask(ChainChecks.chain(request), limit)));
    }

    @Override
    public void dumpRib(DumpRibRequest request, StreamObserver<DumpRibResponse> client) {
        stream(client, (limit, stream) -> {
            var question = new RibDump.Question(
                    Requests.text("network", request.getNetwork()),
                    Requests.rib(request.hasRib(), request.getRib()),
                    Requests.instant("as_of", request.hasAsOf(), request.getAsOf()));
            var answer = new Dumps.Dump(stream);
            ribDump.ask(question, limit, answer);
            answer.end();
        });
    }

    @Override
    public void diffRib(DiffRibRequest request, StreamObserver<DiffRibResponse> client) {
        stream(client, (limit, stream) -> {
            var question = new RibDiff.Question(
                    Requests.text("network", request.getNetwork()),
                    Requests.rib(request.hasRib(), request.getRib()),
                    Requests.required("from", Requests.instant("from", request.hasFrom(), request.getFrom())),
                    Requests.required("to", Requests.instant("to", request.hasTo(), request.getTo())));
            var answer = new Dumps.Diff(stream);
            ribDiff.ask(question, limit, answer);
            answer.end();
        });
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchResponse> client) {
        stream(client, (limit, stream) -> watches.run(request, limit, stream));
    }

    /** Something that takes at most so long. */
    private interface Question<A> {
        A ask(Duration limit) throws SQLException;
    }

    /** Something in many messages that takes at most so long. */
    private interface StreamedQuestion<A> {
        void ask(Duration limit, PacedStream<A> stream) throws SQLException;
    }

    /** The call's own thread must stay free: it hears when the client is ready for more. */
    private <A> void stream(StreamObserver<A> client, StreamedQuestion<A> question) {
        var limit = limit(config.api().longestDeadline());
        var stream = new PacedStream<>(client, limit);
        Thread.ofVirtual().name("stream").start(() -> {
            try {
                question.ask(limit, stream);
                stream.complete();
            } catch (SQLException | RuntimeException e) {
                stream.fail(failure(e));
            }
        });
    }

    private Duration limit(Duration byDefault) {
        var limit = Deadlines.remaining().orElse(byDefault);
        var longest = config.api().longestDeadline();
        return limit.compareTo(longest) > 0 ? longest : limit;
    }

    private static Status failure(Exception e) {
        var failure = Failures.of(e);
        if (Failures.isOurs(failure) && !(e instanceof PacedStream.Gone)) {
            LOG.log(Level.ERROR, "no answer", e);
        }
        return failure;
    }

    private <A> void answer(StreamObserver<A> client, Question<A> question) {
        try {
            client.onNext(question.ask(limit(config.api().defaultDeadline())));
            client.onCompleted();
        } catch (SQLException | RuntimeException e) {
            client.onError(failure(e).asRuntimeException());
        }
    }
}
