package dev.hoplog.streams.gap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Suppliers;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Explainer;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.gap.GapFinder;
import dev.hoplog.gap.Ground;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change;
import dev.hoplog.model.RibId;
import dev.hoplog.streams.gap.NaiveConditions.Blunder;
import dev.hoplog.streams.gap.WorldLog.Distortion;
import dev.hoplog.streams.gap.WorldLog.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The gap step in seeded worlds, beside an oracle that knows the whole log and goes through it tick by tick. What a log says
 * must not depend on the order in which it comes, and what was said must stand when it goes on.
 */
class GapOracleTest {
    private static final int WORLDS = Integer.getInteger("gap.worlds", 2_000);
    private static final int FIRST = Integer.getInteger("gap.first", 0);
    private static final int FEW_WORLDS = 300;

    private static final int MOST_ROWS = 12;
    private static final Subject SUBJECT = new Subject(GapWorld.NETWORK, GapWorld.PREFIX);

    /** Within how many seconds the tables are read that a cause stands on. */
    private static final int READ_APART = 6;

    /** What must not be missing from the worlds. */
    private enum Hard {
        SUSPENSION,
        LOOK_THROUGH,
        MOOT,
        TWO_BREAKS,
        LAGGING_TABLES,
        CHAIN_CHANGE,
        CHANGED_UNSEEN,
        SOURCE_LOST,
        AFFECTED,
        DEGRADED,
        STALE,
        TAKEN_OVER,
        NOTHING_PROVEN_ANY_MORE
    }

    private static List<GapEvent> told(MemoryInMaps memory) {
        return memory.told().getOrDefault(SUBJECT, List.of());
    }

    @Test
    void shouldTellInAnyOrderWhatTheOracleKnows() {
        var met = new EnumMap<Hard, Integer>(Hard.class);
        var failures = new ArrayList<String>();
        for (int seed = FIRST; seed < FIRST + WORLDS; seed++) {
            var random = new Random(seed);
            var world = new GapWorld(seed);
            var log = new WorldLog(world);
            var tables = log.told(Distortion.NONE);
            var delivery = Delivery.atRandom(tables, world.chains(), random);
            var expected = NaiveGaps.of(delivery.log());
            var histories = wholeHistories(delivery.log(), expected.horizon());

            failures.addAll(new Check("seed " + seed + " at random", delivery, world, log.truth())
                    .run(expected, histories, random));
            if (seed % 4 == 0) {
                var inTime = Delivery.inTime(tables, world.chains(), random);
                failures.addAll(new Check("seed " + seed + " in time", inTime, world, log.truth())
                        .run(expected, histories, random));
            }
            for (var hard : hard(world, delivery, expected)) {
                met.merge(hard, 1, Integer::sum);
            }
        }
        assertThat(failures.stream().limit(3))
                .as("%d contradictions", failures.size())
                .isEmpty();
        assertThat(Hard.values())
                .as("in at least one world of twenty: %s", met)
                .allMatch(hard -> met.getOrDefault(hard, 0) * 20 >= WORLDS);
    }

    /** One world in one order. */
    private record Check(String where, Delivery delivery, GapWorld world, WorldTruth truth) {
        List<String> run(NaiveGaps.Said expected, Map<String, String> histories, Random random) {
            var failures = new ArrayList<String>();
            var memory = new MemoryInMaps();
            int cut = random.nextInt(delivery.log().size());
            var begin = delivery.log().subList(0, cut);
            begin.forEach(memory::take);
            int atCut = told(memory).size();
            delivery.log().subList(cut, delivery.log().size()).forEach(memory::take);
            var told = told(memory);

            compare("", GapStory.of(told), GapStory.of(expected.events()), failures);
            compare(
                    " after " + cut,
                    GapStory.of(told.subList(0, atCut)),
                    GapStory.of(NaiveGaps.of(begin).events()),
                    failures);
            compare(" of causes", ToldGap.causes(told), expected.causes(), failures);
            compare(" beside whole histories", ToldGap.of(told), histories, failures);
            told.stream()
                    .filter(event -> event instanceof GapEvent.Explained said && isFalse(said))
                    .map(said -> where + ": it was not so, and it is said that " + said)
                    .forEach(failures::add);
            return failures;
        }

        /** Whether no link of those ends gave reason for it, from one reading to the next and beyond. */
        private boolean isFalse(GapEvent.Explained said) {
            int at = GapWorld.second(said.from());
            var links = world.allLinks(said.at().last(), said.at().hop());
            return said.at().unobserved().isEmpty()
                    && links.stream().allMatch(link -> link.grace() >= link.transit())
                    && IntStream.rangeClosed(at - READ_APART, at + READ_APART)
                            .filter(second -> 0 <= second && second < world.seconds())
                            .noneMatch(second ->
                                    links.stream().anyMatch(link -> truth.isReason(said.cause(), link, second)));
        }

