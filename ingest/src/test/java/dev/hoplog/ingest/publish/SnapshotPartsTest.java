package dev.hoplog.ingest.publish;

import static dev.hoplog.ingest.publish.Worlds.SCRAPER;
import static dev.hoplog.ingest.publish.Worlds.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.NaiveStore;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.Observed;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.Table;
import dev.hoplog.wire.CanonicalTable;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.SnapshotPart;
import dev.hoplog.wire.SnapshotPart.Leaf;
import dev.hoplog.wire.SnapshotPart.LeavesPart;
import dev.hoplog.wire.SnapshotPart.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPartsTest {
    private static final RibId RIB = Worlds.rib("solwk02");
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    @Test
    void shouldBeginWithAKeyframe() {
        var first = after(Optional.empty(), 0, routes(100));

        assertThat(first.parts()).allMatch(part -> part.header().isKeyframe());
        assertThat(leaves(first)).isNotEmpty().noneMatch(leaf -> leaf.content().isEmpty());
        assertThat(first.parts().getLast()).isInstanceOfSatisfying(Manifest.class, manifest -> {
            assertThat(manifest.rowCount()).isEqualTo(100);
            assertThat(manifest.maxSilence()).isEqualTo(SCRAPER.maxSilence());
            assertThat(manifest.header().scraper()).isEqualTo(SCRAPER.clock());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 100_000})
    void shouldCostOneSmallRecordIfNothingChanged(int routes) {
        var table = new Table(Observed.all(), List.copyOf(routes(routes)), Map.of());
        var first = SnapshotParts.of(Worlds.observed(RIB, START, table), 1, SCRAPER, Optional.empty());

        var second = SnapshotParts.of(
                Worlds.observed(RIB, START.plus(INTERVAL), table), 1, SCRAPER, Optional.of(first.base()));

        assertThat(second.parts()).singleElement().isInstanceOf(Manifest.class);
        assertThat(SnapshotCodec.encode(second.parts().getFirst())).hasSizeLessThan(1_000);
        assertThat(second.parts().getFirst().header().base())
                .contains(first.base().snapshot());
    }

    @Test
    void shouldSendOnlyTheLeavesThatChanged() {
        var before = routes(5_000);
        var after = new ArrayList<Row>(before);
        after.set(17, Worlds.route(17, 99, 0));
        var first = after(Optional.empty(), 0, before);

        var second = after(Optional.of(first.base()), 1, after);

        assertThat(leaves(second))
                .extracting(Leaf::number)
                .containsExactly(before.get(17).key().leaf());
    }

    @Test
    void shouldSendALeafThatBecameEmptyWithoutContent() {
        var first = after(Optional.empty(), 0, routes(2));

        var second = after(Optional.of(first.base()), 1, routes(1));

        assertThat(leaves(second)).singleElement().satisfies(leaf -> {
            assertThat(leaf.number()).isEqualTo(routes(2).get(1).key().leaf());
            assertThat(leaf.content().isEmpty()).isTrue();
        });
    }

    @Test
    void shouldSendAKeyframeWhenOneIsDueByTheClockOfTheCaptures() {
        var base = after(Optional.empty(), 0, routes(10)).base();
        int due = (int) SCRAPER.keyframeEvery().dividedBy(INTERVAL);
        for (int scrape = 1; scrape < due; scrape++) {
            var parts = after(Optional.of(base), scrape, routes(10));
            assertThat(parts.parts()).singleElement().matches(p -> !p.header().isKeyframe());
            base = parts.base();
        }

        var keyframe = after(Optional.of(base), due, routes(10));
        var next = after(Optional.of(keyframe.base()), due + 1, routes(10));

        assertThat(keyframe.parts()).hasSize(2).allMatch(part -> part.header().isKeyframe());
        assertThat(next.parts()).singleElement().matches(p -> !p.header().isKeyframe());
    }

    @Test
    void shouldKeepEveryRecordSmall() {
        var parts = after(Optional.empty(), 0, routes(20_000)).parts();

        assertThat(parts)
                .hasSizeGreaterThan(5)
                .allSatisfy(part -> assertThat(SnapshotCodec.encode(part))
                        .hasSizeLessThan(256 * 1024
                                + 1_000
                                + (part instanceof LeavesPart l
                                        ? 12 * l.leaves().size()
                                        : 0)));
    }

    @Test
    void shouldNameASnapshotByWhatItHoldsAndNotByTheOrderOfItsRows() {
        var shuffled = new ArrayList<Row>(routes(1_000));
        Collections.shuffle(shuffled, new Random(1));
        var id = after(Optional.empty(), 0, routes(1_000)).base().snapshot();

        assertThat(after(Optional.empty(), 0, shuffled).base().snapshot()).isEqualTo(id);
        assertThat(after(Optional.empty(), 0, routes(999)).base().snapshot()).isNotEqualTo(id);
        assertThat(after(Optional.empty(), 1, routes(1_000)).base().snapshot()).isNotEqualTo(id);
        assertThat(SnapshotParts.of(
                                Worlds.observed(Worlds.rib("solwk03"), START, Worlds.table(routes(1_000))),
                                1,
                                SCRAPER,
                                Optional.empty())
                        .base()
                        .snapshot())
                .isNotEqualTo(id);
    }

    @Test
    void shouldSayOfWhatWasNotObservedOnlyWhy() {
        var failure = SnapshotParts.of(Worlds.failed(RIB, START), 1, SCRAPER);

        assertThat(failure.detail()).isEqualTo(Excerpt.of("cut\nin the middle"));
        assertThat(failure.header().isKeyframe()).isTrue();
        assertThat(SnapshotCodec.encode(failure)).hasSizeLessThan(1_000);
    }

    /** Whatever follows upon what, the reader of the records ends with the new table, and with the manifest's root. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldAlwaysLeaveTheReaderWithTheNewTable(long seed) throws Exception {
        var random = new Random(seed);
        var store = new NaiveStore();
        var table = new TreeMap<RowKey, Route>();
        Optional<Base> base = Optional.empty();

        for (int scrape = 0; scrape < 300; scrape++) {
            mutate(table, random, scrape);
            var rows = new ArrayList<Row>(table.values());
            Collections.shuffle(rows, random);
            var parts = after(base, scrape, rows);
            for (var part : parts.parts()) {
                store.take(SnapshotCodec.encode(part));
            }
            base = Optional.of(parts.base());

            assertThat(paths(store.rows(RIB)))
                    .as("seed %d, scrape %d", seed, scrape)
                    .isEqualTo(paths(table));
            assertThat(store.root(RIB)).isEqualTo(parts.base().table().root());
        }
        assertThat(store.complaints()).as("seed %d", seed).isEmpty();
    }

    /** BIRD's {@code since} moves by a millisecond between two readings. */
    @Test
    void shouldTakeJitterForNoChange() {
        var before = IntStream.range(0, 50)
                .mapToObj(i -> Worlds.route(i, 0, 1_000_000))
                .toList();
        var jittered = IntStream.range(0, 50)
                .mapToObj(i -> Worlds.route(i, 0, 1_000_000 + i % 3 * 1_000 - 1_000))
                .toList();
        var first = after(Optional.empty(), 0, before);

        var second = after(Optional.of(first.base()), 1, jittered);

        assertThat(second.parts()).singleElement().isInstanceOf(Manifest.class);
        assertThat(second.base().table().root())
                .isEqualTo(CanonicalTable.of(Worlds.table(before)).root());
    }

    private static void mutate(TreeMap<RowKey, Route> table, Random random, int scrape) {
        switch (random.nextInt(12)) {
            case 0 -> table.clear();
            case 1, 2, 3 -> {}
            default -> {
                for (int i = random.nextInt(20); i > 0; i--) {
                    var route = Worlds.route(random.nextInt(60), random.nextInt(3), scrape * 1_000_000L);
                    if (random.nextBoolean()) {
                        table.put(route.key(), route);
                    } else {
                        table.remove(route.key());
                    }
                }
            }
        }
        table.replaceAll((key, route) -> new Route(
                route.prefix(),
                route.paths(),
                route.stamp()
                        .map(s -> new ChangeStamp(s.kind(), s.earliest() + random.nextInt(3) - 1, s.latest() + 1))));
    }

    /** What is compared: the stamps may stay those of the first reading. */
    private static Map<RowKey, Object> paths(Map<RowKey, ? extends Row> rows) {
        var paths = new TreeMap<RowKey, Object>();
        rows.forEach((key, row) -> paths.put(key, row instanceof Route route ? route.paths() : List.of()));
        return paths;
    }

    private static SnapshotParts after(Optional<Base> base, int scrape, List<? extends Row> rows) {
        var at = START.plus(INTERVAL.multipliedBy(scrape));
        return SnapshotParts.of(Worlds.observed(RIB, at, Worlds.table(rows)), 1, SCRAPER, base);
    }

    private static List<Route> routes(int count) {
        return IntStream.range(0, count).mapToObj(i -> Worlds.route(i, 0, 0)).toList();
    }

    private static List<Leaf> leaves(SnapshotParts parts) {
        return parts.parts().stream()
                .flatMap((SnapshotPart part) ->
                        part instanceof LeavesPart leaves ? leaves.leaves().stream() : Stream.empty())
                .toList();
    }
}
