package dev.hoplog.api.grpc;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Timestamp;
import dev.hoplog.api.Projected;
import dev.hoplog.api.Refused;
import dev.hoplog.api.World;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.DiffRibRequest;
import dev.hoplog.v1.DumpRibRequest;
import dev.hoplog.v1.DumpRibResponse;
import dev.hoplog.v1.GetTimelineRequest;
import dev.hoplog.v1.HoplogServiceGrpc;
import dev.hoplog.v1.HoplogServiceGrpc.HoplogServiceBlockingStub;
import dev.hoplog.v1.IdentityChange;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.LookupRequest;
import dev.hoplog.v1.Match;
import dev.hoplog.v1.Outcome;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.RibSelector;
import dev.hoplog.v1.WhenStoppedRequest;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@SuppressWarnings("NullAway") // Quarkus sets the fields.
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoplogServiceTest {
    private static final RibId PVE02 = rib("pve02/frr/vrf_evpnz1");
    private static final RibId SESSIONS = rib("lab", "pve02/frr/vrf_evpnz1", View.SESSIONS);
    private static final String POD = "fd00:101:224:3::/64";

    @TestHTTPResource("/")
    URI server;

    @Inject
    DataSource dataSource;

    private ManagedChannel channel;
    private HoplogServiceBlockingStub hoplog;
    private boolean filled;

    @BeforeEach
    void connect() throws Exception {
        if (filled) {
            return;
        }
        filled = true;
        channel = ManagedChannelBuilder.forAddress("localhost", DatabaseResource.GRPC_PORT)
                .usePlaintext()
                .build();
        hoplog = HoplogServiceGrpc.newBlockingStub(channel);
        var world = new World(2)
                .scrape(PVE02, at(0), usable(POD))
                .scrape(PVE02, at(10))
                .scrape(PVE02, at(20), usable(POD))
                .scrape(SESSIONS, at(0), daemon("10.0.0.1"))
                .scrape(SESSIONS, at(5), daemon("10.0.0.9"))
                .scrape(SESSIONS, at(20), daemon("10.0.0.9"))
                .restart(PVE02, at(0), at(5));
        for (int partition = 0; partition < 2; partition++) {
            Projected.partition(dataSource, world, partition, 100);
        }
        new Refused()
                .of(PVE02, at(21), RejectReason.REJECT_REASON_WRONG_BASE)
                .garbage("", at(22))
                .count(dataSource, 1);
    }

    private static DaemonState daemon(String routerId) {
        return new DaemonState(
                Optional.of("FRR 10.2"),
                Optional.of(routerId),
                Optional.of(4_200_000_000L),
                Optional.empty(),
                Optional.of(new ChangeStamp(ChangeStamp.Kind.TIME, 7_000_000, 7_000_000)));
    }

    @AfterAll
    void disconnect() {
        channel.shutdownNow();
    }

    private static WhenStoppedRequest whenStopped(String prefix, String target) {
        return WhenStoppedRequest.newBuilder()
                .setPrefix(prefix)
                .setTarget(target)
                .build();
    }

    private static Timestamp time(long seconds) {
        return Messages.time(at(seconds));
    }

    @Test
    void itAnswersTheDefiningQuestion() {
        var response = hoplog.whenStopped(whenStopped(POD, "pve02"));
        assertThat(response.getNetwork()).isEqualTo("lab");
        var hop = response.getHops(0);
        assertThat(hop.getRib().getHop()).isEqualTo("pve02/frr/vrf_evpnz1");
        assertThat(hop.getOutcome()).isEqualTo(Outcome.OUTCOME_STOPPED_AND_BACK);
        assertThat(hop.getStopped().getAfter()).isEqualTo(time(0));
        assertThat(hop.getStopped().getAtOrBefore()).isEqualTo(time(10));
        assertThat(hop.getReturned().getAtOrBefore()).isEqualTo(time(20));
        assertThat(hop.getFirstSeen().hasAfter()).isFalse();
        assertThat(hop.getNow().getUsable()).isTrue();
        assertThat(response.getCompleteness().getCompleteUpTo()).isEqualTo(time(20));
        assertThat(response.getCompleteness().getPositionsCount()).isPositive();
    }

    @Test
    void theOtherQuestions() {
        var timeline = hoplog.getTimeline(
                GetTimelineRequest.newBuilder().setPrefix(POD).setFrom(time(10)).build());
        assertThat(timeline.getAtStart(0).getPresence()).isEqualTo(Presence.PRESENCE_ABSENT);
        assertThat(timeline.getEntriesCount()).isEqualTo(2);
        var lookup = hoplog.lookup(
                LookupRequest.newBuilder().setQuery("fd00:101:224:3::7").build());
        assertThat(lookup.getMatch()).isEqualTo(Match.MATCH_LONGEST);
        assertThat(lookup.getTables(0).getRoutes(0).getRoute().getPrefix()).isEqualTo(POD);
        var hops = hoplog.listHops(ListHopsRequest.getDefaultInstance());
        assertThat(hops.getNetworks(0).getHops(0).getRibs(0).getRowCount()).isEqualTo(1);
    }

    @Test
    void whoTheDaemonIsAndWhatItDidToItselfIsSaid() {
        var daemon = hoplog.listHops(ListHopsRequest.getDefaultInstance())
                .getNetworks(0)
                .getHops(0)
                .getDaemon();
        var bounds = Bounds.newBuilder().setAfter(time(0)).setAtOrBefore(time(5));
        assertThat(daemon.getState().getRouterId()).isEqualTo("10.0.0.9");
        assertThat(Integer.toUnsignedLong(daemon.getState().getLocalAsn())).isEqualTo(4_200_000_000L);
        assertThat(daemon.getState().getReconfiguredAt().getSeconds()).isEqualTo(7);
        assertThat(daemon.getLastRestart().getEvidence()).isEqualTo("version fell");
        assertThat(daemon.getLastRestart().getBounds()).isEqualTo(bounds.build());
        assertThat(daemon.getLastIdentityChange())
                .isEqualTo(IdentityChange.newBuilder()
                        .setRib(Messages.rib(SESSIONS))
                        .setBounds(bounds)
                        .setBefore(daemon.getState().toBuilder().setRouterId("10.0.0.1"))
                        .setAfter(daemon.getState())
                        .build());
    }

    /** No broker runs here. */
    @Test
    void whatTheDatabaseKnowsIsMeasuredAndThatTheRestIsMissing() throws Exception {
        var metrics = server.resolve("/q/metrics").toURL();
        try (var in = metrics.openStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("hoplog_hop_tables{network=\"lab\",node=\"pve02\",hop=\"pve02/frr/vrf_evpnz1\","
                            + "view=\"loc-rib\",state=\"observed\"} 1.0\n")
                    .contains("hoplog_metrics_complete 0.0\n")
                    .doesNotContain("hoplog_projection_lag_records{");
        }
    }

    @Test
    void whatWasRefusedIsSaidWithTheScrapeThatItIsOf() {
        var hops = hoplog.listHops(ListHopsRequest.getDefaultInstance());
        assertThat(hops.getNetworks(0).getHops(0).getRibs(0).getRejected())
                .isEqualTo(dev.hoplog.v1.Rejected.newBuilder()
                        .setCount(1)
                        .setReason("wrong base")
                        .setDetail("number 0")
                        .setRejectedAt(Timestamp.newBuilder().setSeconds(at(21).getEpochSecond()))
                        .setSnapshotId(World.id("scrape at " + at(21)).toString())
                        .setScraper("lab-1")
                        .setScraperEpoch(7)
                        .setSourcePartition(3)
                        .setSourceOffset(100)
                        .build());
        assertThat(hops.getRejectedOfNoRib().getReason()).isEqualTo("undecodable");
        assertThat(hops.getRejectedPositions(0).getNextOffset()).isEqualTo(2);
    }

    @Test
    void aWholeTableComesAsAHeaderRowsAndAnEnd() {
        var rib = RibSelector.newBuilder().setHop("pve02/frr/vrf_evpnz1").build();
        var dump = ImmutableList.copyOf(
                hoplog.dumpRib(DumpRibRequest.newBuilder().setRib(rib).build()));
        assertThat(dump)
                .extracting(DumpRibResponse::getPartCase)
                .containsExactly(
                        DumpRibResponse.PartCase.HEADER, DumpRibResponse.PartCase.ROW, DumpRibResponse.PartCase.END);
        assertThat(dump.getFirst().getHeader().getAsOf()).isEqualTo(time(20));
        assertThat(dump.get(1).getRow().getRow().getRoute().getPrefix()).isEqualTo(POD);

        var diff = ImmutableList.copyOf(hoplog.diffRib(DiffRibRequest.newBuilder()
                .setRib(rib)
                .setFrom(time(0))
                .setTo(time(10))
                .build()));
        assertThat(diff.get(1).getRow().getPresenceBefore()).isEqualTo(Presence.PRESENCE_PRESENT);
        assertThat(diff.get(1).getRow().getPresenceAfter()).isEqualTo(Presence.PRESENCE_ABSENT);
        assertThat(diff.getLast().getEnd().getRows()).isEqualTo(1);

        assertThatThrownBy(() ->
                        hoplog.dumpRib(DumpRibRequest.getDefaultInstance()).hasNext())
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    }

    @Test
    void hostBitsAreRefusedWithTheMendedForm() {
        assertFails(
                whenStopped("fd00:101:224:3::1/64", "pve02"),
                Status.Code.INVALID_ARGUMENT,
                "did you mean fd00:101:224:3::/64?");
    }

    @Test
    void whatNobodyScrapedIsNotFound() {
        assertFails(whenStopped(POD, "pve09"), Status.Code.NOT_FOUND, "there are: pve02");
    }

    @Test
    void limitsAreSaid() {
        assertThatThrownBy(() -> hoplog.lookup(LookupRequest.newBuilder()
                        .setQuery("::/0")
                        .setLimit(10_001)
                        .build()))
                .hasMessageContaining("at most 10000");
        assertFails(whenStopped("f".repeat(600) + "/1", ""), Status.Code.INVALID_ARGUMENT, "at most 512");
    }

    @Test
    void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("LOCK TABLE projection");
            assertFails(whenStopped(POD, ""), Status.Code.DEADLINE_EXCEEDED, "took too long");
            connection.rollback();
        }
    }

    @Test
    void theClientsDeadlineEndsTheQueryInTheDatabase() throws Exception {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("LOCK TABLE projection");
            assertThatThrownBy(() ->
                            hoplog.withDeadlineAfter(100, TimeUnit.MILLISECONDS).whenStopped(whenStopped(POD, "")))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
            var deadline = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
            while (waiting(connection) > 0) {
                assertThat(System.nanoTime())
                        .as("before the server's own limit")
                        .isLessThan(deadline);
            }
            connection.rollback();
        }
    }

    private static int waiting(java.sql.Connection connection) throws Exception {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'projection'::regclass")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void itSaysThatItIsWell() {
        var health = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void itSaysWhatItServes() {
        var services = new ArrayBlockingQueue<ServerReflectionResponse>(1);
        ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        services.add(response);
                    }

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onCompleted() {}
                })
                .onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        assertThat(poll(services).getListServicesResponse().getServiceList())
                .anyMatch(service -> service.getName().equals("hoplog.v1.HoplogService"));
    }

    private static ServerReflectionResponse poll(ArrayBlockingQueue<ServerReflectionResponse> responses) {
        try {
            return Objects.requireNonNull(responses.poll(5, TimeUnit.SECONDS), "no answer");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertFails(WhenStoppedRequest request, Status.Code code, String message) {
        assertThatThrownBy(() -> hoplog.whenStopped(request))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(e.getStatus().getCode()).isEqualTo(code);
                    assertThat(e.getStatus().getDescription()).contains(message);
                });
    }
}
