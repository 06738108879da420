package dev.hoplog.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.model.PeerId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of neighbours. */
class NeighboursTest {
    @ParameterizedTest
    @CsvSource({
        "fd00::1, fd00::1, SAME",
        "fd00::1, fd00::2, OTHER",
        "fe80::1%eth0, fe80::1, SAME",
        "fe80::1%eth0, fe80::1%eth1, OTHER",
        "eth0, eth0, SAME",
        "eth0, eth1, OTHER",
        "eth0, fe80::1%eth0, UNCLEAR",
        "eth0, fe80::1%eth1, OTHER",
        "eth0, fe80::1, UNCLEAR",
        "eth0, 10.0.0.1, UNCLEAR",
        "eth0, fd00::1, OTHER",
        "10.0.0.1, 10.0.0.2, OTHER"
    })
    void shouldTellNeighboursApartOnlyByNamesThatNoneOfThemShares(String first, String second, String expected) {
        var one = PeerId.parse(first);
        var other = PeerId.parse(second);
        assertThat(said(one, other)).isEqualTo(expected);
        assertThat(said(other, one)).isEqualTo(expected);
    }

    private static String said(PeerId one, PeerId other) {
        if (one.isSameAs(other)) {
            return "SAME";
        }
        return Neighbours.isUnclear(one, other) ? "UNCLEAR" : "OTHER";
    }
}
