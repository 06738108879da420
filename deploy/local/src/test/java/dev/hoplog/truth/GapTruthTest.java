package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.gap.Gap;
import dev.hoplog.gap.Incident;
import dev.hoplog.model.HopId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gaps of the recordings beside what really happened: each incident as an engineer tells it, and none besides. */
class GapTruthTest {
    private static final String[] PODS_OF_OTHERS = {
        "fd00:101:224::/64", "fd00:101:224:1::/64", "fd00:101:224:2::/64", "fd00:101:224:3::/64", "fd00:101:224:4::/64"
    };
    private static final String LOOPBACK_OF_SOLCP03 = "fd00:101:fe::13/128";

    @ParameterizedTest
    @EnumSource
    void shouldFindEveryGapThatCouldBeSeenAndNoOther(Recording recording) throws Exception {
        var check = GapCheck.of(RecordedGaps.of(recording));

        assertThat(check.invented()).isEmpty();
        assertThat(check.missed()).isEmpty();
        assertThat(check.checked())
                .as("true losses of an edge that could be seen; fewer would mean that the test looks at nothing")
                .isEqualTo(recording.visibleLosses());
    }

    @Test
    void theSeedIncidentShouldBreakAtEachNodesOwnEdgeFirst() throws Exception {
        var recorded = RecordedGaps.of(Recording.SEED_INCIDENT);

        assertThat(recorded.gaps().stream()
                        .filter(gap -> gap.opened().after().isEmpty()
                                && gap.hop().daemon().equals("frr"))
                        .map(gap -> told(recorded, gap)))
                .containsExactlyInAnyOrder(
                        "fd00:101:224::/64 solcp01/bird/master6 -> pve01/frr/vrf_evpnz1 [REJECTED_ON_IMPORT] RESTORED",
                        "fd00:101:224:2::/64 solwk01/bird/master6 -> pve01/frr/vrf_evpnz1 [REJECTED_ON_IMPORT] RESTORED",
                        "fd00:101:224:1::/64 solcp02/bird/master6 -> pve02/frr/vrf_evpnz1 [REJECTED_ON_IMPORT] RESTORED",
                        "fd00:101:224:4::/64 solwk03/bird/master6 -> pve02/frr/vrf_evpnz1 [REJECTED_ON_IMPORT] RESTORED",
                        "fd00:101:224:3::/64 solwk02/bird/master6 -> pve03/frr/vrf_evpnz1 [REJECTED_ON_IMPORT] RESTORED",
                        "fd00:101:224:5::/64 solcp03/bird/master6 -> pve03/frr/vrf_evpnz1 [REJECTED_ON_IMPORT] RESTORED");
    }

    @Test
    void afterTheFirstMendTheOtherRoutersShouldNotPassThePodsOn() throws Exception {
        var recorded = RecordedGaps.of(Recording.SEED_INCIDENT);

        assertThat(recorded.gaps().stream()
                        .filter(gap -> gap.prefix().toString().equals("fd00:101:224::/64")
                                && gap.hop().daemon().equals("bird"))
                        .map(gap -> told(recorded, gap)))
                .containsExactlyInAnyOrder(
                        "fd00:101:224::/64 pve02/frr/vrf_evpnz1 -> solcp02/bird/master6 [NOT_EXPORTED] RESTORED",
                        "fd00:101:224::/64 pve02/frr/vrf_evpnz1 -> solwk03/bird/master6 [NOT_EXPORTED] RESTORED",
                        "fd00:101:224::/64 pve03/frr/vrf_evpnz1 -> solcp03/bird/master6 [NOT_EXPORTED] RESTORED",
                        "fd00:101:224::/64 pve03/frr/vrf_evpnz1 -> solwk02/bird/master6 [NOT_EXPORTED] RESTORED");
    }

    @Test
    void birdToGobgpShouldFailInThreeWaysOneAfterTheOther() throws Exception {
        var recorded = RecordedGaps.of(Recording.SEED_INCIDENT);
        var ofFirstNode = recorded.gaps().stream()
                .filter(gap -> gap.hop().toString().equals("solwk01/gobgp/global")
                        && gap.prefix().toString().equals("fd00:101:224::/64"))
                .toList();

        assertThat(ofFirstNode).hasSize(1);
        assertThat(told(recorded, ofFirstNode.getFirst()))
                .isEqualTo("fd00:101:224::/64 solwk01/bird/master6 -> solwk01/gobgp/global"
                        + " [NOT_EXPORTED, LISTED_AS_EXPORTED_BUT_NOT_RECEIVED, REJECTED_ON_IMPORT] RESTORED");
    }

