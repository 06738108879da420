package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.answer;
import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.golden;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.route;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.BlindSpell;
import dev.hoplog.v1.ChangeKind;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.Event;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapChange;
import dev.hoplog.v1.GapChangeKind;
import dev.hoplog.v1.GapFinality;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.LogPosition;
import dev.hoplog.v1.Outcome;
import dev.hoplog.v1.Restart;
import dev.hoplog.v1.Row;
import dev.hoplog.v1.TimelineEntry;
import dev.hoplog.v1.WhenStoppedResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTextTest {
    private static final Timestamp END = time("2026-11-23T04:39:55.9Z");
    private static final Completeness COMPLETENESS = Completeness.newBuilder()
            .setCompleteUpTo(time("2026-11-23T04:39:45.421Z"))
            .addPositions(LogPosition.newBuilder().setPartition(0).setNextOffset(4711))
            .addPositions(LogPosition.newBuilder().setPartition(3).setNextOffset(815))
            .build();

    private static ListIncidentsResponse.Builder incidents() {
        return ListIncidentsResponse.newBuilder()
                .setNetwork("lab")
                .addChainVersions(GapExamples.chain())
                .setCompleteness(COMPLETENESS);
    }

    @Test
    void shouldTellAPostMortemFromBeginningToEnd() {
        var stops = WhenStoppedResponse.newBuilder()
                .setNetwork("lab")
                .setPrefix(Examples.PREFIX)
                .setToldUpTo(END)
                .addHops(answer(GapExamples.HOP)
                        .setOutcome(Outcome.OUTCOME_STOPPED_AND_BACK)
                        .setStopped(GapExamples.LOST)
                        .setReturned(GapExamples.BACK)
                        .addBlind(BlindSpell.newBuilder()
                                .setSpan(GapExamples.span("2026-11-23T04:38:30Z", "2026-11-23T04:38:40Z"))
                                .setReason("timeout")
                                .setDetail("no answer | within 5 s")
                                .setFailures(2))
                        .addBlind(BlindSpell.newBuilder()
                                .setSpan(GapExamples.span("2026-11-23T04:39:55.412345Z", "2026-11-23T04:39:55.9Z"))));
        var incident = GapExamples.incident()
                .setGaps(0, GapExamples.gap().setToldUpTo(END))
                .setGaps(1, GapExamples.lookedThrough().setToldUpTo(END))
                .addHops("solwk03/gobgp/global")
                .addRestarts(Restart.newBuilder()
                        .setRib(locRib(GapExamples.HOP))
                        .setBounds(bounds("2026-11-23T04:38:10Z", "2026-11-23T04:38:15Z"))
                        .setEvidence("the table version fell"));
        var withdrawn = TimelineEntry.newBuilder()
                .setRoute(Event.newBuilder()
                        .setRib(locRib(GapExamples.HOP))
                        .setKind(ChangeKind.CHANGE_KIND_WITHDRAWN)
                        .setBounds(GapExamples.LOST)
                        .setBefore(Row.newBuilder().setRoute(route())))
                .build();
        var opened = TimelineEntry.newBuilder()
                .setGap(GapChange.newBuilder()
                        .setWhat(GapChangeKind.GAP_CHANGE_KIND_OPENED)
                        .setBounds(GapExamples.LOST)
                        .setGap(GapExamples.gap()))
                .setUndecidedWithAbove(1)
                .build();
        var text = ReportText.of(new ReportText.Material(
                "When fd00:101:224:3::/64 stopped reaching pve02",
                Optional.of(stops.build()),
                incidents().addIncidents(incident).build(),
                List.of(withdrawn, opened),
                Optional.of(END),
                "hoplog report fd00:101:224:3::/64 pve02 --network lab --to 2026-11-23T04:39:55.9Z"));

        assertThat(text).isEqualTo(golden("report.md"));
    }

    private static TimelineEntry turned(GapChangeKind what, Gap.Builder gap) {
        return TimelineEntry.newBuilder()
                .setGap(GapChange.newBuilder()
                        .setWhat(what)
                        .setBounds(GapExamples.LOST)
                        .setGap(gap)
                        .setSuspension(GapExamples.suspension()))
                .build();
    }

    @Test
    void shouldSayWhenAGapWasSuspendedAndThatNobodyKnowsWhetherItLasted() {
        var gap = GapExamples.gap().addSuspensions(GapExamples.suspension());
        var text = ReportText.of(new ReportText.Material(
                "All",
                Optional.empty(),
                incidents()
                        .addIncidents(GapExamples.incident().clearGaps().addGaps(gap))
                        .build(),
                List.of(
                        turned(GapChangeKind.GAP_CHANGE_KIND_SUSPENDED, gap),
                        turned(GapChangeKind.GAP_CHANGE_KIND_RESUMED, gap)),
                Optional.empty(),
                "hoplog report"));

        assertThat(text)
                .contains(
                        "gap suspended: whether it lasts is not known, because pve02/frr/vrf\\_evpnz1 was not observed"
                                + " (unreachable, 2 failed scrapes: no route to host)")
                .contains("gap resumed: its ends are observed again, and it lasts")
                .contains(
                        "- Whether the gap of `fd00:101:224:3::/64` on pve03/frr/vrf\\_evpnz1 → pve02/frr/vrf\\_evpnz1 lasted from"
                                + " 2026-11-23T04:38:50.000Z to 2026-11-23T04:39:00.000Z: pve02/frr/vrf\\_evpnz1 was not observed");
    }

    @Test
    void shouldSayOfWhatIsNotFinalWhatItWaitsForAndOfWhatIsNotLoggedThatItIsNot() {
        var provisional = GapExamples.gap()
                .setFinality(GapFinality.GAP_FINALITY_PROVISIONAL)
                .addAwaitedHops("a/frr/main");
        var notLogged = GapExamples.lookedThrough().setFinality(GapFinality.GAP_FINALITY_NOT_LOGGED);
        var incident = GapExamples.incident().clearGaps().addGaps(provisional).addGaps(notLogged);
        var text = ReportText.of(new ReportText.Material(
                "All",
                Optional.empty(),
                incidents().addIncidents(incident).build(),
                List.of(
                        turned(GapChangeKind.GAP_CHANGE_KIND_OPENED, provisional),
                        turned(GapChangeKind.GAP_CHANGE_KIND_OPENED, notLogged)),
                Optional.empty(),
                "hoplog report"));

        assertThat(text)
                .containsOnlyOnce("stays: provisional: it is final when it is known up to then what a/frr/main had")
                .contains("(provisional: it is final when")
                .contains("(not in the log of gaps: the chain was published")
                .contains("- 1 gap of 2: not in the log of gaps: the chain was published");
    }

    @Test
    void shouldTellOnceWhatHappenedToManyPrefixes() {
        var gaps = IntStream.range(1, 6)
                .mapToObj(
                        i -> GapExamples.gap().setPrefix("fd00:" + i + "::/64").build())
                .toList();
        var opened = gaps.stream()
                .map(gap -> TimelineEntry.newBuilder()
                        .setGap(GapChange.newBuilder()
                                .setWhat(GapChangeKind.GAP_CHANGE_KIND_OPENED)
                                .setBounds(GapExamples.LOST)
                                .setGap(gap))
                        .build())
                .toList();
        var incident = Incident.newBuilder()
                .setStarted(GapExamples.LOST)
                .setEnded(GapExamples.BACK)
                .addAllGaps(gaps)
                .addAllPrefixes(gaps.stream().map(Gap::getPrefix).toList())
                .addHops(GapExamples.HOP);
        var text = ReportText.of(new ReportText.Material(
                "What got lost in network lab",
                Optional.empty(),
                incidents().addIncidents(incident).build(),
                opened,
                Optional.empty(),
                "hoplog report --network lab"));

        assertThat(text).isEqualTo(golden("report-of-many.md"));
    }

    @Test
    void shouldSayThatNoChainJudgesWhatWasBeforeTheFirst() {
        var later = GapExamples.chain().toBuilder().setInForceFrom(time("2026-11-24T00:00:00Z"));
        var text = ReportText.of(new ReportText.Material(
                "What got lost",
                Optional.empty(),
                incidents().setChainVersions(0, later).build(),
                List.of(),
                Optional.empty(),
                "hoplog report"));
        assertThat(text).contains("What got lost before 2026-11-24T00:00:00.000Z (no chain was in force then");
    }

    @Test
    void everyRowOfATableShouldHaveAsManyCellsAsItsHeader() {
        var evil = GapExamples.gap().setHop("pve|02/frr/main").setPrefix("a|b");
        var text = ReportText.of(new ReportText.Material(
                "What got lost",
                Optional.empty(),
                incidents()
                        .addIncidents(GapExamples.incident().setGaps(0, evil))
                        .build(),
                List.of(),
                Optional.empty(),
                "hoplog report"));

        int columns = 0;
        for (var line : text.lines().toList()) {
            int cells = line.replace("\\|", "").replaceAll("[^|]", "").length();
            assertThat(columns == 0 || cells == 0 || cells == columns).as(line).isTrue();
            columns = line.startsWith("|") ? cells : 0;
        }
        assertThat(text).contains("a\\|b");
    }

    @Test
    void shouldSayThatNothingIsKnownToBeLost() {
        var text = ReportText.of(new ReportText.Material(
                "What got lost", Optional.empty(), incidents().build(), List.of(), Optional.empty(), "hoplog report"));
        assertThat(text)
                .contains("No edge of the chain is known to have lost a prefix.")
                .doesNotContain("## Evidence");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "via fd00:100::3, AS path; via `fd00:100::3`, AS path",
                "(4200001000:0:100); (`4200001000:0:100`)",
                "after 2026-11-23T04:38:15.374Z; after 2026-11-23T04:38:15.374Z",
                "at or before 04:38:20.419Z (5 s wide); at or before 04:38:20.419Z (5 s wide)",
                "a|b *bold* <b> x_y #1; a\\|b \\*bold\\* \\<b\\> x\\_y \\#1",
                "fe80::3%vmbr1; `fe80::3%vmbr1`",
                "::/0 via; `::/0` via"
            })
    void shouldShowTextAsItIs(String text, String markdown) {
        assertThat(Markdown.escape(text)).isEqualTo(markdown);
    }
}
