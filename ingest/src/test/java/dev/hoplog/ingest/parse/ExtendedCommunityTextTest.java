package dev.hoplog.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;

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
}