        private void compare(
                String what, Map<String, String> told, Map<String, String> expected, Collection<String> failures) {
            var gaps = new TreeSet<String>(told.keySet());
            gaps.addAll(expected.keySet());
            for (var gap : gaps) {
                var is = told.getOrDefault(gap, "nothing");
                var should = expected.getOrDefault(gap, "nothing");
                if (!is.equals(should)) {
                    failures.add(where + what + ": of gap " + gap + "\n  is told  " + is + "\n  should be " + should);
                }
            }
        }
    }

    @Test
    void shouldKeepFewEventsOfARowWhereTablesComeInTime() {
        for (int seed = 0; seed < FEW_WORLDS; seed++) {
            var world = new GapWorld(seed);
            var random = new Random(seed);
            var memory = new MemoryInMaps();
            int most = 0;
            for (var entry : Delivery.inTime(new WorldLog(world).told(Distortion.NONE), world.chains(), random)
                    .log()) {
                memory.take(entry);
                most = Math.max(most, memory.longestRow());
            }
            assertThat(most).as("seed %d", seed).isLessThanOrEqualTo(MOST_ROWS);
        }
    }

    private static SortedMap<String, String> wholeHistories(Collection<LogEntry> log, Optional<Instant> horizon) {
        var found = new LinkedHashMap<Gap, List<Explanation>>();
        horizon.ifPresent(upTo -> {
            var chains = log.stream()
                    .filter(ChainPublished.class::isInstance)
                    .map(entry -> ((ChainPublished) entry).version())
                    .toList();
            var ground =
                    new Ground(GapWorld.NETWORK, ChainTimeline.of(chains), GapWorld.PREFIX, new DecidedHistories(log));
            GapFinder.find(ground, upTo).forEach(gap -> found.put(gap, Explainer.explain(ground, gap)));
        });
        return ToldGap.of(found);
    }

    private static List<Hard> hard(GapWorld world, Delivery delivery, NaiveGaps.Said said) {
        var hard = new ArrayList<Hard>();
        var breaks = new TreeMap<String, Integer>();
        for (var event : said.events()) {
            switch (event) {
                case GapEvent.Opened opened -> {
                    breaks.merge(opened.gap().toString(), opened.breaks().size(), Integer::sum);
                    switch (opened.kind()) {
                        case SOURCE_LOST -> hard.add(Hard.SOURCE_LOST);
                        case DEGRADED -> hard.add(Hard.DEGRADED);
                        case STALE -> hard.add(Hard.STALE);
                        case MISSING -> {}
                    }
                    if (opened.kind() == Gap.Kind.MISSING
                            && opened.breaks().stream()
                                    .anyMatch(way -> !way.unobserved().isEmpty())) {
                        hard.add(Hard.LOOK_THROUGH);
                    }
                }
                case GapEvent.BrokenAlso also -> breaks.merge(also.gap().toString(), 1, Integer::sum);
                case GapEvent.Suspended _ -> hard.add(Hard.SUSPENSION);
                case GapEvent.Affected _ -> hard.add(Hard.AFFECTED);
                case GapEvent.Closed closed when closed.end() == Gap.End.MOOT -> hard.add(Hard.MOOT);
                case GapEvent.Closed _, GapEvent.Resumed _, GapEvent.Explained _ -> {}
            }
        }
        if (breaks.values().stream().anyMatch(count -> count > 1)) {
            hard.add(Hard.TWO_BREAKS);
        }
        if (delivery.lag() > 40) {
            hard.add(Hard.LAGGING_TABLES);
        }
        if (world.change()
                .map(GapWorld::at)
                .filter(at -> said.horizon().filter(at::isBefore).isPresent())
                .isPresent()) {
            hard.add(Hard.CHAIN_CHANGE);
        }
        if (said.horizon()
                .filter(to -> world.hops().stream().anyMatch(hop -> hop.takenOver() < GapWorld.second(to)))
                .isPresent()) {
            hard.add(Hard.TAKEN_OVER);
        }
        if (delivery.log().stream()
                .anyMatch(
                        entry -> entry instanceof RouteEvent event && event.change() instanceof Change.ChangedUnseen)) {
            hard.add(Hard.CHANGED_UNSEEN);
        }
        if (said.causes().values().stream().anyMatch(causes -> causes.contains("Z " + Cause.UNKNOWN))) {
            hard.add(Hard.NOTHING_PROVEN_ANY_MORE);
        }
        return hard.stream().distinct().toList();
    }

