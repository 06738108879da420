package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BoundsTest {
    @Test
    void shouldExcludeTheLastProofOfTheOldStateAndIncludeTheFirstOfTheNew() {
        var bounds = Bounds.between(at(1), at(3));
        assertThat(bounds.contains(at(1))).isFalse();
        assertThat(bounds.contains(at(2))).isTrue();
        assertThat(bounds.contains(at(3))).isTrue();
        assertThat(bounds.contains(at(4))).isFalse();
    }

    @Test
    void shouldOrderTwoChangesOnlyWhereTheirBoundsDoNotOverlap() {
        for (int a = 0; a < 5; a++) {
            for (int b = a + 1; b < 6; b++) {
                for (int c = 0; c < 5; c++) {
                    for (int d = c + 1; d < 6; d++) {
                        boolean before = Bounds.between(at(a), at(b)).isBefore(Bounds.between(at(c), at(d)));
                        assertThat(before)
                                .as("(%s,%s] before (%s,%s]", a, b, c, d)
                                .isEqualTo(b <= c);
                    }
                }
            }
        }
    }

    @Test
    void shouldReachIntoTheOpenPastWithoutAnEarlierProof() {
        assertThat(Bounds.openUntil(at(3)).contains(Instant.EPOCH)).isTrue();
        assertThat(Bounds.between(at(1), at(2)).isBefore(Bounds.openUntil(at(9))))
                .isFalse();
    }

    @Test
    void shouldRefuseEmptyBoundsAndEstimatesOutside() {
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.between(at(3), at(3)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.between(at(1), at(3)).withEstimate(at(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.between(at(1), at(3)).withEstimate(at(4)));
    }

    private static Instant at(int second) {
        return Instant.EPOCH.plusSeconds(second);
    }
}
