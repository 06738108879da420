package dev.hoplog.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Database;
import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.projector.Projection;
import dev.hoplog.api.query.CurrentState;
import dev.hoplog.api.query.FinalGaps;
import dev.hoplog.api.query.Scope;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Id;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.TimeSpans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However far each partition is projected: the initial state and what follows are together all that the log has. */
class HandOverTest {
    private record Place(RibId rib, RowKey row) {}

    /** What a client knows. */
    private static final class Known implements CurrentState.Client {
        private final List<RibId> tables = new ArrayList<>();
        private final Map<RibId, TimeSpans> covered = new HashMap<>();
        private final Map<Place, Id> rows = new HashMap<>();

        @Override
        public void header(CurrentState.Header header) {
            assertThat(tables).isEmpty();
        }

        @Override
        public void table(CurrentState.Table table) {
            tables.add(table.rib());
            covered.put(table.rib(), table.covered());
        }

        @Override
        public void row(RouteEvent last) {
            assertThat(last.rib()).isEqualTo(tables.getLast());
            assertThat(rows.put(place(last), last.id()))
                    .as("one row for each key")
                    .isNull();
        }

        @Override
        public void openGap(FinalGaps.Open gap) {
            throw new AssertionError("these worlds have no gaps");
        }

        void take(LogEntry entry) {
            if (entry instanceof RouteEvent event) {
                if (event.change().after().isPresent()) {
                    rows.put(place(event), event.id());
                } else {
                    rows.remove(place(event));
                }
            }
        }

        private static Place place(RouteEvent event) {
            return new Place(event.rib(), event.key());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theInitialStateAndWhatFollowsAreAllThatTheLogHas(long seed) throws Exception {
        var random = new Random(seed);
        var world = WatchedWorlds.of(random);
        var dataSource = Database.fresh();
        var projected = project(dataSource, world, random);
        for (var scope : WatchedWorlds.scopes()) {
            var known = new Known();
            var header = new CurrentState(dataSource).ask(scope, Duration.ofSeconds(10), known);
            assertThat(header.positions().log())
                    .as("seed %d, %s", seed, scope)
                    .allSatisfy((partition, next) -> assertThat(next).isEqualTo(projected.get(partition)));
            assertThat(known.rows).as("seed %d, %s, before", seed, scope).isEqualTo(folded(world, scope, projected));

            var follower = new Follower(
                    scope,
                    scope.routePartitions(WatchedWorlds.PARTITIONS),
                    header.positions().log());
            header.positions().log().forEach((partition, from) -> {
                for (long offset = from; offset < world.partition(partition).size(); offset++) {
                    follower.take(partition, offset, world.partition(partition).get((int) offset))
                            .ifPresent(known::take);
                }
            });
            assertThat(known.rows).as("seed %d, %s, after", seed, scope).isEqualTo(folded(world, scope, ends(world)));
        }
    }

    /** Each partition up to somewhere. */
    private static Map<Integer, Long> project(DataSource dataSource, World world, Random random) throws Exception {
        var reached = new TreeMap<Integer, Long>();
        var projection = new Projection(dataSource);
        projection.begin(WatchedWorlds.PARTITIONS);
        for (int partition = 0; partition < WatchedWorlds.PARTITIONS; partition++) {
            int all = world.partition(partition).size();
            long to = all / 2 + random.nextInt(all / 2);
            projection.position(partition, 0);
            projection.write(Projected.batch(world, partition, 0, to));
            reached.put(partition, to);
        }
        return reached;
    }

    private static Map<Integer, Long> ends(World world) {
        var ends = new TreeMap<Integer, Long>();
        for (int partition = 0; partition < WatchedWorlds.PARTITIONS; partition++) {
            ends.put(partition, (long) world.partition(partition).size());
        }
        return ends;
    }

    /** The rows that are there after so much of the log, said without the code under test. */
    private static Map<Place, Id> folded(World world, Scope scope, Map<Integer, Long> upTo) {
        var known = new Known();
        upTo.forEach((partition, to) -> world.partition(partition).subList(0, (int) (long) to).stream()
                .filter(entry -> WatchedWorlds.isWanted(scope, entry))
                .filter(entry -> partition == 0 || !Scope.isOfAHop(entry))
                .forEach(known::take));
        return known.rows;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void eachTableSaysWhatIsKnownOfIt(long seed) throws Exception {
        var world = WatchedWorlds.of(new Random(seed));
        var dataSource = Projected.all(world);
        for (var scope : WatchedWorlds.scopes()) {
            var known = new Known();
            new CurrentState(dataSource).ask(scope, Duration.ofSeconds(10), known);
            assertThat(known.tables).isSorted();
            known.covered.forEach((rib, covered) -> assertThat(covered).isEqualTo(world.covered(rib)));
        }
    }
}
