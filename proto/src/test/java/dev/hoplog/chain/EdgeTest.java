package dev.hoplog.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.Prefix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgeTest {
    private static final Communities TENANT =
            new Communities(List.of(), List.of(LargeCommunity.parse("4200001000:0:100")), List.of(), List.of());
    private static final PrefixRange PODS = new PrefixRange(Prefix.parse("fd00:101:224::/48"), 64, 64);
    private static final PrefixRange LOOPBACKS = new PrefixRange(Prefix.parse("fd00:101:fe::/64"), 128, 128);

    @Test
    void shouldRequireOfEachPrefixWhatItsOwnRangeRequires() {
        var edge = edge(new Carried(PODS, TENANT), Carried.freely(LOOPBACKS));

        assertThat(edge.requires(Prefix.parse("fd00:101:224:3::/64"))).isEqualTo(TENANT);
        assertThat(edge.requires(Prefix.parse("fd00:101:fe::13/128"))).isEqualTo(Communities.none());
        assertThat(edge.requires(Prefix.parse("2001:db8::/32"))).isEqualTo(Communities.none());
    }

    @Test
    void shouldRefuseTwoRangesThatRequireDifferentThingsOfOnePrefix() {
        var wider = new PrefixRange(Prefix.parse("fd00:101::/32"), 48, 64);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> edge(new Carried(PODS, TENANT), Carried.freely(wider)))
                .withMessageContaining("which overlaps");
        assertThat(edge(new Carried(PODS, TENANT), new Carried(wider, TENANT)).carries())
                .hasSize(2);
    }

    @Test
    void shouldLetRangesOfTheSamePrefixesButOtherLengthsRequireDifferentThings() {
        var longer = new PrefixRange(Prefix.parse("fd00:101:224::/48"), 65, 128);

        assertThat(edge(new Carried(PODS, TENANT), Carried.freely(longer)).carries())
                .hasSize(2);
    }

    @Test
    void shouldRefuseToRequireANameThatOnlyADaemonCouldResolve() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Carried(PODS, new Communities(List.of(), List.of(), List.of(), List.of("TENANT"))));
    }

    private static Edge edge(Carried... carries) {
        return new Edge(
                HopId.parse("a/bird/master6"),
                HopId.parse("b/frr/default"),
                new Link.Install(),
                List.of(carries),
                false,
                Edge.USUAL_GRACE,
                Optional.empty(),
                Optional.empty());
    }
}
