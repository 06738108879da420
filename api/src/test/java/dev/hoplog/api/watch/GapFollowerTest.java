package dev.hoplog.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Database;
import dev.hoplog.api.Projected;
import dev.hoplog.api.SaidOfGaps;
import dev.hoplog.api.World;
import dev.hoplog.api.projector.GapProjection;
import dev.hoplog.api.query.CurrentState;
import dev.hoplog.api.query.FinalGaps;
import dev.hoplog.api.query.FinalGaps.Open;
import dev.hoplog.api.query.FinalGaps.Said;
import dev.hoplog.api.query.Lookup;
import dev.hoplog.api.query.Scope;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.GapEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However far gaps are projected, and whatever the gap step says again: what is open, then everything once. */
class GapFollowerTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int ONCE = SaidOfGaps.LOG.size();

    /** A partition of the log of gaps, all of which is said again by a gap step that lost its memory. */
    private static final List<GapEntry> LOG =
            Stream.concat(SaidOfGaps.LOG.stream(), SaidOfGaps.LOG.stream()).toList();

    private static Scope scope(String target, String... prefix) {
        var range = prefix.length == 0
                ? Optional.<Scope.Range>empty()
                : Optional.of(new Scope.Range(Prefix.parse(prefix[0]), Lookup.Match.MORE_SPECIFIC));
        return new Scope("lab", target, range, Scope.allViews());
    }

    private static final class Initial implements CurrentState.Client {
        private final List<Open> gaps = new ArrayList<>();

        @Override
        public void header(CurrentState.Header header) {}

        @Override
        public void table(CurrentState.Table table) {
            assertThat(gaps).as("gaps come after all tables").isEmpty();
        }

        @Override
        public void row(RouteEvent last) {}

        @Override
        public void openGap(Open gap) {
            gaps.add(gap);
        }
    }

    /** Whose tables have nothing of what is said of gaps: one log does not wait for the other. */
    private static DataSource tables() throws Exception {
        var world = new World(1);
        for (var hop : List.of("pve02/frr/main", "pve03/frr/main", "solcp02/bird/main")) {
            world.scrape(World.rib(hop), World.at(0));
        }
        return Projected.all(world);
    }

    private static void project(DataSource dataSource, int to) throws Exception {
        var projection = new GapProjection(dataSource);
        int from = (int) projection.position(0, 0);
        if (from < to) {
            projection.write(SaidOfGaps.batch(from, LOG.subList(from, to)));
        }
    }

    private static List<Id> ids(List<Said> said) {
        return said.stream().map(one -> one.entry().id()).toList();
    }

    private static List<Id> wanted(int from) {
        return SaidOfGaps.LOG.subList(Math.min(from, ONCE), ONCE).stream()
                .map(GapEntry::id)
                .toList();
    }

    private static SortedMap<Integer, Long> positions(long next) {
        return new TreeMap<>(Map.of(0, next));
    }

    private static long position(GapFollower follower) {
        return Objects.requireNonNull(follower.positions().get(0));
    }

    /** Projects the log piece by piece, lets the follower have it in other pieces, and breaks off now and then. */
    private static List<Said> follow(DataSource dataSource, Scope scope, long start, Random random) throws Exception {
        var told = new ArrayList<Said>();
        var follower = new GapFollower(new FinalGaps(dataSource, LIMIT), scope, positions(start));
        int taken = (int) start;
        int projected = (int) new GapProjection(dataSource).position(0, 0);
        while (taken < LOG.size() || follower.isHoldingBack()) {
            if (taken < LOG.size() && !follower.isHoldingBack()) {
                int to = Math.min(LOG.size(), taken + 1 + random.nextInt(5));
                follower.take(SaidOfGaps.batch(taken, LOG.subList(taken, to)));
                taken = to;
            }
            projected = Math.min(LOG.size(), projected + random.nextInt(4));
            project(dataSource, projected);
            int before = told.size();
            follower.tell(told::add);
            if (projected < taken) {
                assertThat(told).as("what is not projected is held back").hasSize(before);
            }
            if (random.nextInt(6) == 0) {
                taken = Math.toIntExact(position(follower));
                follower = new GapFollower(new FinalGaps(dataSource, LIMIT), scope, follower.positions());
            }
        }
        assertThat(position(follower)).isEqualTo(LOG.size());
        return told;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldTellEverythingOnceAndInOrderThoughTheGapStepSaysItAgain(long seed) throws Exception {
        var random = new Random(seed);
        var dataSource = tables();
        int start = random.nextInt(ONCE + 3);
        project(dataSource, start);

        assertThat(ids(follow(dataSource, scope(""), start, random)))
                .as("seed %d, from %d on", seed, start)
                .isEqualTo(wanted(start));
    }

    @Test
    void shouldBeginWithWhatIsOpenWhereverTheProjectionStands() throws Exception {
        var dataSource = tables();
        for (int at = 0; at <= ONCE; at++) {
            project(dataSource, at);
            var initial = new Initial();
            var header = new CurrentState(dataSource).ask(scope(""), LIMIT, initial);

            assertThat(header.positions().gaps()).isEqualTo(positions(at));
            assertThat(initial.gaps.stream().map(gap -> gap.head().id()))
                    .as("after %d events", at)
                    .containsExactlyInAnyOrderElementsOf(open(at));
        }
    }

    /** Folded from the log. */
    private static List<Id> open(int at) {
        var open = new ArrayList<Id>();
        for (var entry : SaidOfGaps.LOG.subList(0, at)) {
            switch (entry.event()) {
                case GapEvent.Opened opened -> open.add(opened.gap());
                case GapEvent.Closed closed -> open.remove(closed.gap());
                default -> {}
            }
        }
        return open;
    }

    @Test
    void shouldShowAllThatIsSaidOfAnOpenGap() throws Exception {
        var dataSource = tables();
        // Up to its second suspension.
        project(dataSource, 8);
        var initial = new Initial();
        new CurrentState(dataSource).ask(scope("", SaidOfGaps.POD), LIMIT, initial);

        assertThat(initial.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.head().hop()).hasToString("pve02/frr/main");
            assertThat(gap.breaks())
                    .extracting(Object::toString)
                    .containsExactly("pve03/frr/main -> pve02/frr/main", "pve01/frr/main -> pve02/frr/main");
            assertThat(gap.affected()).extracting(Object::toString).containsExactly("solcp02/bird/main");
            assertThat(gap.causes())
                    .singleElement()
                    .satisfies(cause -> assertThat(cause.explanation().cause()).isEqualTo(Cause.REJECTED_ON_IMPORT));
            assertThat(gap.suspendedFrom()).contains(World.at(30));
        });
    }

    @Test
    void shouldTellOnlyOfPrefixesThatAreWatched() throws Exception {
        var dataSource = tables();
        var told = follow(dataSource, scope("", SaidOfGaps.OTHER), 0, new Random(1));

        assertThat(told)
                .hasSize(2)
                .allSatisfy(said -> assertThat(said.head().id()).isEqualTo(SaidOfGaps.OPEN));
    }

    @Test
    void shouldTellOfHopsThatLackThePrefixAndOfNoOthers() throws Exception {
        var dataSource = tables();
        project(dataSource, LOG.size());

        assertThat(ids(follow(dataSource, scope("pve02"), 0, new Random(1)))).isEqualTo(wanted(0));
        assertThat(ids(follow(dataSource, scope("pve03"), 0, new Random(1)))).isEmpty();
        assertThat(follow(dataSource, scope("solcp02"), 0, new Random(1)))
                .hasSize(ONCE - 2)
                .allSatisfy(said -> assertThat(said.head().id()).isEqualTo(SaidOfGaps.ENDED));
    }

    @Test
    void shouldGoOnWithoutTheDatabaseWhereNothingOfTheScopeIsSaid() throws SQLException {
        var nothing = new FinalGaps(Database.in("no_such_schema"), LIMIT);
        var follower = new GapFollower(nothing, scope("", "fd00:ffff::/32"), positions(0));
        follower.take(SaidOfGaps.batch(0, LOG));
        follower.tell(said -> {
            throw new AssertionError(said);
        });

        assertThat(position(follower)).isEqualTo(LOG.size());
    }
}
