package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LabChainTest {
    private static final Duration SCRAPE = Duration.ofSeconds(5);

    /**
     * A daemon that has a route again, and a kernel that refuses it for three scrapes: both are read twice in the meantime, so
     * all that is ever proven of it is as long as the time between two.
     */
    @Test
    void shouldGiveKernelsNoMoreTimeThanPassesBetweenTwoReadings() throws Exception {
        assertThat(LabChain.chain().edges())
                .filteredOn(edge -> edge.link() instanceof Link.Install)
                .isNotEmpty()
                .extracting(Edge::grace)
                .allSatisfy(grace -> assertThat(grace).isLessThanOrEqualTo(SCRAPE));
    }
}