    /** A step that is wrong, made by what goes into it. */
    private enum Mutant {
        NO_GRACE,
        OUTAGE_IS_WITHDRAWAL,
        ARRIVAL_IS_TRUSTED,
        COMMUNITIES_DECIDE;

        List<ChainVersion> chains(GapWorld world) {
            return this == NO_GRACE ? world.withoutGrace() : world.chains();
        }

        List<List<Said>> tables(WorldLog log) {
            return log.told(
                    switch (this) {
                        case OUTAGE_IS_WITHDRAWAL -> Distortion.OUTAGE_IS_WITHDRAWAL;
                        case COMMUNITIES_DECIDE -> Distortion.UNTAGGED_IS_HIDDEN;
                        case NO_GRACE, ARRIVAL_IS_TRUSTED -> Distortion.NONE;
                    });
        }

        Supplier<MemoryInMaps> memory() {
            return this == ARRIVAL_IS_TRUSTED ? HastyMemory::new : MemoryInMaps::new;
        }
    }

    /** Takes every table to be as far as the one that is furthest ahead. */
    private static final class HastyMemory extends MemoryInMaps {
        private Optional<Instant> newest = Optional.empty();

        @Override
        public TableTrack table(RibId table) {
            var track = super.table(table);
            return new TableTrack(track.stretches(), newest, track.readers(), track.scrapeRibs());
        }

        @Override
        public void table(RibId table, TableTrack track) {
            newest = track.settledTo()
                    .filter(to -> newest.filter(to::isBefore).isEmpty())
                    .or(() -> newest);
            super.table(table, track);
        }
    }

    private static final Supplier<Set<Mutant>> UNSEEN_MUTANTS =
            Suppliers.memoize(() -> unseen(EnumSet.allOf(Mutant.class), GapOracleTest::showsMutant));

    private static final Supplier<Set<Blunder>> UNSEEN_BLUNDERS = Suppliers.memoize(
            () -> unseen(EnumSet.complementOf(EnumSet.of(Blunder.NONE)), GapOracleTest::showsBlunder));

    /**
     * Those that no world shows; the first that shows one ends the search for it. What is right of a world is found once for
     * all of them.
     */
    private static <E extends Enum<E>> Set<E> unseen(Set<E> all, IntFunction<Predicate<E>> shows) {
        var unseen = EnumSet.copyOf(all);
        IntStream.range(0, FEW_WORLDS)
                .takeWhile(_ -> !unseen.isEmpty())
                .forEach(seed -> unseen.removeIf(shows.apply(seed)));
        return unseen;
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeToldApartFromTheOracle(Mutant mutant) {
        assertThat(UNSEEN_MUTANTS.get())
                .as("what none of %d worlds shows", FEW_WORLDS)
                .doesNotContain(mutant);
    }

    private static Predicate<Mutant> showsMutant(int seed) {
        var world = new GapWorld(seed);
        var log = new WorldLog(world);
        var expected =
                GapStory.of(NaiveGaps.of(Delivery.inTime(log.told(Distortion.NONE), world.chains(), new Random(seed))
                                .log())
                        .events());
        return mutant -> {
            var memory = mutant.memory().get();
            Delivery.atRandom(mutant.tables(log), mutant.chains(world), new Random(seed))
                    .log()
                    .forEach(memory::take);
            return isToldApart(expected, memory);
        };
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldBeToldApartFromAnOracleThatBlunders(Blunder blunder) {
        assertThat(UNSEEN_BLUNDERS.get())
                .as("what none of %d worlds shows", FEW_WORLDS)
                .doesNotContain(blunder);
    }

    private static Predicate<Blunder> showsBlunder(int seed) {
        var world = new GapWorld(seed);
        var log = Delivery.inTime(new WorldLog(world).told(Distortion.NONE), world.chains(), new Random(seed))
                .log();
        var memory = new MemoryInMaps();
        log.forEach(memory::take);
        var story = GapStory.of(told(memory));
        var causes = ToldGap.causes(told(memory));
        return blunder -> {
            var blundered = NaiveGaps.of(log, blunder);
            return !story.equals(GapStory.of(blundered.events())) || !causes.equals(blundered.causes());
        };
    }

    /** What contradicts itself is told apart as well. */
    private static boolean isToldApart(Map<String, String> expected, MemoryInMaps memory) {
        try {
            return !GapStory.of(told(memory)).equals(expected);
        } catch (AssertionError e) {
            return true;
        }
    }
}
