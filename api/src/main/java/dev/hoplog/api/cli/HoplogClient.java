package dev.hoplog.api.cli;

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
import dev.hoplog.v1.HoplogServiceGrpc;
import dev.hoplog.v1.HoplogServiceGrpc.HoplogServiceBlockingStub;
import dev.hoplog.v1.ListGapsRequest;
import dev.hoplog.v1.ListGapsResponse;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.ListIncidentsRequest;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.LookupRequest;
import dev.hoplog.v1.LookupResponse;
import dev.hoplog.v1.TraceRequest;
import dev.hoplog.v1.TraceResponse;
import dev.hoplog.v1.WatchRequest;
import dev.hoplog.v1.WatchResponse;
import dev.hoplog.v1.WhenStoppedRequest;
import dev.hoplog.v1.WhenStoppedResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection to one API server. Every call but a watch ends within {@link #DEADLINE}, and fails with a {@link CommandFailure}. */
public final class HoplogClient implements AutoCloseable {
    /** Where the API listens if nobody says otherwise. */
    public static final String DEFAULT_ADDRESS = "localhost:9000";

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** The greatest answers are lists that the user asked for with a limit; the default of 4 MB is too little for some. */
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private final ManagedChannel channel;
    private final String address;

    private HoplogClient(ManagedChannel channel, String address) {
        this.channel = channel;
        this.address = address;
    }

    /** Does not connect yet: the first call does. */
    public static HoplogClient to(String address) {
        try {
            var channel = ManagedChannelBuilder.forTarget("dns:///" + address)
                    .usePlaintext()
                    .maxInboundMessageSize(MAX_ANSWER_BYTES)
                    .build();
            return new HoplogClient(channel, address);
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailure("'" + address + "' is not an address: say host:port", malformed);
        }
    }

    public WhenStoppedResponse whenStopped(WhenStoppedRequest request) {
        return call(stub -> stub.whenStopped(request));
    }

    public GetTimelineResponse getTimeline(GetTimelineRequest request) {
        return call(stub -> stub.getTimeline(request));
    }

    public LookupResponse lookup(LookupRequest request) {
        return call(stub -> stub.lookup(request));
    }

    public TraceResponse trace(TraceRequest request) {
        return call(stub -> stub.trace(request));
    }

    public ListGapsResponse listGaps(ListGapsRequest request) {
        return call(stub -> stub.listGaps(request));
    }

    public ListIncidentsResponse listIncidents(ListIncidentsRequest request) {
        return call(stub -> stub.listIncidents(request));
    }

    public GetReportResponse getReport(GetReportRequest request) {
        return call(stub -> stub.getReport(request));
    }

    public CheckChainResponse checkChain(CheckChainRequest request) {
        return call(stub -> stub.checkChain(request));
    }

    public ListHopsResponse listHops(ListHopsRequest request) {
        return call(stub -> stub.listHops(request));
    }

    /** Hands over the parts of the answer as they come. */
    public void dumpRib(DumpRibRequest request, Consumer<DumpRibResponse> parts) {
        stream(stub -> stub.dumpRib(request), parts);
    }

    /** Hands over the parts of the answer as they come. */
    public void diffRib(DiffRibRequest request, Consumer<DiffRibResponse> parts) {
        stream(stub -> stub.diffRib(request), parts);
    }

    /**
     * Hands over what happens as it comes, until the call breaks off; see {@link ResumingWatch} for one that goes on.
     *
     * @throws StatusRuntimeException when it does
     */
    void watch(WatchRequest request, Consumer<WatchResponse> parts) {
        HoplogServiceGrpc.newBlockingStub(channel).watch(request).forEachRemaining(parts);
    }

    /** A failure of {@link #watch}, in words. */
    CommandFailure failure(StatusRuntimeException failed) {
        return new CommandFailure(CallErrorText.ofWatch(failed.getStatus(), address, DEADLINE), failed);
    }

    private <R> void stream(Function<HoplogServiceBlockingStub, Iterator<R>> call, Consumer<R> parts) {
        call(stub -> {
            call.apply(stub).forEachRemaining(parts);
            return null;
        });
    }

    private <R extends @Nullable Object> R call(Function<HoplogServiceBlockingStub, R> call) {
        var stub = HoplogServiceGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        try {
            return call.apply(stub);
        } catch (StatusRuntimeException failed) {
            throw new CommandFailure(CallErrorText.of(failed.getStatus(), address, DEADLINE), failed);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
