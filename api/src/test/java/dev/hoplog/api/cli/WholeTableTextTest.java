package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.fib;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.route;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.ChangeSummary;
import dev.hoplog.v1.DiffEnd;
import dev.hoplog.v1.DiffHeader;
import dev.hoplog.v1.DiffRibResponse;
import dev.hoplog.v1.DumpEnd;
import dev.hoplog.v1.DumpHeader;
import dev.hoplog.v1.DumpRibResponse;
import dev.hoplog.v1.DumpedRow;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Row;
import dev.hoplog.v1.RowDifference;
import org.junit.jupiter.api.Test;

class WholeTableTextTest {
    private static final String HOP = "pve02/frr/vrf_evpnz1";

    @Test
    void aDumpHasALineForEachRow() {
        var text = new DumpText();
        var words = text.of(DumpRibResponse.newBuilder()
                        .setHeader(DumpHeader.newBuilder()
                                .setRib(locRib(HOP))
                                .setObserved(true)
                                .setAsOf(time("2026-11-23T04:38:25Z")))
                        .build())
                + text.of(row(Presence.PRESENCE_PRESENT))
                + text.of(row(Presence.PRESENCE_UNKNOWN))
                + text.of(DumpRibResponse.newBuilder()
                        .setEnd(DumpEnd.newBuilder().setRows(2))
                        .build())
                + text.rest();

        assertThat(words).isEqualTo("""
                pve02/frr/vrf_evpnz1, loc-rib ipv6-unicast, as of 2026-11-23T04:38:25.000Z:
                  fd00:101:224:3::/64             via fd00:100::3, AS path 4220101022, local-pref 100
                  fd00:101:224:3::/64 (in doubt)  via fd00:100::3, AS path 4220101022, local-pref 100
                2 rows.
                """);
    }

    @Test
    void aDumpHasALineForEachOtherPathToo() {
        var text = new DumpText();
        var other = dev.hoplog.v1.Path.newBuilder()
                .addNextHops("fd00:100::4")
                .setLocalPref(50)
                .addFlags("valid");
        var part = DumpRibResponse.newBuilder()
                .setRow(DumpedRow.newBuilder()
                        .setPresence(Presence.PRESENCE_PRESENT)
                        .setRow(Row.newBuilder().setRoute(route().toBuilder().addPaths(other))))
                .build();

        assertThat(text.of(part) + text.rest()).isEqualTo("""
                  fd00:101:224:3::/64  via fd00:100::3, AS path 4220101022, local-pref 100
                                       also via fd00:100::4, local-pref 50 (valid)
                """);
    }

    @Test
    void aDumpOfOneRowIsCountedAsOne() {
        assertThat(new DumpText()
                        .of(DumpRibResponse.newBuilder()
                                .setEnd(DumpEnd.newBuilder().setRows(1))
                                .build()))
                .isEqualTo("1 row.\n");
    }

    @Test
    void aDumpEndsWithWhatItsSourceDoesNotShow() {
        var plain = route().toBuilder();
        plain.getPathsBuilder(0).addNotObserved("communities").addNotObserved("med");
        var row = DumpRibResponse.newBuilder()
                .setRow(DumpedRow.newBuilder()
                        .setRow(Row.newBuilder().setRoute(plain))
                        .setPresence(Presence.PRESENCE_PRESENT))
                .build();
        var end = DumpRibResponse.newBuilder()
                .setEnd(DumpEnd.newBuilder().setRows(1))
                .build();
        var text = new DumpText();
        assertThat(text.of(row) + text.of(end)).endsWith("""
                1 row.
                Not known, because the command that was read does not show them: MEDs, communities.
                """);

        var ofKernel = new DumpText();
        ofKernel.of(DumpRibResponse.newBuilder()
                .setHeader(DumpHeader.newBuilder().setRib(fib(HOP)).setObserved(true))
                .build());
        assertThat(ofKernel.of(row) + ofKernel.of(end)).endsWith("1 row.\n");
    }

