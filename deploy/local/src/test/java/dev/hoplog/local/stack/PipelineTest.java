package dev.hoplog.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineTest {
    @Test
    void shouldCountWhatIsMissingOfEachPartition() {
        assertThat(Pipeline.behind(Map.of(0, 10L, 1, 5L, 2, 0L), Map.of(0, 7L))).isEqualTo(8);
        assertThat(Pipeline.behind(Map.of(0, 10L), Map.of(0, 12L, 1, 1L))).isZero();
        assertThat(Pipeline.behind(Map.of(), Map.of())).isZero();
    }

    @Test
    void shouldNotWaitBeyondTheLimit() {
        assertThatThrownBy(() -> Await.until("pigs flew", Duration.ofMillis(60), () -> false))
                .hasMessageContaining("until pigs flew");
    }
}
