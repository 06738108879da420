package dev.hoplog.streams.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Change;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import dev.hoplog.wire.SnapshotPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seeded worlds in which routes come, go and change, scrapes fail, records are lost and come twice, and scrapers restart.
 * In each of them, whatever the log says must be true of the table that nobody but the test knows.
 */
class DiffSimulationTest {
    private static final RibId RIB =
            RibId.of("lab", HopId.parse("r1/frr/default"), AddressFamily.IPV4_UNICAST, View.LOC_RIB);
    private static final int WORLDS = 400;
    private static final int STEPS = 60;

    static IntStream seeds() {
        return IntStream.range(0, WORLDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldOnlySayWhatIsTrue(int seed) {
        var random = new Random(seed);
        var scraper = new FakeScraper(RIB);
        var world = new World();
        // What the table held at each second. It changes at full seconds only, and is read at full seconds.
        var truth = new TreeMap<Instant, Map<RowKey, Row>>();
        Map<RowKey, Row> now = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            var at = Instant.EPOCH.plusSeconds(5L * step);
            now = changed(now, random);
            truth.put(at, now);
            scrape(random, scraper, world, at, now);
        }

        var replayed = new HashMap<RowKey, Row>();
        for (var event : world.events()) {
            checkTruth(event.bounds().after(), event.bounds().atOrBefore(), event.change(), event.key(), truth);
            event.change()
                    .before()
                    .ifPresent(seen -> assertThat(replayed.remove(event.key())).isEqualTo(seen.row()));
            event.change()
                    .after()
                    .ifPresent(seen ->
                            assertThat(replayed.put(event.key(), seen.row())).isNull());
        }
        checkCoverage(world, truth);
        assertThat(world.events().stream().map(event -> event.id()).distinct()).hasSameSizeAs(world.events());
    }

    /** One scrape at an instant, with all that can happen to it on its way. */
    private static void scrape(Random random, FakeScraper scraper, World world, Instant at, Map<RowKey, Row> rows) {
        if (random.nextInt(8) == 0) {
            world.take(scraper.failure(at));
            return;
        }
        if (random.nextInt(10) == 0) {
            scraper.restarted();
        }
        var parts = new ArrayList<>(
                scraper.snapshot(at, at, new Table(Observed.all(), List.copyOf(rows.values()), Map.of())));
        boolean lossy = random.nextInt(6) == 0;
        if (lossy) {
            parts.remove(random.nextInt(parts.size()));
            // The broker did not acknowledge all of it, so the next one is a keyframe.
            scraper.keyframeDue();
        }
        boolean twice = random.nextInt(6) == 0;
        int refusedBefore = world.rejections.size();
        for (SnapshotPart part : parts) {
            world.take(part);
            if (twice) {
                world.take(part);
            }
        }
        if (!lossy) {
            assertThat(world.rejections).as("what arrived whole").hasSize(refusedBefore);
            assertThat(world.state.accepted()).contains(parts.getLast().header());
        }
    }

    private static Map<RowKey, Row> changed(Map<RowKey, Row> rows, Random random) {
        var next = new HashMap<>(rows);
        for (int i = random.nextInt(4); i > 0; i--) {
            var prefix = Prefix.parse("10." + random.nextInt(6) + ".0.0/16");
            var key = RowKey.of(prefix);
            if (random.nextInt(3) == 0) {
                next.remove(key);
            } else {
                next.put(
                        key,
                        new Route(
                                prefix,
                                List.of(new PathBuilder().med(random.nextInt(3)).build()),
                                Optional.empty()));
            }
        }
        return next;
    }

    /** Before the bounds, at their open end, the old state was true; at their closed end the new one. */
    private static void checkTruth(
            Optional<Instant> after, Instant by, Change change, RowKey key, TreeMap<Instant, Map<RowKey, Row>> truth) {
        after.ifPresent(instant ->
                assertThat(rowAt(truth, instant, key)).isEqualTo(change.before().map(Change.Seen::row)));
        assertThat(rowAt(truth, by, key)).isEqualTo(change.after().map(Change.Seen::row));
    }

    private static Optional<Row> rowAt(TreeMap<Instant, Map<RowKey, Row>> truth, Instant instant, RowKey key) {
        return Optional.ofNullable(truth.getOrDefault(instant, Map.of()).get(key));
    }

    /** At every instant at which the table was read whole, the log gives back exactly the table. */
    private static void checkCoverage(World world, TreeMap<Instant, Map<RowKey, Row>> truth) {
        var readWhole = world.log.stream()
                .filter(CoverageMark.class::isInstance)
                .map(entry -> ((CoverageMark) entry).capturedFrom())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(readWhole)
                .as("a world in which nothing is read proves nothing")
                .isNotEmpty();
        for (var instant : readWhole) {
            var state = new HashMap<RowKey, Row>();
            for (var event : world.events()) {
                if (!event.bounds().atOrBefore().isAfter(instant)) {
                    state.remove(event.key());
                    event.change().after().ifPresent(seen -> state.put(event.key(), seen.row()));
                }
            }
            assertThat(state).as("at %s", instant).isEqualTo(truth.get(instant));
            assertThat(world.covered().contains(instant)).isTrue();
        }
    }
}