    @Test
    void aTableThatIsNotKnownSaysWhy() {
        assertThat(new DumpText()
                        .of(DumpRibResponse.newBuilder()
                                .setHeader(DumpHeader.newBuilder()
                                        .setRib(locRib(HOP))
                                        .setUnknownBecause("not observed before"))
                                .build()))
                .isEqualTo("pve02/frr/vrf_evpnz1, loc-rib ipv6-unicast is not known, because not observed before\n");
    }

    @Test
    void aDiffHasASignForEachRow() {
        var text = new DiffText();
        var here = Row.newBuilder().setRoute(route()).build();
        var worse = route().toBuilder();
        worse.getPathsBuilder(0).setLocalPref(50);
        var there = Row.newBuilder().setRoute(worse).build();
        var changed = ChangeSummary.newBuilder().addPathsAdded(dev.hoplog.v1.Path.getDefaultInstance());
        var present = Presence.PRESENCE_PRESENT;
        var absent = Presence.PRESENCE_ABSENT;
        var words = text.of(DiffRibResponse.newBuilder()
                        .setHeader(DiffHeader.newBuilder().setRib(locRib(HOP)).setObserved(true))
                        .build())
                + text.of(part(difference(absent, present).setAfter(here)))
                + text.of(part(difference(present, absent).setBefore(here)))
                + text.of(part(difference(present, present)
                        .setBefore(here)
                        .setAfter(there)
                        .setSummary(changed)))
                + text.of(part(difference(present, present)
                        .setBefore(here)
                        .setAfter(here)
                        .setSummary(ChangeSummary.getDefaultInstance())
                        .setChanges(2)))
                + text.of(part(difference(present, Presence.PRESENCE_UNKNOWN).setBefore(here)))
                + text.of(part(difference(Presence.PRESENCE_UNKNOWN, absent)))
                + text.of(part(difference(absent, absent).setChanges(2)))
                + text.of(DiffRibResponse.newBuilder()
                        .setEnd(DiffEnd.newBuilder().setRows(7))
                        .build());

        assertThat(words.replaceAll("(?m) +$", "")).isEqualTo("""
                pve02/frr/vrf_evpnz1, loc-rib ipv6-unicast:
                  +  fd00:101:224:3::/64  via fd00:100::3, AS path 4220101022, local-pref 100
                  -  fd00:101:224:3::/64  it was via fd00:100::3, AS path 4220101022, local-pref 100
                  ~  fd00:101:224:3::/64  local-pref 100 → 50
                  =  fd00:101:224:3::/64  as it was                                                                          2 changes
                  ?  fd00:101:224:3::/64  in doubt, since a change lies around the instant: there → not known
                  ?  fd00:101:224:3::/64  in doubt, since a change lies around the instant: not known → absent
                  =  fd00:101:224:3::/64  absent, as it was; in between via fd00:100::3, AS path 4220101022, local-pref 100  2 changes
                7 rows changed.
                """);
    }

    @Test
    void aDiffThatCannotBeMadeCountsNothing() {
        var text = new DiffText();
        var words = text.of(DiffRibResponse.newBuilder()
                        .setHeader(DiffHeader.newBuilder().setRib(locRib(HOP)).setUnknownBecause("not observed since"))
                        .build())
                + text.of(DiffRibResponse.newBuilder()
                        .setEnd(DiffEnd.getDefaultInstance())
                        .build());

        assertThat(words)
                .isEqualTo(
                        "pve02/frr/vrf_evpnz1, loc-rib ipv6-unicast cannot be compared, because not observed since\n");
    }

    private static DumpRibResponse row(Presence presence) {
        return DumpRibResponse.newBuilder()
                .setRow(DumpedRow.newBuilder()
                        .setPresence(presence)
                        .setRow(Row.newBuilder().setRoute(route())))
                .build();
    }

    private static DiffRibResponse part(RowDifference.Builder row) {
        return DiffRibResponse.newBuilder().setRow(row).build();
    }

    private static RowDifference.Builder difference(Presence before, Presence after) {
        return RowDifference.newBuilder()
                .setPresenceBefore(before)
                .setPresenceAfter(after)
                .setLastSeen(Row.newBuilder().setRoute(route()))
                .setChanges(1);
    }
}
