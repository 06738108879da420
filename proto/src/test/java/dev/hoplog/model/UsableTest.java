package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(Destination.class)
    void shouldLetALookupInAFibEndWhereverAnInstalledPathLeads(Destination destination) {
        var path = new PathBuilder().destination(destination).flag(PathFlag.INSTALLED);
        assertThat(path.build().isSelected(View.FIB)).isTrue();
        assertThat(path.flag(PathFlag.DEAD).build().isSelected(View.FIB)).isFalse();
    }

    @Test
    void shouldLetALookupPassOverWhatIsPresentAndNotSelected() {
        assertThat(path(PathFlag.VALID).isSelected(View.LOC_RIB)).isFalse();
        assertThat(path(PathFlag.VALID, PathFlag.BEST, PathFlag.REMOVED).isSelected(View.LOC_RIB))
                .isFalse();
        assertThat(path().isSelected(View.FIB)).isFalse();
        assertThat(path(PathFlag.INSTALLED, PathFlag.INSTALL_FAILED).isSelected(View.FIB))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void shouldUseNothingThatIsNotSelected(View view) {
        for (var flags : Sets.powerSet(EnumSet.allOf(PathFlag.class))) {
            var path = path(flags.toArray(PathFlag[]::new));
            assertThat(path.isUsable(view) && !path.isSelected(view))
                    .as("%s", flags)
                    .isFalse();
        }
    }

    private static Path path(PathFlag... flags) {
        var builder = new PathBuilder();
        for (var flag : flags) {
            builder.flag(flag);
        }
        return builder.build();
    }
}
