package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** IPv6 has an unreachable default of the highest metric behind any other. */
    @ParameterizedTest
    @CsvSource({
        "UNICAST:1024, true",
        "UNICAST:1024 UNREACHABLE:4294967295, true",
        "BLACKHOLE:10 UNICAST:1024, false",
        "BLACKHOLE UNICAST:1, false",
        "UNICAST BLACKHOLE:1, true",
        "UNICAST:20 UNICAST:20 BLACKHOLE:30, true",
        "BLACKHOLE:10:dead UNICAST:1024, true",
        "UNICAST:10:dead UNREACHABLE:20, false",
    })
    void shouldGoByTheInstalledPathsOfTheLowestMetricInAFib(String paths, boolean usable) {
        var route = new Route(
                Prefix.parse("fd00::/64"),
                Stream.of(paths.split(" ")).map(UsableTest::installed).toList(),
                Optional.empty());

        assertThat(route.isUsable(View.FIB)).isEqualTo(usable);
    }

    private static Path installed(String text) {
        var parts = text.split(":");
        var path = new PathBuilder()
                .destination(Destination.valueOf(parts[0]))
                .flag(PathFlag.INSTALLED)
                .flag(PathFlag.DEAD, text.endsWith(":dead"));
        return (parts.length > 1 ? path.metric(Long.parseLong(parts[1])) : path).build();
    }

    /** Metrics of routing protocols mean nothing to a table of BGP. */
    @Test
    void shouldUseWhatABgpTableHasChosenWhateverItsMetric() {
        var chosen = new PathBuilder()
                .flag(PathFlag.VALID)
                .flag(PathFlag.BEST)
                .metric(7)
                .build();
        var other = new PathBuilder().flag(PathFlag.VALID).metric(1).build();

        assertThat(new Route(Prefix.parse("fd00::/64"), List.of(chosen, other), Optional.empty())
                        .isUsable(View.LOC_RIB))
                .isTrue();
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