    @Test
    void stopReachingPve02ShouldBeOneIncident() throws Exception {
        var recorded = RecordedGaps.of(Recording.STOP_REACHING_PVE02);

        assertThat(recorded.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.gaps())
                    .extracting(gap -> told(recorded, gap))
                    .containsExactly(
                            "fd00:101:224:3::/64 pve03/frr/vrf_evpnz1 -> pve02/frr/vrf_evpnz1 [REJECTED_ON_IMPORT] RESTORED");
            assertThat(incident.gaps().getFirst().affected().keySet())
                    .extracting(HopId::toString)
                    .containsExactly(
                            "pve02/kernel/main",
                            "solcp02/bird/master6",
                            "solcp02/gobgp/global",
                            "solcp02/kernel/main",
                            "solwk03/bird/master6",
                            "solwk03/gobgp/global",
                            "solwk03/kernel/main");
        });
    }

    @Test
    void theOutageOfTheScraperShouldOpenNothingAndBeLookedThrough() throws Exception {
        var recorded = RecordedGaps.of(Recording.SCRAPER_OUTAGE);

        assertThat(recorded.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.gaps())
                    .extracting(gap -> told(recorded, gap))
                    .containsExactlyInAnyOrder(
                            "fd00:101:224:3::/64 pve03/frr/vrf_evpnz1 -> (pve02/frr/vrf_evpnz1) -> solcp02/bird/master6"
                                    + " [HOP_NOT_OBSERVED] RESTORED",
                            "fd00:101:224:3::/64 pve03/frr/vrf_evpnz1 -> (pve02/frr/vrf_evpnz1) -> solwk03/bird/master6"
                                    + " [HOP_NOT_OBSERVED] RESTORED");
            assertThat(incident.hops())
                    .extracting(HopId::toString)
                    .containsExactly(
                            "solcp02/bird/master6",
                            "solcp02/gobgp/global",
                            "solcp02/kernel/main",
                            "solwk03/bird/master6",
                            "solwk03/gobgp/global",
                            "solwk03/kernel/main");
        });
    }

    @Test
    void theFlapShouldBeOneIncidentAroundTheDaemonThatFellSilent() throws Exception {
        var recorded = RecordedGaps.of(Recording.SESSION_FLAP);

        assertThat(recorded.incidents()).singleElement().satisfies(incident -> {
            assertThat(at(incident, "pve03/frr/vrf_evpnz1").map(gap -> told(recorded, gap)))
                    .containsExactly(
                            LOOPBACK_OF_SOLCP03
                                    + " solcp03/bird/master6 -> pve03/frr/vrf_evpnz1 [SOURCE_LOST] RESTORED",
                            "fd00:101:224:5::/64 solcp03/gobgp/global -> (solcp03/bird/master6) -> pve03/frr/vrf_evpnz1"
                                    + " [HOP_NOT_OBSERVED] RESTORED");
            for (var hop : List.of("solcp03/gobgp/global", "solcp03/kernel/main")) {
                assertThat(at(incident, hop)
                                .map(gap -> gap.prefix().toString())
                                .filter(prefix -> prefix.startsWith("fd00:101:224:")))
                        .as("the pods of others, lost at " + hop)
                        .containsExactlyInAnyOrder(PODS_OF_OTHERS);
            }
        });
    }

    private static Stream<Gap> at(Incident incident, String hop) {
        return incident.gaps().stream().filter(gap -> gap.hop().toString().equals(hop));
    }

    private static String told(RecordedGaps recorded, Gap gap) {
        var causes = recorded.explain(gap).stream()
                .map(explanation -> explanation.cause())
                .distinct()
                .toList();
        return gap.prefix() + " "
                + String.join(
                        " and ", gap.breaks().stream().map(Object::toString).toList()) + " " + causes + " "
                + gap.ending().map(ending -> ending.end().toString()).orElse("open");
    }
}
