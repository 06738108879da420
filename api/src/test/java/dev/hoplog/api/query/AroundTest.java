package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Database;
import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.projector.Projection;
import dev.hoplog.api.query.Lookup.FoundRoute;
import dev.hoplog.api.query.Lookup.Match;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Row;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is fetched around an instant answers as the whole history does: at every instant of random histories. */
class AroundTest {
    private static final RibId PVE02 = rib("pve02/frr/main");
    /** The most specific first. */
    private static final List<String> PREFIXES = List.of("fd00:101:224:3::/64", "fd00:101::/32", "fd00::/8", "::/0");

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int READINGS = 7;
    private static final int PARTITIONS = 2;

    /** Readings that take up to four seconds and often follow one another at once, so that bounds overlap. */
    static World world(long seed) {
        var random = new Random(seed);
        var world = new World(PARTITIONS);
        long second = 0;
        for (int reading = 0; reading < READINGS; reading++) {
            second += random.nextInt(3);
            var from = at(second);
            second += random.nextInt(5);
            if (random.nextInt(6) == 0) {
                world.fail(PVE02, from, FailureReason.UNREACHABLE);
            } else {
                world.scrape(PVE02, from, at(second), rows(random));
            }
            second++;
        }
        return world;
    }

    private static Row[] rows(Random random) {
        var rows = new ArrayList<Row>();
        for (var prefix : PREFIXES) {
            switch (random.nextInt(4)) {
                case 0 -> rows.add(World.usable(prefix));
                case 1 -> rows.add(World.route(prefix, 65_002, PathFlag.VALID, PathFlag.BEST));
                case 2 -> rows.add(World.unusable(prefix));
                default -> {}
            }
        }
        return rows.toArray(Row[]::new);
    }

    static List<Instant> instants() {
        var instants = new ArrayList<Instant>();
        for (long millis = -1_000; millis <= READINGS * 4_500; millis += 500) {
            instants.add(at(0).plusMillis(millis));
        }
        return instants;
    }

    /** The whole history of each prefix, the most specific first. */
    static Map<Prefix, RouteHistory> histories(World world) {
        var histories = new LinkedHashMap<Prefix, RouteHistory>();
        PREFIXES.forEach(prefix -> histories.put(
                Prefix.parse(prefix),
                new RouteHistory(View.LOC_RIB, world.events(PVE02, prefix), world.covered(PVE02))));
        return histories;
    }

    private static List<FoundRoute> expected(Map<Prefix, RouteHistory> histories, Instant instant, Match match) {
        var found = new ArrayList<FoundRoute>();
        for (var entry : histories.entrySet()) {
            var history = entry.getValue();
            if (!history.covered().contains(instant) || history.at(instant) instanceof Truth.Absent) {
                continue;
            }
            var selection = history.selectionAt(instant);
            if (match != Match.LONGEST || !selection.isKnown() || selection.isSelected()) {
                found.add(new FoundRoute(entry.getKey(), history.at(instant)));
            }
            if (match == Match.LONGEST && selection.isSelected()) {
                break;
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void lookupAnswersAsTheWholeHistoryDoes(long seed) throws Exception {
        var world = world(seed);
        var histories = histories(world);
        var lookup = new Lookup(Projected.all(world));
        for (var instant : instants()) {
            for (var match : List.of(Match.LONGEST, Match.LESS_SPECIFIC)) {
                var question = new Lookup.Question(
                        "", Prefix.parse(PREFIXES.getFirst()), match, "", Optional.of(instant), PREFIXES.size());
                assertThat(lookup.ask(question, LIMIT).tables().getFirst().routes())
                        .as("seed %d, %s at %s", seed, match, instant)
                        .isEqualTo(expected(histories, instant, match));
            }
        }
    }

    /** Wherever the projection stands in the log: so also where a change is projected and its mark is not. */
    @Test
    void theStateAtTheStartOfATimelineIsThatOfTheWholeHistory() throws Exception {
        var world = world(1);
        int own = world.partitionOf(PREFIXES.getFirst());
        var dataSource = Database.fresh();
        var projection = new Projection(dataSource);
        projection.begin(PARTITIONS);
        projection.position(own, 0);
        for (int offset = 0; offset < world.partition(own).size(); offset++) {
            projection.write(Projected.batch(world, own, offset, offset + 1L));
            compare(dataSource, own);
        }
    }

    private static void compare(DataSource dataSource, int partition) throws SQLException {
        var pod = Prefix.parse(PREFIXES.getFirst());
        try (var transaction = ReadTransaction.begin(dataSource, LIMIT)) {
            var tables = Tables.find(transaction, "", "").tables();
            var table = tables.getFirst();
            var covered = Knowledge.of(transaction, tables, Set.of(partition)).covered(table, Set.of(partition));
            var all = new Events(transaction, tables).in(Window.open(), pod, tables, Events.MOST);
            var whole = new RouteHistory(View.LOC_RIB, all, covered);
            for (var instant : instants()) {
                var around =
                        Around.find(transaction, tables, Map.of(table.id(), instant), Around.Relation.SAME, pod, 1);
                var fetched = new RouteHistory(View.LOC_RIB, Around.of(around, table, pod), covered);
                assertThat(List.of(fetched.at(instant), fetched.reachAt(instant)))
                        .as("after %d events, at %s", all.size(), instant)
                        .isEqualTo(List.of(whole.at(instant), whole.reachAt(instant)));
            }
        }
    }
}
