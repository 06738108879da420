package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.defaultRoute;
import static dev.hoplog.api.cli.Examples.fib;
import static dev.hoplog.api.cli.Examples.golden;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.route;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.FoundRoute;
import dev.hoplog.v1.LookupResponse;
import dev.hoplog.v1.Path;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Route;
import dev.hoplog.v1.TableMatches;
import org.junit.jupiter.api.Test;

class LookupTextTest {
    @Test
    void shouldShowEveryPathAndWhatARouteLeadsTo() {
        var several = route().toBuilder()
                .addPaths(Path.newBuilder()
                        .setFrom("fd00:100::4")
                        .addNextHops("fd00:100::4")
                        .setAsPath("4220101022")
                        .setLocalPref(50)
                        .addFlags("valid"));
        var blackhole = Route.newBuilder()
                .setPrefix("fd00:101::/32")
                .addPaths(Path.newBuilder().setDestination("blackhole").addFlags("installed"));
        var since = bounds("2026-11-23T04:38:20.3Z", "2026-11-23T04:38:25.4Z");
        var response = LookupResponse.newBuilder()
                .setNetwork("lab")
                .addTables(TableMatches.newBuilder()
                        .setRib(locRib("pve02/frr/vrf_evpnz1"))
                        .setPresence(Presence.PRESENCE_PRESENT)
                        .addRoutes(FoundRoute.newBuilder()
                                .setRoute(several)
                                .setPresence(Presence.PRESENCE_PRESENT)
                                .setSince(since)))
                .addTables(TableMatches.newBuilder()
                        .setRib(fib("pve02/kernel/main"))
                        .setPresence(Presence.PRESENCE_PRESENT)
                        .addRoutes(FoundRoute.newBuilder()
                                .setRoute(blackhole)
                                .setPresence(Presence.PRESENCE_PRESENT)
                                .setSince(since)))
                .build();
        assertThat(LookupText.of(response)).isEqualTo(golden("lookup-paths.txt"));
    }

    @Test
    void shouldTellWhatIsNotShownFromWhatIsNotThere() {
        var plain = route().toBuilder();
        plain.getPathsBuilder(0).clearLocalPref().addNotObserved("communities");
        var found = FoundRoute.newBuilder().setRoute(plain).setPresence(Presence.PRESENCE_PRESENT);
        var matches = TableMatches.newBuilder()
                .setRib(locRib("pve02/frr/vrf_evpnz1"))
                .setPresence(Presence.PRESENCE_PRESENT)
                .addRoutes(found);
        assertThat(LookupText.of(LookupResponse.newBuilder().addTables(matches).build()))
                .contains("4220101022  -     ?            -\n?: the command that was read does not show it");

        // A FIB has none.
        matches.setRib(fib("pve02/kernel/main"));
        assertThat(LookupText.of(LookupResponse.newBuilder().addTables(matches).build()))
                .contains("4220101022  -     -            -\n")
                .doesNotContain("?:");
    }

    @Test
    void shouldTellNoneFromNotKnownAndPresentFromInDoubt() {
        var asOf = time("2026-11-23T04:38:23Z");
        var response = LookupResponse.newBuilder()
                .setNetwork("lab")
                .addTables(TableMatches.newBuilder()
                        .setRib(locRib("pve02/frr/vrf_evpnz1"))
                        .setAsOf(asOf)
                        .setPresence(Presence.PRESENCE_PRESENT)
                        .addRoutes(FoundRoute.newBuilder()
                                .setRoute(route())
                                .setPresence(Presence.PRESENCE_UNKNOWN)
                                .setSince(bounds("2026-11-23T04:38:20.3Z", "2026-11-23T04:38:25.4Z")))
                        .addRoutes(FoundRoute.newBuilder()
                                .setRoute(defaultRoute())
                                .setPresence(Presence.PRESENCE_PRESENT)
                                .setSince(Bounds.newBuilder().setAtOrBefore(time("2026-11-23T04:37:51.5Z"))))
                        .setTruncated(true))
                .addTables(TableMatches.newBuilder()
                        .setRib(fib("pve02/kernel/main"))
                        .setAsOf(asOf)
                        .setPresence(Presence.PRESENCE_ABSENT))
                .addTables(TableMatches.newBuilder()
                        .setRib(fib("pve03/kernel/main"))
                        .setPresence(Presence.PRESENCE_UNKNOWN)
                        .setUnknownBecause("timeout"))
                .setCompleteness(Completeness.newBuilder().setCompleteUpTo(time("2026-11-23T04:39:55.4Z")))
                .build();
        assertThat(LookupText.of(response)).isEqualTo(golden("lookup.txt"));
    }

    @Test
    void shouldTellTheGapThatIsOpen() {
        var response = LookupResponse.newBuilder()
                .setNetwork("lab")
                .addTables(TableMatches.newBuilder()
                        .setRib(locRib(GapExamples.HOP))
                        .setAsOf(time("2026-11-23T04:38:30Z"))
                        .setPresence(Presence.PRESENCE_ABSENT))
                .addOpenGaps(GapExamples.gap())
                .build();
        assertThat(LookupText.of(response)).isEqualTo(golden("lookup-gap.txt"));
    }

    @Test
    void shouldSayWhyGapsAreNotKnown() {
        var response = LookupResponse.newBuilder()
                .setNetwork("lab")
                .setGapsUnknownBecause("no chain of network lab was ever published")
                .build();
        assertThat(LookupText.of(response))
                .contains("\nGaps are not known: no chain of network lab was ever published.\n");
    }
}
