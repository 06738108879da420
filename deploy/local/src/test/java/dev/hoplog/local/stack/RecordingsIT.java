package dev.hoplog.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.truth.Recording;
import dev.hoplog.truth.ShiftedCapture;
import dev.hoplog.truth.TruthCheck;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.HopAnswer;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.Outcome;
import dev.hoplog.v1.View;
import dev.hoplog.v1.WhenStoppedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All recordings through the processes that users run, a real broker and a real database, each in its own network. */
@ExtendWith(Undisturbed.Shared.class)
class RecordingsIT {
    private static final String POD = "fd00:101:224:3::/64";
    private static final String LAG_OF_THE_DIFF = "kafka_consumer_fetch_manager_records_lag";
    /** When stop-reaching-pve02 began. */
    private static final Instant START = Instant.ofEpochMilli(1_795_408_670_323L);

    @TempDir
    private static Path directory;

    private static TestStack stack;
    private static HoplogClient client;

    @BeforeAll
    static void replayAll(Undisturbed undisturbed) {
        stack = undisturbed.stack();
        client = undisturbed.client();
    }

    @Test
    void shouldAnswerTheDefiningQuestion() {
        var answer = pve02("stop-reaching-pve02");

        assertThat(answer.getRib().getHop()).isEqualTo("pve02/frr/vrf_evpnz1");
        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_STOPPED_AND_BACK);
        assertMeets(answer.getStopped(), START.plusMillis(29_967), START.plusMillis(30_168));
        assertMeets(answer.getReturned(), START.plusMillis(80_067), START.plusMillis(80_269));
        assertThat(List.of(answer.getStopped(), answer.getReturned()))
                .allSatisfy(bounds -> assertThat(width(bounds)).isLessThanOrEqualTo(Duration.ofSeconds(10)));
    }

    @Test
    void shouldTellOfAnOutageThatReachesIntoTheWindow() {
        var answer = client.whenStopped(question("stop-reaching-pve02", "pve02/frr/vrf_evpnz1")
                        .setFrom(timestamp(START.plusSeconds(40)))
                        .setTo(timestamp(START.plusSeconds(90)))
                        .build())
                .getHops(0);

        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_STOPPED_AND_BACK);
        assertMeets(answer.getStopped(), START.plusMillis(29_967), START.plusMillis(30_168));
        assertThat(answer.getFirstSeen().hasAfter()).isFalse();
        assertThat(answer.hasLastCame()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLogWhatHappenedAndNothingElse(Recording recording) throws Exception {
        var log = new ArrayList<dev.hoplog.log.LogEntry>();
        stack.log()
                .values()
                .forEach(entries -> entries.stream()
                        .filter(entry -> entry.network().equals(recording.title()))
                        .forEach(log::add));

        var check = TruthCheck.of(recording, log);

        assertThat(check.missing()).isEmpty();
        assertThat(check.invented()).isEmpty();
        assertThat(check.unread()).isEmpty();
        assertThat(check.checked()).isPositive();
    }

    @Test
    void shouldNotReadTheCollectorsOwnOutageAsAWithdrawal() {
        var during = client.whenStopped(question("scraper-outage", "pve02")
                        .setAt(timestamp(
                                Instant.ofEpochMilli(1_795_408_793_401L).plusSeconds(50)))
                        .build())
                .getHops(0);
        assertThat(during.getOutcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
        assertThat(during.getUnknownBecause()).contains("host did not answer");

        var afterwards = pve02("scraper-outage");
        assertThat(afterwards.getOutcome()).isEqualTo(Outcome.OUTCOME_STILL_REACHING);
        assertThat(afterwards.getChangedUnseenList()).hasSize(1);
        assertThat(afterwards.getBlindList()).hasSize(1);
    }

    @Test
    void shouldChangeNothingWhenARecordingIsReplayedAgain() throws Exception {
        var before = Questions.answers(client);
        stack.replay(Recording.SESSION_FLAP);
        assertThat(Questions.answers(client)).isEqualTo(before);
    }

    /** Whoever reads a partition must know the chain before the events that it judges by it. */
    @Test
    void shouldHaveTheChainInEachPartitionOnceAndBeforeTheFirstSnapshot() throws Exception {
        var network = "under-a-chain";
        stack.replayUnderChain(Recording.STOP_REACHING_PVE02, network);
        stack.replayUnderChain(Recording.STOP_REACHING_PVE02, network);

        assertThat(stack.log().values()).isNotEmpty().allSatisfy(entries -> {
            var own = entries.stream()
                    .filter(entry -> entry.network().equals(network))
                    .toList();
            assertThat(own)
                    .first()
                    .isInstanceOfSatisfying(
                            ChainPublished.class,
                            published -> assertThat(published.version().inForceFrom())
                                    .isEmpty());
            assertThat(own).filteredOn(ChainPublished.class::isInstance).hasSize(1);
        });
    }

    @Test
    void shouldSayThatAnOlderCaptureWasRefused() throws Exception {
        var network = "one-after-the-other";
        stack.replay(Recording.STOP_REACHING_PVE02.capture(), network, (what, done, all) -> {});
        var before = Questions.answers(client);
        var answer = pve02(network);
        var older =
                ShiftedCapture.write(Recording.STOP_REACHING_PVE02, Duration.ofDays(-1), directory.resolve("older"));

        var again = stack.replay(Recording.STOP_REACHING_PVE02.capture(), network, (what, done, all) -> {});
        var summary = stack.replay(older, network, (what, done, all) -> {});

        assertThat(again.refusals().records()).isZero();
        assertThat(summary.refusals().records()).isGreaterThanOrEqualTo(summary.snapshots());
        assertThat(summary.refusals().firstDetail())
                .hasValueSatisfying(detail -> assertThat(detail).contains("was taken in before"));
        assertThat(Questions.answers(client)).isEqualTo(before);
        assertThat(pve02(network)).isEqualTo(answer);
        var hops =
                client.listHops(ListHopsRequest.newBuilder().setNetwork(network).build());
        assertThat(hops.getNetworks(0).getHopsList().stream()
                        .flatMap(hop -> hop.getRibsList().stream())
                        .mapToLong(rib -> rib.getRejected().getCount())
                        .sum())
                .isEqualTo(summary.refusals().records());
    }

    @ParameterizedTest
    @ValueSource(longs = {-30 * 365L, 50 * 365L})
    void shouldTakeCapturesFromAnyTime(long days) throws Exception {
        var shift = Duration.ofDays(days);
        var network = "shifted" + days;
        var capture = ShiftedCapture.write(Recording.STOP_REACHING_PVE02, shift, directory.resolve(network));

        stack.replay(capture, network, (what, done, all) -> {});

        var answer = pve02(network);
        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_STOPPED_AND_BACK);
        assertMeets(
                answer.getStopped(),
                START.plusMillis(29_967).plus(shift),
                START.plusMillis(30_168).plus(shift));
    }

    @Test
    void shouldGiveTheMetricsThatAreDocumentedAndNoOthers() throws Exception {
        var addresses = stack.running().addresses();
        // Micrometer looks once a minute for what Kafka's clients measure since.
        Await.until(
                "Kafka's clients were measured",
                Duration.ofSeconds(120),
                () -> !Scraped.from(addresses.streams()).of(LAG_OF_THE_DIFF).isEmpty());
        var programs = Map.of("api", Scraped.from(addresses.apiHttp()), "streams", Scraped.from(addresses.streams()));
        var documented = DocumentedMetric.all();

        assertThat(documented)
                .hasSizeGreaterThan(10)
                .allSatisfy(metric -> assertThat(Objects.requireNonNull(programs.get(metric.from()))
                                .of(metric.name()))
                        .as(metric.name())
                        .isNotEmpty()
                        .allSatisfy(
                                sample -> assertThat(sample.labels().keySet()).isEqualTo(metric.labels())));
        programs.forEach((program, scraped) -> assertThat(scraped.samples())
                .extracting(Scraped.Sample::name)
                .filteredOn(name -> name.startsWith("hoplog_"))
                .allMatch(name -> documented.stream()
                        .anyMatch(metric ->
                                metric.name().equals(name) && metric.from().equals(program))));
    }

    /** The scraper of this recording could not reach the hosts for a while, and could at the end. */
    @Test
    void shouldMeasureHowFreshEveryHopIsAndWhatFailed() throws Exception {
        var addresses = stack.running().addresses();
        var hop = Map.of("network", "scraper-outage", "hop", "pve02/frr/vrf_evpnz1", "view", "loc-rib");
        var known = client.listHops(ListHopsRequest.newBuilder()
                        .setNetwork("scraper-outage")
                        .setTarget("pve02/frr/vrf_evpnz1")
                        .build())
                .getNetworks(0)
                .getHops(0)
                .getRibsList();

        var api = Scraped.from(addresses.apiHttp());
        var streams = Scraped.from(addresses.streams());

        assertThat(api.sum("hoplog_hop_tables", hop)).isEqualTo(1);
        assertThat(known)
                .filteredOn(rib -> rib.getRib().getView() == View.VIEW_LOC_RIB)
                .extracting(rib -> seconds(rib.getObserved().getTo()))
                .containsExactly(api.sum("hoplog_hop_observed_oldest_timestamp_seconds", hop));
        assertThat(streams.sum(
                        "hoplog_scrape_failures_total",
                        Map.of("network", "scraper-outage", "hop", "pve02/frr/vrf_evpnz1", "reason", "unreachable")))
                .isPositive();
        assertThat(api.sum("hoplog_metrics_complete", Map.of())).isEqualTo(1);
    }

    private static double seconds(Timestamp timestamp) {
        return timestamp.getSeconds() + timestamp.getNanos() / 1e9;
    }

    @Test
    void shouldFindTheProjectionInOrderAndEqualToARebuiltOne() throws Exception {
        Checks.verifyAndRebuild(stack.running());
    }

    private static HopAnswer pve02(String network) {
        return client.whenStopped(question(network, "pve02/frr/vrf_evpnz1").build())
                .getHops(0);
    }

    private static WhenStoppedRequest.Builder question(String network, String target) {
        return WhenStoppedRequest.newBuilder()
                .setNetwork(network)
                .setPrefix(POD)
                .setTarget(target);
    }

    /** Both are intervals that are open at the start and closed at the end. */
    private static void assertMeets(Bounds bounds, Instant after, Instant by) {
        assertThat(instant(bounds.getAfter())).isBefore(by);
        assertThat(instant(bounds.getAtOrBefore())).isAfter(after);
    }

    private static Duration width(Bounds bounds) {
        return Duration.between(instant(bounds.getAfter()), instant(bounds.getAtOrBefore()));
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }
}
