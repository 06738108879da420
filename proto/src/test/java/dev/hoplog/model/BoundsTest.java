package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
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
    void shouldReachIntoTheOpenPastWithoutAnEarlierProof() {
        var open = new Bounds(Optional.empty(), at(3), Optional.empty());
        assertThat(open.contains(Instant.EPOCH)).isTrue();
        assertThat(open.contains(at(4))).isFalse();
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
