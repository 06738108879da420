package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.EdgeUses;
import dev.hoplog.gap.EdgeUses.EdgeUse;
import dev.hoplog.gap.EdgeUses.Use;
import dev.hoplog.gap.Ground;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which edges of the recorded lab carried something, and which of a chain that is drawn wrong did not. */
class EdgeUseTest {
    private static List<EdgeUse> uses(Recording recording, Chain chain) throws Exception {
        var histories = RecordedGaps.of(recording).histories();
        var chains = LabChain.timeline(recording.title(), chain);
        var uses = new EdgeUses(chain);
        Stream.concat(histories.prefixes().stream(), EdgeUses.probes(chain).stream())
                .distinct()
                .forEach(prefix -> uses.take(new Ground(recording.title(), chains, prefix, histories)));
        return uses.all();
    }

    private static List<String> but(Use use, List<EdgeUse> uses) {
        return uses.stream()
                .filter(one -> one.use() != use)
                .map(one -> one.edge() + " " + one.use() + " " + one.prefixes())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyEdgeOfTheLabCarriedSomething(Recording recording) throws Exception {
        assertThat(but(Use.CARRIED, uses(recording, LabChain.chain()))).isEmpty();
    }

    /** Instead of the edge from pve03 to pve02. */
    private static Chain with(Edge wrong) throws Exception {
        var chain = LabChain.chain();
        var edges = Stream.concat(
                        chain.edges().stream()
                                .filter(edge -> !(edge.upstream().toString().equals("pve03/frr/vrf_evpnz1")
                                        && edge.downstream().toString().equals("pve02/frr/vrf_evpnz1"))),
                        Stream.of(wrong))
                .toList();
        return new Chain(chain.nodes(), edges);
    }

    private static Edge edge(String upstream, String downstream, Link link) throws Exception {
        var like = LabChain.chain().edges().getFirst();
        return new Edge(
                HopId.parse(upstream),
                HopId.parse(downstream),
                link,
                like.carries(),
                false,
                like.grace(),
                like.from(),
                like.until());
    }

    @Test
    void anEdgeBetweenHopsThatNeverSpokeIsNamed() throws Exception {
        var wrong = edge(
                "solcp01/bird/master6",
                "pve02/frr/vrf_evpnz1",
                new Link.Session(Link.Kind.EXTERNAL, PeerId.parse("fd00:101::11"), PeerId.parse("fd00:101::fffe")));

        assertThat(but(Use.CARRIED, uses(Recording.STOP_REACHING_PVE02, with(wrong))))
                .singleElement()
                .asString()
                .startsWith(wrong + " NEVER ");
    }

    @Test
    void anEdgeByAnAddressThatNobodyHasIsNamed() throws Exception {
        var wrong = edge(
                "pve03/frr/vrf_evpnz1",
                "pve02/frr/vrf_evpnz1",
                new Link.Session(Link.Kind.INTERNAL, PeerId.parse("fd00:100::7"), PeerId.parse("fd00:100::2")));

        assertThat(but(Use.CARRIED, uses(Recording.STOP_REACHING_PVE02, with(wrong))))
                .singleElement()
                .asString()
                .startsWith(wrong + " NEVER ");
    }
}
