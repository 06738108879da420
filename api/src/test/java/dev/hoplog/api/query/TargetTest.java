package dev.hoplog.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.api.World;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names a question reaches which hops. */
class TargetTest {
    private static final List<String> HOPS =
            List.of("old/frr/main", "old/kernel/main", "new/frr/main", "new/kernel/main", "other/frr/main");

    private static final ChainVersion RENAMED = version(World.chain("new/frr/main", "old", "older"));

    private static ChainVersion version(Chain chain) {
        return new ChainVersion("lab", new Id(0, 1), Optional.empty(), Instant.EPOCH, chain);
    }

    private static Stream<String> reached(String text, ChainVersion... versions) {
        var target = Target.of(text).under(List.of(versions));
        return HOPS.stream().filter(hop -> target.includes(HopId.parse(hop)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "old", "older"})
    void shouldReachTheHopsOfAllNamesByAnyOfThem(String name) {
        assertThat(reached(name, RENAMED))
                .containsExactly("old/frr/main", "old/kernel/main", "new/frr/main", "new/kernel/main");
        assertThat(reached(name + "/frr/main", RENAMED)).containsExactly("old/frr/main", "new/frr/main");
    }

    @Test
    void shouldReachOneNameWhereNoChainKnowsAnother() {
        assertThat(reached("old")).containsExactly("old/frr/main", "old/kernel/main");
        assertThat(reached("old/frr/main")).containsExactly("old/frr/main");
        assertThat(reached("other", RENAMED)).containsExactly("other/frr/main");
        assertThat(reached("", RENAMED)).isEqualTo(HOPS);
    }

    /** Another host took over the old name. */
    @Test
    void shouldBelieveTheFirstVersionThatKnowsTheName() {
        var taken = version(World.chain("old/frr/main"));
        var without = version(World.chain("other/frr/main"));

        assertThat(reached("old", taken, RENAMED)).containsExactly("old/frr/main", "old/kernel/main");
        assertThat(reached("old", without, RENAMED)).hasSize(4);
    }

    @Test
    void shouldRefuseWhatHasSlashesAndIsNoHop() {
        assertThatExceptionOfType(QueryFailure.Invalid.class).isThrownBy(() -> Target.of("new/frr"));
    }
}
