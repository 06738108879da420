package dev.hoplog.gap;

import static dev.hoplog.gap.KnownTables.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.TimeSpans;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IncidentsTest {
    private static final String POD = "fd00:1::/64";
    private static final String OTHER = "fd00:2::/64";
    private static final Set<ScraperClock> ONE_CLOCK = Set.of(new ScraperClock("one", Duration.ofSeconds(1)));
    private static final Set<ScraperClock> ANOTHER_CLOCK = Set.of(new ScraperClock("another", Duration.ofSeconds(2)));

    /** Of a prefix, on the way along hops, of which nothing was observed but of the ends. */
    private static Gap gap(String prefix, String way, Bounds opened, Optional<Bounds> ended) {
        return gap(prefix, way, opened, ended, ONE_CLOCK);
    }

    private static Gap gap(String prefix, String way, Bounds opened, Optional<Bounds> ended, Set<ScraperClock> clocks) {
        var hops = Stream.of(way.split(" "))
                .map(node -> HopId.parse(node + "/frr/main"))
                .toList();
        var from = new LinkedHashMap<Break, Instant>();
        from.put(new Break(hops), opened.atOrBefore());
        return new Gap(
                new Id(opened.atOrBefore().getEpochSecond(), (prefix + way).hashCode()),
                Gap.Kind.MISSING,
                Prefix.parse(prefix),
                hops.getLast(),
                from,
                opened,
                ended.map(bounds -> new Gap.Ending(Gap.End.RESTORED, bounds)),
                TimeSpans.none(),
                new TreeMap<>(),
                new Id(0, 1),
                List.of(),
                clocks);
    }

    private static Bounds bounds(long after, long atOrBefore) {
        return Bounds.between(at(after), at(atOrBefore));
    }

    private static Gap open(String prefix, String way, long after, long atOrBefore) {
        return gap(prefix, way, bounds(after, atOrBefore), Optional.empty());
    }

    private static Set<Set<Gap>> joined(Gap... gaps) {
        return Incidents.of(List.of(gaps)).stream()
                .map(incident -> Set.copyOf(incident.gaps()))
                .collect(Collectors.toSet());
    }

    @Test
    void shouldJoinWhatMayHaveGotLostTogetherBetweenTwoHopsInBothDirections() {
        var there = open(POD, "a b", 10, 15);
        var back = open(OTHER, "b a", 12, 17);
        var later = open("fd00:3::/64", "a b", 17, 20);
        var elsewhere = open("fd00:4::/64", "a c", 10, 15);

        assertThat(joined(there, back, later, elsewhere))
                .containsExactlyInAnyOrder(Set.of(there, back), Set.of(later), Set.of(elsewhere));
    }

    @Test
    void shouldJoinWhatLastedTogetherBehindASilentHop() {
        var first = open(POD, "a silent b", 10, 15);
        var second = open(OTHER, "a silent c", 30, 35);
        var over = gap("fd00:3::/64", "a silent c", bounds(1, 2), Optional.of(bounds(8, 9)));

        assertThat(joined(first, second, over)).containsExactlyInAnyOrder(Set.of(first, second), Set.of(over));
    }

    @Test
    void shouldJoinWithASilentHopWhatMayHaveGotLostThereTogetherAndNotWhatWasLostBefore() {
        var behind = open(POD, "a silent b", 10, 15);
        var at = open(POD, "a silent", 8, 30);
        var before = open(OTHER, "a silent", 1, 5);
        var muchLater = open("fd00:3::/64", "silent c", 100, 105);

        assertThat(joined(behind, at, before, muchLater))
                .containsExactlyInAnyOrder(Set.of(behind, at), Set.of(before), Set.of(muchLater));
    }

    private static Gap on(Set<ScraperClock> clocks, String prefix, String way, long after, long atOrBefore) {
        return gap(prefix, way, bounds(after, atOrBefore), Optional.empty(), clocks);
    }

    private static Optional<Gap> firstOf(Gap... gaps) {
        return new Incident(List.of(gaps)).first();
    }

    @Test
    void shouldSayWhatCameFirstWhereBoundsOfOneClockTouchAndNotWhereTheyOverlap() {
        var first = on(ONE_CLOCK, POD, "a b", 10, 15);

        assertThat(firstOf(first, on(ONE_CLOCK, OTHER, "a b", 15, 20))).contains(first);
        assertThat(firstOf(first, on(ONE_CLOCK, OTHER, "a b", 14, 20))).isEmpty();
    }

    @Test
    void shouldSayWhatCameFirstOnSeveralClocksOnlyWhereBothOfTheirErrorsAllowIt() {
        var first = on(ONE_CLOCK, POD, "a b", 10, 15);

        assertThat(firstOf(first, on(ANOTHER_CLOCK, OTHER, "c d", 18, 20))).contains(first);
        assertThat(firstOf(first, on(ANOTHER_CLOCK, OTHER, "c d", 17, 20))).isEmpty();
    }

    @Test
    void shouldTrustNoOrderOfAGapWhoseEndsWereReadOnTwoClocksMoreThanTheseAllow() {
        var both = new HashSet<>(ONE_CLOCK);
        both.addAll(ANOTHER_CLOCK);
        var first = on(both, POD, "a b", 10, 15);

        assertThat(firstOf(first, on(both, OTHER, "a b", 18, 20))).contains(first);
        assertThat(firstOf(first, on(both, OTHER, "a b", 17, 20))).isEmpty();
    }

    @Test
    void shouldJoinWhatMayHaveGotLostTogetherIfClocksAreOff() {
        var there = on(ONE_CLOCK, POD, "a b", 10, 15);
        var together = on(ANOTHER_CLOCK, OTHER, "b a", 17, 20);
        var later = on(ONE_CLOCK, "fd00:3::/64", "a b", 23, 25);
        var muchLater = on(ANOTHER_CLOCK, "fd00:4::/64", "b a", 28, 30);

        assertThat(joined(there, together, later, muchLater))
                .containsExactlyInAnyOrder(Set.of(there, together), Set.of(later), Set.of(muchLater));
    }

    @Test
    void shouldNotJoinByTheErrorsOfOtherClocksWhatOneClockTellsApart() {
        var first = on(ONE_CLOCK, POD, "a b", 10, 15);
        var second = on(ONE_CLOCK, OTHER, "a b", 16, 20);
        var elsewhere = on(ANOTHER_CLOCK, "fd00:3::/64", "b a", 40, 45);

        assertThat(joined(first, second, elsewhere))
                .containsExactlyInAnyOrder(Set.of(first), Set.of(second), Set.of(elsewhere));
    }
}
