package dev.hoplog.streams.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.SourceState.ClockStep;
import dev.hoplog.wire.LeafRows;
import dev.hoplog.wire.RandomValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LeafDiffTest {
    private static final LeafDiff DIFF =
            new LeafDiff(Optional.of(SourceState.unknown().clockStepSince(SourceState.unknown())));

    @Test
    void shouldFindNothingBetweenALeafAndItself() {
        var values = new RandomValues(11);
        for (int i = 0; i < 500; i++) {
            var leaf = leaf(values, 8);
            assertThat(DIFF.between(leaf, leaf)).isEmpty();
        }
    }

    @Test
    void shouldLeadFromTheOldLeafToTheNewOne() {
        var values = new RandomValues(12);
        for (int i = 0; i < 500; i++) {
            var before = leaf(values, 8);
            var after = leaf(values, 8);
            assertThat(apply(DIFF.between(before, after), before)).isEqualTo(byKey(after));
        }
    }

    /** FRR 8.4 names an unnumbered neighbour's interface in one form of its table only, to which a scrape falls back. */
    @Test
    void shouldNotTellAnInterfaceThatOnlyOneOfTheReadingsPrints() {
        var whole = unnumbered("fe80::1%un0", Observed.all());
        var bare = unnumbered("fe80::1", Observed.allBut(Attribute.COMMUNITIES));

        assertThat(DIFF.between(whole, bare)).isEmpty();
        assertThat(DIFF.between(bare, whole)).isEmpty();
        assertThat(DIFF.between(whole, unnumbered("fe80::1%un1", Observed.all())))
                .singleElement()
                .isInstanceOf(Change.Changed.class);
    }

    private static LeafRows unnumbered(String from, Observed observed) {
        var path = new PathBuilder().from(PeerId.parse(from)).build();
        return new LeafRows(
                observed, List.of(new Route(Prefix.parse("fd00:101:224:3::/64"), List.of(path), Optional.empty())));
    }

    /** Three prefixes, each absent or in one of two contents under one of two stamps: every pair of such leaves. */
    @Test
    void shouldFindExactlyWhatDiffersInEverySmallWorld() {
        var states = List.of(0, 1, 2, 3, 4);
        for (int a : states) {
            for (int b : states) {
                for (int c : states) {
                    for (int x : states) {
                        for (int y : states) {
                            for (int z : states) {
                                check(List.of(a, b, c), List.of(x, y, z));
                            }
                        }
                    }
                }
            }
        }
    }

    private static void check(List<Integer> before, List<Integer> after) {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            int was = before.get(i);
            int is = after.get(i);
            if (was == 0 && is > 0) {
                expected.add(i + " Appeared");
            } else if (was > 0 && is == 0) {
                expected.add(i + " Withdrawn");
            } else if (was > 0 && content(was) != content(is)) {
                expected.add(i + " Changed");
            } else if (was > 0 && stamp(is) > stamp(was)) {
                expected.add(i + " ChangedUnseen");
            }
        }
        var found = DIFF.between(small(before), small(after)).stream()
                .map(change ->
                        ((Route) change.after().or(change::before).orElseThrow().row())
                                        .prefix()
                                        .address()
                                        .octets()[1]
                                + " "
                                + change.getClass().getSimpleName())
                .toList();
        assertThat(found).isEqualTo(expected);
    }

    private static int content(int state) {
        return (state - 1) / 2;
    }

    private static int stamp(int state) {
        return (state - 1) % 2;
    }

    private static LeafRows small(List<Integer> states) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 3; i++) {
            if (states.get(i) > 0) {
                rows.add(new Route(
                        Prefix.parse("10." + i + ".0.0/16"),
                        List.of(new PathBuilder().med(content(states.get(i))).build()),
                        Optional.of(ChangeStamp.counter(stamp(states.get(i))))));
            }
        }
        return new LeafRows(Observed.all(), rows);
    }

    @Test
    void shouldNotCompareWhatOneOfTheReadingsDidNotObserve() {
        var community = new LargeCommunity(4200001000L, 0, 100);
        var with = leaf(Observed.all(), new PathBuilder().med(5).largeCommunity(community));
        var blind = leaf(Observed.allBut(Attribute.LARGE_COMMUNITIES), new PathBuilder().med(5));
        var without = leaf(Observed.all(), new PathBuilder().med(5));

        assertThat(DIFF.between(with, blind)).isEmpty();
        assertThat(DIFF.between(blind, with)).isEmpty();
        assertThat(DIFF.between(with, without)).hasOnlyElementsOfType(Change.Changed.class);
    }

    @Test
    void shouldStillCompareWhatBothReadingsObserved() {
        var before = leaf(Observed.all(), new PathBuilder().med(5));
        var after = leaf(Observed.of(Attribute.MED), new PathBuilder().med(6));
        assertThat(DIFF.between(before, after)).hasOnlyElementsOfType(Change.Changed.class);
    }

    @Test
    void shouldNotCompareStampsAcrossARestartOfTheSource() {
        var restarted = new LeafDiff(Optional.empty());
        assertThat(restarted.between(small(List.of(1, 1, 1)), small(List.of(2, 2, 2))))
                .isEmpty();
    }

    @Test
    void shouldNotTakeAClockThatWasSetForAThousandChanges() {
        var hour = java.time.Duration.ofHours(1);
        var stepped = new LeafDiff(Optional.of(new ClockStep(hour, java.time.Duration.ofMillis(10))));
        var before = stamped(1_000_000_000L);
        var after = stamped(1_000_000_000L + hour.toNanos() / 1_000);
        assertThat(stepped.between(before, after)).isEmpty();
        assertThat(DIFF.between(before, after)).hasOnlyElementsOfType(Change.ChangedUnseen.class);
    }

    @Test
    void shouldKeepAddPathPathsApart() {
        var one = new PathBuilder().pathId(1).build();
        var two = new PathBuilder().pathId(2).build();
        var prefix = Prefix.parse("10.0.0.0/16");
        var both = new LeafRows(Observed.all(), List.of(new Route(prefix, List.of(one, two), Optional.empty())));
        var first = new LeafRows(Observed.all(), List.of(new Route(prefix, List.of(one), Optional.empty())));
        var twice = new LeafRows(Observed.all(), List.of(new Route(prefix, List.of(one, one), Optional.empty())));

        assertThat(DIFF.between(both, first)).hasOnlyElementsOfType(Change.Changed.class);
        assertThat(DIFF.between(first, twice)).hasOnlyElementsOfType(Change.Changed.class);
    }

    private static LeafRows stamped(long micros) {
        var stamp = new ChangeStamp(ChangeStamp.Kind.TIME, micros, micros + 1_000);
        return new LeafRows(
                Observed.all(),
                List.of(new Route(
                        Prefix.parse("10.0.0.0/16"), List.of(new PathBuilder().build()), Optional.of(stamp))));
    }

    private static LeafRows leaf(Observed observed, PathBuilder path) {
        return new LeafRows(
                observed, List.of(new Route(Prefix.parse("10.0.0.0/16"), List.of(path.build()), Optional.empty())));
    }

    private static LeafRows leaf(RandomValues values, int rows) {
        return new LeafRows(
                Observed.all(), values.table(AddressFamily.IPV4_UNICAST, rows).rows());
    }

    private static TreeMap<RowKey, Row> byKey(LeafRows leaf) {
        var rows = new TreeMap<RowKey, Row>();
        leaf.rows().forEach(row -> rows.put(row.key(), row));
        return rows;
    }

    private static TreeMap<RowKey, Row> apply(List<Change> changes, LeafRows before) {
        var rows = byKey(before);
        for (var change : changes) {
            change.before()
                    .ifPresent(seen -> assertThat(rows.remove(seen.row().key())).isEqualTo(seen.row()));
            change.after()
                    .ifPresent(seen ->
                            assertThat(rows.put(seen.row().key(), seen.row())).isNull());
        }
        return rows;
    }
}
