package dev.hoplog.api.grpc;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.Report;
import dev.hoplog.api.query.SmallChain;
import dev.hoplog.api.query.WhenStopped;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Prefix;
import dev.hoplog.v1.WhenStoppedResponse;
import dev.hoplog.wire.ChainCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer tells that ends before what is known does. The pod is away from 60 to 120. */
class ReportOfAWindowTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Prefix POD = Prefix.parse(SmallChain.POD);
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");

    private static final DataSource KNOWN = SmallChain.projected(world(180));

    private static World world(int lastSecond) {
        return SmallChain.world(lastSecond)
                .publish(ChainCodec.version("lab", Optional.empty(), Instant.EPOCH, SmallChain.chain()))
                .restart(rib(SmallChain.PVE02.toString()), at(40), at(50))
                .restart(SmallChain.FIB, at(90), at(95));
    }

    private static Window upTo(Optional<Instant> end) {
        return new Window(Optional.empty(), end);
    }

    private static Report.Answer report(DataSource known, Optional<Prefix> prefix, Optional<Instant> to)
            throws Exception {
        var target = prefix.isPresent() ? "pve02" : "";
        var question = new Report.Question("", prefix, target, upTo(to), Optional.empty());
        return new Report(known).ask(question, LIMIT);
    }

    private static String text(Report.Answer answer) {
        return Reports.of(answer).getMarkdown();
    }

    /** Without how far was read, which is always said. */
    private static String told(Report.Answer answer) {
        return text(answer)
                .lines()
                .filter(line -> !line.contains("Complete up to") && !line.contains("Log positions"))
                .reduce("", (above, line) -> above + line + "\n");
    }

    private static WhenStoppedResponse whenStopped(Optional<Instant> at, Optional<Instant> to) throws Exception {
        return whenStopped(KNOWN, at, to);
    }

    private static WhenStoppedResponse whenStopped(DataSource known, Optional<Instant> at, Optional<Instant> to)
            throws Exception {
        var question = new WhenStopped.Question("", POD, "pve02/frr/main", at, upTo(to), Optional.empty());
        return Answers.whenStopped(POD, new WhenStopped(known).ask(question, LIMIT));
    }

    @Test
    void aStopShouldBeToldWithWhatIsCertainAtTheInstantThatItIsJudgedAt() throws Exception {
        var judged = whenStopped(Optional.of(at(100)), Optional.empty());

        assertThat(judged.getToldUpTo()).isEqualTo(Messages.time(at(100)));
        var broken = judged.getHops(0).getBroken();
        assertThat(broken.hasEnded()).isFalse();
        assertThat(broken.getToldUpTo()).isEqualTo(judged.getToldUpTo());
        assertThat(broken.getHopsList())
                .extracting(loss -> loss.getHop() + " " + loss.hasLost() + " " + loss.hasBack())
                .containsExactly("pve02/frr/main true false", "pve02/kernel/main true false");
        assertThat(whenStopped(Optional.empty(), Optional.of(at(100)))).isEqualTo(judged);
    }

    @Test
    void aStopShouldTellOfNoLaterTimeThatWasNotObserved() throws Exception {
        var known = SmallChain.projected(
                world(180).fail(rib(SmallChain.PVE02.toString()), at(190), FailureReason.UNREACHABLE));

        assertThat(whenStopped(known, Optional.of(at(100)), Optional.empty())
                        .getHops(0)
                        .getBlindList())
                .isEmpty();
        assertThat(whenStopped(known, Optional.empty(), Optional.empty())
                        .getHops(0)
                        .getBlindList())
                .hasSize(1);
    }

    @Test
    void aStopShouldBeToldWithAllThatIsKnownWhereNoEndIsAsked() throws Exception {
        var all = whenStopped(Optional.empty(), Optional.empty());

        assertThat(all.hasToldUpTo()).isFalse();
        assertThat(all.getHops(0).getBroken().getHopsList()).allMatch(loss -> loss.hasBack());
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 55, 62, 63, 70, 94, 100, 119, 122, 123, 130, 170})
    void aReportShouldNameNoLaterTimeThanItsEnd(int end) throws Exception {
        for (var prefix : List.of(Optional.of(POD), Optional.<Prefix>empty())) {
            var told = told(report(KNOWN, prefix, Optional.of(at(end))))
                    .lines()
                    // A change around the end is the reason why something is not known there.
                    .filter(line -> !line.contains("a change lies around this instant"))
                    .toList();
            assertThat(told)
                    .allSatisfy(line -> assertThat(
                                    TIME.matcher(line).results().map(time -> Instant.parse(time.group())))
                            .allMatch(time -> !time.isAfter(at(end))));
        }
    }

    @Test
    void aReportShouldTellOfRestartsNearAnIncidentUpToItsEnd() throws Exception {
        assertThat(text(report(KNOWN, Optional.of(POD), Optional.of(at(94)))))
                .contains("- **Near it:** pve02/frr/main restarted")
                .doesNotContain("pve02/kernel/main restarted");
        assertThat(text(report(KNOWN, Optional.of(POD), Optional.of(at(95)))))
                .contains("- **Near it:** pve02/kernel/main restarted");
    }

    @Test
    void aReportShouldSayWhereItEndsOfWhatIsAway() throws Exception {
        var text = text(report(KNOWN, Optional.of(POD), Optional.of(at(100))));
        var end = at(100).toString().replace("Z", ".000Z");
        assertThat(text)
                .contains("stopped reaching pve02/frr/main, and is not back as far as is known up to " + end)
                .contains("and is not back as far as is known up to " + end + ".\n- **Where first")
                .contains("| not known up to " + end + " |")
                .contains("came back at pve02/kernel/main: it did not up to " + end + ", as far as is known.")
                .doesNotContain("gap closed");
    }

    /** Where nothing that was read later lies around its end. */
    @ParameterizedTest
    @ValueSource(ints = {100, 180})
    void aReportShouldBeTheSameWhenItIsAskedAgainAsItSays(int known) throws Exception {
        var before = SmallChain.projected(world(known));
        var later = SmallChain.projected(world(300));
        for (var prefix : List.of(Optional.of(POD), Optional.<Prefix>empty())) {
            var first = report(before, prefix, Optional.empty());
            var end = first.asked().window().to();

            assertThat(end).as("the last reading, of the kernel").contains(at(known + 3));
            assertThat(text(first)).contains(" --to " + at(known + 3) + " ").contains("Nothing later than ");
            assertThat(told(report(later, prefix, end))).isEqualTo(told(first));
        }
    }

    @Test
    void aReportUpToALaterTimeShouldEndWhereWhatIsKnownDoes() throws Exception {
        assertThat(report(KNOWN, Optional.of(POD), Optional.of(at(1_000)))
                        .asked()
                        .window()
                        .to())
                .contains(at(183));
    }

    @Test
    void aTimelineShouldTellOfTheGapsOfTheIncidentsAndOfNoOther() throws Exception {
        // The kernel loses it again, which is no loss of the hop that is asked about.
        var world = world(180);
        for (int second = 190; second <= 260; second += 10) {
            world.scrape(rib(SmallChain.BIRD.toString()), at(second), World.usable(SmallChain.POD))
                    .scrape(rib(SmallChain.PVE01.toString()), at(second + 1), SmallChain.learnt("fd00::b"))
                    .scrape(rib(SmallChain.PVE02.toString()), at(second + 2), SmallChain.learnt("fd00::1"))
                    .scrape(SmallChain.FIB, at(second + 3));
        }
        var question = new Report.Question("", Optional.of(POD), "pve02/frr/main", Window.open(), Optional.empty());
        var text = text(new Report(Projected.all(world)).ask(question, LIMIT));

        assertThat(text).containsOnlyOnce("gap opened").containsOnlyOnce("**Where first:**");
    }
}
