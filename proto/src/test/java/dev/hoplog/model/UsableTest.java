package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsableTest {
    @Test
    void shouldCallALocRibPathUsableWhenItIsValidAndBest() {
        assertThat(path(PathFlag.VALID, PathFlag.BEST).isUsable(View.LOC_RIB)).isTrue();
        assertThat(path(PathFlag.VALID).isUsable(View.LOC_RIB)).isFalse();
        assertThat(path(PathFlag.BEST).isUsable(View.LOC_RIB)).isFalse();
    }

    @Test
    void shouldNotCallAPathUsableThatIsOnItsWayOut() {
        for (var going : new PathFlag[] {PathFlag.REMOVED, PathFlag.HISTORY, PathFlag.DAMPED}) {
            assertThat(path(PathFlag.VALID, PathFlag.BEST, going).isUsable(View.LOC_RIB))
                    .isFalse();
        }
    }

    @Test
    void shouldFollowBirdsBestMarkWhereTheDestinationIsUnreachable() {
        var path = new PathBuilder()
                .destination(Destination.UNREACHABLE)
                .flag(PathFlag.VALID)
                .flag(PathFlag.BEST)
                .build();
        assertThat(path.isUsable(View.LOC_RIB)).isTrue();
    }

    @Test
    void shouldCallAFibPathUsableWhenItIsInstalledAndLeadsSomewhere() {
        assertThat(path(PathFlag.INSTALLED).isUsable(View.FIB)).isTrue();
        assertThat(path().isUsable(View.FIB)).isFalse();
        assertThat(path(PathFlag.INSTALLED, PathFlag.INSTALL_FAILED).isUsable(View.FIB))
                .isFalse();
        assertThat(path(PathFlag.INSTALLED, PathFlag.DEAD).isUsable(View.FIB)).isFalse();
        assertThat(new PathBuilder()
                        .destination(Destination.BLACKHOLE)
                        .flag(PathFlag.INSTALLED)
                        .build()
                        .isUsable(View.FIB))
                .isFalse();
    }

    private static Path path(PathFlag... flags) {
        var builder = new PathBuilder();
        for (var flag : flags) {
            builder.flag(flag);
        }
        return builder.build();
    }
}
