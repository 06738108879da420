package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static dev.hoplog.api.query.QueriesTest.incident;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.history.Window;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final RibId PVE01 = rib("pve01/frr/main");
    private static final RibId PVE02 = rib("pve02/frr/main");
    private static final RibId SESSIONS = rib("lab", "pve02/frr/main", View.SESSIONS);
    private static final String POD = "fd00:101:224:3::/64";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int PARTITIONS = 4;

    @Test
    void theTimelineHasTheStateAtTheStartAndEverythingSince() throws Exception {
        var peer = PeerId.parse("fd00::1");
        var up = new PeerSession(
                peer,
                Optional.empty(),
                SessionState.ESTABLISHED,
                Optional.of(65001L),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var world =
                incident().scrape(SESSIONS, at(0), up).scrape(SESSIONS, at(30)).scrape(SESSIONS, at(60));
        world.restart(PVE02, at(21), at(31))
                .fail(PVE02, at(61), FailureReason.REFUSED)
                .scrape(PVE02, at(71));
        var dataSource = Projected.all(world);
        var question = new Timeline.Question(
                "lab", Prefix.parse(POD), "pve02", new Window(Optional.of(at(1)), Optional.of(at(80))), 100);
        var answer = new Timeline(dataSource).ask(question, LIMIT);
        assertThat(answer.atStart())
                .extracting(state -> state.truth().isUsable())
                .containsExactly(true);
        assertThat(answer.entries())
                .extracting(entry -> entry.getClass().getSimpleName() + " " + entry.time())
                .containsExactly(
                        "Happened " + at(1),
                        "Happened " + at(11),
                        "Happened " + at(30),
                        "Restarted " + at(31),
                        "Happened " + at(41),
                        "Blind " + at(51),
                        "Blind " + at(60),
                        "Happened " + at(71),
                        "Blind " + at(71));
        var short2 = new Timeline.Question("lab", Prefix.parse(POD), "pve02", question.window(), 2);
        var truncated = new Timeline(dataSource).ask(short2, LIMIT);
        assertThat(truncated.truncated()).isTrue();
        assertThat(truncated.entries()).isEqualTo(answer.entries().subList(0, 2));
    }

    @Test
    void theTimelineSaysWhichOrderNobodyCanTell() throws Exception {
        // Lost between 0 and 10 at one table, between 5 and 15 and again between 15 and 25 at the other.
        var world = new World(PARTITIONS)
                .scrape(PVE01, at(0), usable(POD))
                .scrape(PVE02, at(5), usable(POD))
                .scrape(PVE01, at(10))
                .scrape(PVE02, at(15))
                .scrape(PVE02, at(25), usable(POD));
        var question = new Timeline.Question(
                "lab", Prefix.parse(POD), "", new Window(Optional.of(at(6)), Optional.of(at(60))), 100);

        var answer = new Timeline(Projected.all(world)).ask(question, LIMIT);

        var told = new TreeMap<Instant, Integer>();
        for (int i = 0; i < answer.entries().size(); i++) {
            int undecided = answer.undecidedWithAbove(i);
            answer.entries()
                    .get(i)
                    .dated()
                    .ifPresent(dated -> told.put(dated.bounds().atOrBefore(), undecided));
        }
        // Two lines up: the blind spell that begins where the first table's history ends stands between.
        assertThat(told).isEqualTo(Map.of(at(10), 0, at(15), 2, at(25), 0));
    }
}
