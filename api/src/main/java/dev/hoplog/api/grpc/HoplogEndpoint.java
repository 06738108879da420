package dev.hoplog.api.grpc;

import dev.hoplog.api.app.ApiConfig;
import dev.hoplog.api.query.HopStatus;
import dev.hoplog.api.query.Lookup;
import dev.hoplog.api.query.Timeline;
import dev.hoplog.api.query.WhenStopped;
import dev.hoplog.v1.GetTimelineRequest;
import dev.hoplog.v1.GetTimelineResponse;
import dev.hoplog.v1.HoplogServiceGrpc.HoplogServiceImplBase;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.LookupRequest;
import dev.hoplog.v1.LookupResponse;
import dev.hoplog.v1.Match;
import dev.hoplog.v1.WhenStoppedRequest;
import dev.hoplog.v1.WhenStoppedResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.common.annotation.Blocking;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The service: checks the request, asks, answers. Calls run on worker threads, since they wait for the database. */
@GrpcService
@RegisterInterceptor(Deadlines.class)
public class HoplogEndpoint extends HoplogServiceImplBase {
    private static final Logger LOG = System.getLogger(HoplogEndpoint.class.getName());
    private static final int MOST = 10_000;
    private static final int ENTRIES = 1_000;
    private static final int ROUTES = 100;

    private final WhenStopped whenStopped;
    private final Timeline timeline;
    private final Lookup lookup;
    private final HopStatus hops;
    private final ApiConfig config;

    public HoplogEndpoint(DataSource dataSource, ApiConfig config) {
        this.whenStopped = new WhenStopped(dataSource);
        this.timeline = new Timeline(dataSource);
        this.lookup = new Lookup(dataSource);
        this.hops = new HopStatus(dataSource);
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
                    Requests.window(request.hasFrom(), request.getFrom(), request.hasTo(), request.getTo()));
            return Answers.whenStopped(question, whenStopped.ask(question, limit));
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
                    Requests.limit(request.getLimit(), ENTRIES, MOST));
            return Answers.timeline(question, timeline.ask(question, limit));
        });
    }

    @Override
    @Blocking
    public void lookup(LookupRequest request, StreamObserver<LookupResponse> client) {
        answer(client, limit -> {
            var match = match(request);
            var question = new Lookup.Question(
                    Requests.text("network", request.getNetwork()),
                    Requests.prefixOrAddress(request.getQuery()),
                    model(match),
                    Requests.text("target", request.getTarget()),
                    Requests.instant("as_of", request.hasAsOf(), request.getAsOf()),
                    Requests.limit(request.getLimit(), ROUTES, MOST));
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

    private static Match match(LookupRequest request) {
        return switch (request.getMatch()) {
            case MATCH_UNSPECIFIED -> request.getQuery().contains("/") ? Match.MATCH_EXACT : Match.MATCH_LONGEST;
            case UNRECOGNIZED ->
                throw new IllegalArgumentException("match has no number " + request.getMatchValue()
                        + ": it is one of exact, longest, more specific, less specific");
            default -> request.getMatch();
        };
    }

    private static Lookup.Match model(Match match) {
        return switch (match) {
            case MATCH_LONGEST -> Lookup.Match.LONGEST;
            case MATCH_MORE_SPECIFIC -> Lookup.Match.MORE_SPECIFIC;
            case MATCH_LESS_SPECIFIC -> Lookup.Match.LESS_SPECIFIC;
            case MATCH_EXACT, MATCH_UNSPECIFIED, UNRECOGNIZED -> Lookup.Match.EXACT;
        };
    }

    /** Something that takes at most so long. */
    private interface Question<A> {
        A ask(Duration limit) throws SQLException;
    }

    private <A> void answer(StreamObserver<A> client, Question<A> question) {
        var limit = Deadlines.remaining().orElse(config.api().defaultDeadline());
        var longest = config.api().longestDeadline();
        try {
            client.onNext(question.ask(limit.compareTo(longest) > 0 ? longest : limit));
            client.onCompleted();
        } catch (SQLException | RuntimeException e) {
            var failure = Failures.of(e);
            if (Failures.isOurs(failure)) {
                LOG.log(Level.ERROR, "no answer", e);
            }
            client.onError(failure.asRuntimeException());
        }
    }
}
