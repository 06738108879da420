package dev.hoplog.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.api.cli.ResumingWatch;
import dev.hoplog.local.LocalPostgres.Durability;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.truth.Recording;
import dev.hoplog.truth.ShiftedCapture;
import dev.hoplog.v1.DumpRibRequest;
import dev.hoplog.v1.DumpRibResponse;
import dev.hoplog.v1.Event;
import dev.hoplog.v1.HoplogServiceGrpc;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.RibSelector;
import dev.hoplog.v1.Row;
import dev.hoplog.v1.WatchRequest;
import dev.hoplog.v1.WatchResponse;
import dev.hoplog.v1.WatchResponse.PartCase;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Watches of a real stack: through kills of its parts, and by clients that take nothing. */
@SuppressWarnings("NullAway") // set before all tests
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Undisturbed.Shared.class)
class WatchIT {
    private static final Recording RECORDING = Recording.SESSION_FLAP;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int SMALL_WINDOW = 64 << 10;

    @TempDir
    private static Path directory;

    private static TestStack stack;
    private static HoplogClient client;

    /** What was in the log when the watch of the first test began, and the token that goes on from there. */
    private static Set<String> before;

    /** The same of what is said of gaps. */
    private static Set<String> gapsBefore;

    private static String beginning;

    @BeforeAll
    static void replay() throws Exception {
        stack = TestStack.startEmbedded(directory.resolve("stack"), Durability.DURABLE);
        client = stack.client();
        stack.replayUnderChain(RECORDING, RECORDING.title());
        before = events();
        gapsBefore = gaps();
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        stack.close();
    }

    private static Set<String> events() throws Exception {
        return stack.log().values().stream()
                .flatMap(List::stream)
                .filter(RouteEvent.class::isInstance)
                .map(event -> ((RouteEvent) event).id().toString())
                .collect(Collectors.toSet());
    }

    private static Set<String> gaps() throws Exception {
        return stack.gaps().values().stream()
                .flatMap(List::stream)
                .map(entry -> entry.id().toString())
                .collect(Collectors.toSet());
    }

    private static List<String> gapIds(Collection<WatchResponse> parts) {
        return parts.stream()
                .filter(WatchResponse::hasGapEvent)
                .map(part -> part.getGapEvent().getEventId())
                .toList();
    }

    private static WatchRequest.Builder request() {
        return WatchRequest.newBuilder().setNetwork(RECORDING.title());
    }

    private static Optional<Event> event(WatchResponse part) {
        return switch (part.getPartCase()) {
            case ROUTE -> Optional.of(part.getRoute());
            case SESSION -> Optional.of(part.getSession());
            default -> Optional.empty();
        };
    }

    private static List<String> ids(Collection<WatchResponse> parts) {
        return parts.stream()
                .flatMap(part -> event(part).stream())
                .map(Event::getEventId)
                .toList();
    }

