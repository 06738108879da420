package dev.hoplog.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ExtendedCommunityTextTest {
    @Test
    void shouldSplitFrrsListEvenWhereAnEntryHasSpaces() {
        assertThat(ExtendedCommunityText.ofFrr(
                        "RT:65010:100 SoO:65010:1 LB:65010:1250000 (10.000 Mbps) ET:8 UNK:3, 12 MM:4"))
                .containsExactly("rt:65010:100", "soo:65010:1", "lb:65010:1250000", "et:8", "unk:3:12", "mm:4");
    }

    @Test
    void shouldPrintTheSameCommunityAlikeForEveryDaemon() {
        assertThat(ExtendedCommunityText.ofFrr("SoO:65010:1").getFirst())
                .isEqualTo(ExtendedCommunityText.ofBird("ro, 65010, 1"))
                .isEqualTo(ExtendedCommunityText.ofGobgp(0, 3, "65010:1"));
    }

    @Test
    void shouldPrintAnAsNumberOfFourOctetsAlikeForEveryDaemon() {
        assertThat(ExtendedCommunityText.ofGobgp(2, 2, "64086.60904:100"))
                .isEqualTo(ExtendedCommunityText.ofFrr("RT:4200001000:100").getFirst())
                .isEqualTo(ExtendedCommunityText.ofOctets(HexFormat.of().parseHex("0202fa56ede80064")))
                .isEqualTo("rt:4200001000:100");
    }

    /** In lower case base64 says something else. */
    @Test
    void shouldPrintTheOctetsThatGobgpHasNoTextFor() {
        assertThat(ExtendedCommunityText.ofGobgp(3, 6, "BgABcAAAAA=="))
                .isEqualTo(ExtendedCommunityText.ofOctets(HexFormat.of().parseHex("0306000170000000")))
                .isEqualTo("0x0306:000170000000");
        assertThat(ExtendedCommunityText.ofGobgp(3, 6, "BgABCAAAAA==")).isEqualTo("0x0306:000108000000");
        assertThat(ExtendedCommunityText.ofGobgp(6, 0, "not base64")).isEqualTo("0x0600:not base64");
    }
}
