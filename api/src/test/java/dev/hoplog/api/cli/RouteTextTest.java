package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.Path;
import dev.hoplog.v1.Route;
import org.junit.jupiter.api.Test;

class RouteTextTest {
    @Test
    void shouldShowTheBestPathWhereverItStands() {
        var other = Path.newBuilder().addNextHops("fd00:100::1").addFlags("valid");
        var route = route().toBuilder().addPaths(0, other).build();
        assertThat(RouteText.of(route))
                .isEqualTo("via fd00:100::3, AS path 4220101022, local-pref 100 (and 1 other path)");
    }

    @Test
    void shouldShowADestinationThatLeadsNowhere() {
        var path = Path.newBuilder()
                .setDestination("blackhole")
                .setProtocol("static")
                .addFlags("installed");
        assertThat(RouteText.of(Route.newBuilder().addPaths(path).build()))
                .isEqualTo("blackhole (static) (not usable: leads nowhere)");
    }

    @Test
    void shouldSayThatTheKernelDidNotTakeWhatIsUsed() {
        var route = route().toBuilder();
        route.getPathsBuilder(0).addFlags("sync-failed");
        assertThat(RouteText.of(route.build())).endsWith("local-pref 100 (sync failed: the kernel did not take it)");
        assertThat(RouteText.nextHops(route.build())).isEqualTo("fd00:100::3 (sync failed)");
        assertThat(RouteText.difference(route(), route.build())).isEqualTo("flags valid best → valid best sync-failed");
    }

    @Test
    void shouldTellOfSoManyOtherPathsAsAPersonReads() {
        var route = route().toBuilder();
        for (int n = 1; n <= 9; n++) {
            route.addPaths(0, Path.newBuilder().addNextHops("fd00:100::" + n));
        }
        assertThat(RouteText.otherPaths(route.build())).hasSize(8).doesNotContain(route().getPaths(0));
        assertThat(RouteText.untoldOthers(route.build())).contains("1 more path; --json shows all");
        assertThat(RouteText.untoldOthers(route.removePaths(0).build())).isEmpty();
        assertThat(RouteText.otherPaths(Route.getDefaultInstance())).isEmpty();
    }

    @Test
    void shouldNotShowTheDeviceOfADestinationThatLeadsNowhere() {
        var path = Path.newBuilder().setDestination("unreachable").addNextHops("%lo");
        var route = Route.newBuilder().addPaths(path).build();
        assertThat(RouteText.of(route)).isEqualTo("unreachable (not usable)");
        assertThat(RouteText.nextHops(route)).isEqualTo("unreachable");
    }

    @Test
    void shouldNotGiveHowAPathCameAsTheReasonThatItIsNotUsed() {
        var route = Route.newBuilder()
                .addPaths(Path.newBuilder()
                        .setDestination("unicast")
                        .addNextHops("fd00:bad::1")
                        .addFlags("internal"))
                .build();
        assertThat(RouteText.of(route)).isEqualTo("via fd00:bad::1 (not usable)");
        assertThat(RouteText.difference(route.toBuilder().setUsable(true).build(), route))
                .isEqualTo("not usable any more");
    }

    @Test
    void shouldNotTellWhatOnlyOneOfTwoSourcesShowsAsADifference() {
        var plain = route().toBuilder();
        plain.getPathsBuilder(0)
                .setLocalPref(200)
                .addNotObserved("communities")
                .addNotObserved("path_id")
                .addNotObserved("a_field_of_later");
        var detailed = route().toBuilder();
        detailed.getPathsBuilder(0).addCommunities("64999:2").setPathId(3);
        assertThat(RouteText.difference(plain.build(), detailed.build())).isEqualTo("local-pref 200 → 100");
        assertThat(RouteText.difference(detailed.build(), plain.build())).isEqualTo("local-pref 100 → 200");

        plain.getPathsBuilder(0).setLocalPref(100).clearNotObserved();
        assertThat(RouteText.difference(detailed.build(), plain.build()))
                .isEqualTo("path id 3 → none, communities 64999:2 → none");
    }

    @Test
    void shouldCallADeviceWithoutAnAddressADevice() {
        var path =
                Path.newBuilder().setDestination("unicast").addNextHops("%eth0").addNextHops("fe80::1%eth1 weight 2");
        var route = Route.newBuilder().setUsable(true).addPaths(path).build();
        assertThat(RouteText.of(route)).isEqualTo("dev eth0 and fe80::1%eth1 weight 2");
        assertThat(RouteText.nextHops(route)).isEqualTo("dev eth0 fe80::1%eth1 weight 2");
    }

    @Test
    void shouldShowUnsignedNumbersAsTheyAre() {
        var route = route().toBuilder();
        route.getPathsBuilder(0).setMed(-1).clearLocalPref();
        assertThat(RouteText.of(route.build())).contains("MED 4294967295");
    }

    @Test
    void shouldSayOnlyWhatDiffers() {
        var after = route().toBuilder().setUsable(false);
        after.getPathsBuilder(0).setAsPath("4220101013").clearLocalPref();
        assertThat(RouteText.difference(route(), after.build()))
                .isEqualTo(
                        "not usable any more: valid best, AS path 4220101022 → 4220101013," + " local-pref 100 → none");
    }

    @Test
    void shouldTellPathsOfOneNeighbourApartByTheirIds() {
        var route = route().toBuilder();
        route.getPathsBuilder(0).setPathId(7);
        route.addPaths(Path.newBuilder().addNextHops("fd00:100::3").setPathId(-1));
        var other = route.getPaths(1);

        assertThat(RouteText.ofBest(route.build()))
                .isEqualTo("via fd00:100::3, path id 7, AS path 4220101022, local-pref 100");
        assertThat(RouteText.ofOther(other)).isEqualTo("also via fd00:100::3, path id 4294967295");
        assertThat(RouteText.nextHops(route.build())).isEqualTo("fd00:100::3 (path id 7)");
        assertThat(RouteText.nextHops(other)).isEqualTo("fd00:100::3 (path id 4294967295)");
    }

    @Test
    void shouldSayThatOnlyPathIdsDiffer() {
        var before = route().toBuilder();
        before.getPathsBuilder(0).setPathId(7);
        before.addPaths(Path.newBuilder().addNextHops("fd00:100::3"));
        var best = before.clone();
        best.getPathsBuilder(0).setPathId(8);
        var other = before.clone();
        other.getPathsBuilder(1).setPathId(9);

        assertThat(RouteText.difference(before.build(), best.build())).isEqualTo("path id 7 → 8");
        assertThat(RouteText.difference(route(), best.build())).isEqualTo("path id none → 8, 1 path → 2 paths");
        assertThat(RouteText.difference(before.build(), other.build())).isEqualTo("path ids 7 none → 7 9");
    }

    @Test
    void shouldNotClaimThatNothingDiffersWhereItsWordsAreTooFew() {
        var after = route().toBuilder();
        after.getPathsBuilder(0).setWeight(1);
        assertThat(RouteText.difference(route(), after.build())).isEqualTo("in details (--json has them)");
    }
}