    @Test
    @Order(1)
    void shouldLoseAndRepeatNothingWhileApiAndStreamsAreKilled() throws Exception {
        var parts = new CopyOnWriteArrayList<WatchResponse>();
        var said = new CopyOnWriteArrayList<String>();
        var watch = new ResumingWatch(client, request().build(), said::add);
        var thread = Thread.ofVirtual().start(() -> watch.run(parts::add));
        Await.until("the initial state was told", PATIENCE, () -> has(parts, PartCase.INITIAL_STATE_END));
        beginning = parts.stream()
                .filter(part -> part.getPartCase() == PartCase.INITIAL_STATE_END)
                .findFirst()
                .orElseThrow()
                .getResumeToken();

        var later = ShiftedCapture.write(RECORDING, Duration.ofHours(2), directory.resolve(RECORDING.title()));
        var victims = new ArrayDeque<>(List.of(Part.API, Part.STREAMS, Part.API));
        stack.replay(later, RECORDING.title(), (what, done, all) -> {
            if (what.equals("Replaying") && done > all * (4 - victims.size()) / 4 && !victims.isEmpty()) {
                try {
                    stack.kill(victims.remove());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        assertThat(victims).as("parts that were not killed in mid-replay").isEmpty();
        var expected = events();
        expected.removeAll(before);
        var expectedGaps = gaps();
        expectedGaps.removeAll(gapsBefore);
        assertThat(expectedGaps).as("the recording has gaps").isNotEmpty();
        Await.until("everything was told", PATIENCE, () -> new HashSet<>(ids(parts)).containsAll(expected));
        Await.until("so were gaps", PATIENCE, () -> new HashSet<>(gapIds(parts)).containsAll(expectedGaps));
        thread.interrupt();
        thread.join();

        assertThat(ids(parts)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(gapIds(parts)).containsExactlyInAnyOrderElementsOf(expectedGaps);
        assertThat(said).as("the watch broke off and went on").hasSizeGreaterThanOrEqualTo(2);
        assertThat(parts.stream().filter(part -> part.getPartCase() == PartCase.INITIAL_STATE_END))
                .as("the initial state was told once")
                .hasSize(1);
        assertThat(folded(parts)).isEqualTo(dumped(parts));
    }

    private static boolean has(List<WatchResponse> parts, PartCase which) {
        return parts.stream().anyMatch(part -> part.getPartCase() == which);
    }

    /** By table: the rows that a client knows which heard all of it. */
    private static Map<Rib, Set<Row>> folded(List<WatchResponse> parts) {
        var rows = new HashMap<Rib, Map<String, Row>>();
        for (var part : parts) {
            switch (part.getPartCase()) {
                case TABLE -> rows.put(part.getTable().getRib(), new HashMap<>());
                case ROW ->
                    rows.get(part.getRow().getRib())
                            .put(key(part.getRow().getRow()), part.getRow().getRow());
                case ROUTE, SESSION -> {
                    var event = event(part).orElseThrow();
                    var table = rows.computeIfAbsent(event.getRib(), rib -> new HashMap<>());
                    if (event.hasAfter()) {
                        table.put(key(event.getAfter()), event.getAfter());
                    } else {
                        table.remove(key(event.getBefore()));
                    }
                }
                default -> {}
            }
        }
        return rows.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, table -> Set.copyOf(table.getValue().values())));
    }

    private static String key(Row row) {
        return switch (row.getRowCase()) {
            case ROUTE -> row.getRoute().getPrefix();
            case PEER -> row.getPeer().getPeer();
            case DAEMON, ROW_NOT_SET -> "";
        };
    }

    /** The same tables as the api shows them. */
    private static Map<Rib, Set<Row>> dumped(List<WatchResponse> parts) {
        var tables = new HashMap<Rib, Set<Row>>();
        for (var rib : folded(parts).keySet()) {
            var selector = RibSelector.newBuilder()
                    .setHop(rib.getHop())
                    .setView(rib.getView())
                    .setFamily(rib.getFamily())
                    .setPeer(rib.getPeer());
            var rows = new HashSet<Row>();
            client.dumpRib(
                    DumpRibRequest.newBuilder()
                            .setNetwork(RECORDING.title())
                            .setRib(selector)
                            .build(),
                    part -> {
                        if (part.getPartCase() == DumpRibResponse.PartCase.ROW) {
                            rows.add(part.getRow().getRow());
                        }
                    });
            tables.put(rib, rows);
        }
        return tables;
    }

    /** A client that takes a message only when it is told to. */
    private static final class Reluctant implements ClientResponseObserver<WatchRequest, WatchResponse>, AutoCloseable {
        private final ManagedChannel channel;
        private final List<WatchResponse> parts = new CopyOnWriteArrayList<>();
        private volatile ClientCallStreamObserver<WatchRequest> call;
        private volatile Optional<Status> end = Optional.empty();

        Reluctant(String address, WatchRequest request) {
            channel = NettyChannelBuilder.forTarget("dns:///" + address)
                    .usePlaintext()
                    .flowControlWindow(SMALL_WINDOW)
                    .build();
            HoplogServiceGrpc.newStub(channel).watch(request, this);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
            call = stream;
            stream.disableAutoRequestWithInitial(1);
        }

        void takeTheRest() {
            call.request(Integer.MAX_VALUE);
        }

        @Override
        public void onNext(WatchResponse part) {
            parts.add(part);
        }

        @Override
        public void onError(Throwable failure) {
            end = Optional.of(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            end = Optional.of(Status.OK);
        }

        @Override
        public void close() throws InterruptedException {
            channel.shutdownNow();
            channel.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static String token(List<WatchResponse> parts) {
        return parts.getLast().getResumeToken();
    }

    /** The environment of this test (see the pom) lets two watch at a time, and waits 15 s for each message. */
    @Test
    @Order(2)
    void shouldLeaveClientsThatTakeNothingAndGoOnWhereTheyStand() throws Exception {
        var address = address();
        var resumed = request().setResumeToken(beginning).build();
        var expected = events();
        expected.removeAll(before);
        try (var first = new Reluctant(address, resumed);
                var second = new Reluctant(address, resumed)) {
            Await.until("both watch", PATIENCE, () -> !first.parts.isEmpty() && !second.parts.isEmpty());
            try (var third = new Reluctant(address, resumed)) {
                Await.until("a third one is refused", PATIENCE, () -> third.end.isPresent());
                assertThat(third.end.orElseThrow().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(third.end.orElseThrow().getDescription()).contains("2 watches", "hoplog.watch.most");
            }
            second.takeTheRest();
            Await.until(
                    "there is a place, since the first one was left",
                    PATIENCE,
                    () -> watched(resumed, new ArrayList<>()));
            first.takeTheRest();
            Await.until("the slow one was left", PATIENCE, () -> first.end.isPresent());

            assertThat(first.end.orElseThrow().getCode()).isEqualTo(Status.Code.ABORTED);
            assertThat(first.end.orElseThrow().getDescription()).contains("you lagged", "resume_token");
            assertThat(ids(first.parts)).hasSizeLessThan(expected.size());
            var rest = new ArrayList<WatchResponse>();
            Await.until(
                    "it goes on",
                    PATIENCE,
                    () -> watched(request().setResumeToken(token(first.parts)).build(), rest));
            var told = new ArrayList<>(ids(first.parts));
            told.addAll(ids(rest));
            assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** Until the first progress without anything behind; false: it was refused, for there are too many. */
    private static boolean watched(WatchRequest request, List<WatchResponse> parts) {
        var channel = NettyChannelBuilder.forTarget("dns:///" + address())
                .usePlaintext()
                .build();
        try {
            var call = HoplogServiceGrpc.newBlockingStub(channel).watch(request);
            while (call.hasNext()) {
                var part = call.next();
                parts.add(part);
                if (part.hasProgress()
                        && part.getProgress().hasRecordsBehind()
                        && part.getProgress().getRecordsBehind() == 0) {
                    return true;
                }
            }
            return false;
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED) {
                throw refused;
            }
            return false;
        } finally {
            channel.shutdownNow();
        }
    }

    private static String address() {
        try {
            return stack.running().addresses().api();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(3)
    void shouldTellAClientThatItLagged() throws Exception {
        var expected = events();
        expected.removeAll(before);
        var resumed = request().setResumeToken(beginning).build();
        try (var slow = new Reluctant(address(), resumed)) {
            Await.until("it watches", PATIENCE, () -> !slow.parts.isEmpty());
            // Longer than the second after which the server says so, and far less than it waits.
            Await.until("another one was told everything", PATIENCE, () -> watched(resumed, new ArrayList<>()));
            Await.until("again", PATIENCE, () -> watched(resumed, new ArrayList<>()));
            slow.takeTheRest();
            Await.until("it is told everything", PATIENCE, () -> ids(slow.parts).size() >= expected.size());

            assertThat(ids(slow.parts)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(slow.parts.stream().filter(WatchResponse::hasLagged))
                    .singleElement()
                    .satisfies(lagged ->
                            assertThat(lagged.getLagged().getWaitedSeconds()).isGreaterThan(1));
        }
    }

    @Test
    @Order(4)
    void shouldRefuseATokenOfAnotherQuestionAndOfAnotherLog(Undisturbed other) {
        var another = request().setTarget("pve02").setResumeToken(beginning).build();
        assertThatThrownBy(() -> Await.until("there is a place", PATIENCE, () -> watched(another, new ArrayList<>())))
                .hasMessageContaining("of a watch of something else");
        assertThatThrownBy(() -> new ResumingWatch(
                                other.client(),
                                request().setResumeToken(beginning).build(),
                                said -> {})
                        .run(part -> {}))
                .hasMessageContaining("of another log: begin anew");
    }
}
