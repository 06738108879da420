package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.gap.Crossing;
import dev.hoplog.gap.EdgeCrossing;
import dev.hoplog.gap.Edges;
import dev.hoplog.gap.Ground;
import dev.hoplog.model.Prefix;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recorded network, edge by edge. */
class TraceTruthTest {
    private static final Prefix POD = Prefix.parse("fd00:101:224:3::/64");

    private static List<EdgeCrossing> edges(RecordedGaps recorded, Prefix prefix, Instant instant) {
        var network = recorded.recording().title();
        var chains = LabChain.timeline(network, recorded.chain());
        return Edges.at(new Ground(network, chains, prefix, recorded.histories()), instant);
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowEachGapAsAnEdgeThatItIsMissingAtForTheSameCause(Recording recording) throws Exception {
        var recorded = RecordedGaps.of(recording);
        for (var gap : recorded.gaps()) {
            for (var explanation : recorded.explain(gap)) {
                var way = explanation.at();
                if (!way.unobserved().isEmpty() || gap.kind() != dev.hoplog.gap.Gap.Kind.MISSING) {
                    continue;
                }
                for (var span : explanation.when().spans()) {
                    assertThat(edges(recorded, gap.prefix(), span.from()))
                            .as("%s at %s", gap, span.from())
                            .filteredOn(crossed -> crossed.edge().upstream().equals(way.source())
                                    && crossed.edge().downstream().equals(way.hop()))
                            .singleElement()
                            .satisfies(crossed -> assertThat(crossed.crossing())
                                    .isInstanceOfSatisfying(
                                            Crossing.Missing.class,
                                            missing -> assertThat(missing.why().cause())
                                                    .isEqualTo(explanation.cause())));
                }
            }
        }
    }

    @Test
    void shouldTellTheIncidentHopByHop() throws Exception {
        var edges = edges(RecordedGaps.of(Recording.STOP_REACHING_PVE02), POD, Instant.parse("2026-11-23T04:38:40Z"));

        assertThat(edges.stream().map(TraceTruthTest::line))
                .startsWith(
                        "solwk02/gobgp/global -> solwk02/bird/master6 carried",
                        "solwk02/bird/master6 -> pve03/frr/vrf_evpnz1 carried",
                        "solwk02/bird/master6 -> solwk02/kernel/main carried",
                        "pve03/frr/vrf_evpnz1 -> pve01/frr/vrf_evpnz1 carried",
                        "pve03/frr/vrf_evpnz1 -> pve02/frr/vrf_evpnz1 missing REJECTED_ON_IMPORT",
                        "pve03/frr/vrf_evpnz1 -> pve03/kernel/main carried")
                .contains(
                        "pve01/frr/vrf_evpnz1 -> pve02/frr/vrf_evpnz1 not expected INTERNAL",
                        "solcp01/bird/master6 -> pve01/frr/vrf_evpnz1 not expected BACK_TO_PEER",
                        "pve02/frr/vrf_evpnz1 -> pve02/kernel/main not expected UPSTREAM_LACKS")
                .filteredOn(line -> line.contains(" missing "))
                .hasSize(1);
    }

    private static String line(EdgeCrossing crossed) {
        return crossed.edge() + " "
                + switch (crossed.crossing()) {
                    case Crossing.Carried(var passage) ->
                        passage.filter(changed -> changed.used()).isPresent() ? "carried" : "carried, not used";
                    case Crossing.Missing(var why) -> "missing " + why.cause();
                    case Crossing.NotExpected(var reason, var came) ->
                        "not expected " + reason + (came ? ", came all the same" : "");
                    case Crossing.NotKnown _ -> "not known";
                    case Crossing.FromElsewhere() -> "from elsewhere";
                    case Crossing.UnderWay _ -> "under way";
                };
    }
}
