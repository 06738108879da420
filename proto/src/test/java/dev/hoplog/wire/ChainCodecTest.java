package dev.hoplog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChainCodecTest {
    private static final Instant PUBLISHED = Instant.parse("2026-11-23T04:00:00Z");
    private static final int VALUES = 1_000;

    @Test
    void shouldDecodeEveryVersionToItself() throws MalformedRecord {
        var values = new RandomValues(51);
        for (int i = 0; i < VALUES; i++) {
            var version = values.chainVersion();
            assertThat(ChainCodec.decode(ChainCodec.encode(version))).isEqualTo(version);
        }
    }

    @Test
    void shouldNameAVersionByWhatItSaysAndNotByTheOrderInWhichItWasWrittenNorByWhenItWasPublished() {
        var values = new RandomValues(52);
        for (int i = 0; i < VALUES; i++) {
            var version = values.chainVersion();
            var nodes = new ArrayList<>(version.chain().nodes());
            var edges = new ArrayList<>(version.chain().edges());
            Collections.shuffle(nodes, new Random(i));
            Collections.shuffle(edges, new Random(i));
            var again = ChainCodec.version(
                    version.network(), version.inForceFrom(), PUBLISHED.plusSeconds(i), new Chain(nodes, edges));
            assertThat(again.id()).isEqualTo(version.id());
        }
    }

    @Test
    void shouldGiveAnotherNameToWhateverSaysSomethingElse() {
        var version = lab();

        assertThat(ChainCodec.version("other", version.inForceFrom(), PUBLISHED, version.chain())
                        .id())
                .isNotEqualTo(version.id());
        assertThat(ChainCodec.version("lab", Optional.empty(), PUBLISHED, version.chain())
                        .id())
                .isNotEqualTo(version.id());
        assertThat(ChainCodec.version(
                                "lab",
                                version.inForceFrom(),
                                PUBLISHED,
                                new Chain(version.chain().nodes(), List.of()))
                        .id())
                .isNotEqualTo(version.id());
    }

    /** Part of the wire format: answers name versions, and the same chain must have the same name in years. */
    @Test
    void shouldCallTheSameChainTheSameForEver() {
        assertThat(lab().id()).hasToString("3a03fcc6a0302152fd5b71b20fdd5beb");
    }

    @Test
    void shouldRefuseAVersionUnderAForeignName() {
        var version = lab();
        var foreign = new ChainVersion(
                version.network(),
                new RandomValues(53).chainVersion().id(),
                version.inForceFrom(),
                version.publishedAt(),
                version.chain());

        assertThatExceptionOfType(MalformedRecord.class)
                .isThrownBy(() -> ChainCodec.decode(ChainCodec.encode(foreign)))
                .withMessageContaining("what it says is called " + version.id());
    }

    @Test
    void shouldEndInAValueOrAMalformedRecordForAnyOctets() {
        var values = new RandomValues(54);
        var random = new Random(54);
        for (int i = 0; i < VALUES; i++) {
            var octets = ChainCodec.encode(values.chainVersion());
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            try {
                ChainCodec.decode(octets);
            } catch (MalformedRecord expected) {
                assertThat(expected.problem()).startsWith("chain version: ");
            }
        }
    }

    private static ChainVersion lab() {
        var bird = HopId.parse("solwk02/bird/master6");
        var frr = HopId.parse("pve02/frr/vrf_evpnz1");
        var kernel = HopId.parse("pve02/kernel/main");
        var pods = new PrefixRange(Prefix.parse("fd00:101:224::/48"), 64, 64);
        var requires =
                new Communities(List.of(), List.of(LargeCommunity.parse("4200001000:0:100")), List.of(), List.of());
        var edges = List.of(
                new Edge(
                        bird,
                        frr,
                        new Link.Session(
                                Link.Kind.EXTERNAL, PeerId.parse("fd00:255:101::22"), PeerId.parse("fd00:255:101::2")),
                        List.of(new Carried(pods, requires)),
                        true,
                        Edge.USUAL_GRACE,
                        Optional.of(PUBLISHED.minusSeconds(60)),
                        Optional.empty()),
                new Edge(
                        frr,
                        kernel,
                        new Link.Install(),
                        List.of(Carried.freely(pods)),
                        false,
                        Edge.USUAL_GRACE,
                        Optional.empty(),
                        Optional.empty()));
        var nodes = List.of(
                new Node("solwk02", new TreeSet<>(List.of("talos-2")), bird, List.of(bird)),
                new Node("pve02", new TreeSet<>(), frr, List.of(frr, kernel)));
        return ChainCodec.version("lab", Optional.of(PUBLISHED), PUBLISHED, new Chain(nodes, edges));
    }
}
