package dev.hoplog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalTableTest {
    @Test
    void shouldGiveEqualOctetsInWhicheverOrderTheDaemonPrinted() {
        var values = new RandomValues(7);
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var table = values.table(AddressFamily.IPV6_UNICAST, 20);
            var shuffled = new ArrayList<Row>();
            for (var row : table.rows()) {
                var route = (Route) row;
                var paths = new ArrayList<>(route.paths());
                Collections.shuffle(paths, random);
                shuffled.add(new Route(route.prefix(), paths, route.stamp()));
            }
            Collections.shuffle(shuffled, random);
            var once = CanonicalTable.of(table);
            var again = CanonicalTable.of(new Table(table.observed(), shuffled, table.sourceTimes()));
            assertThat(again.root()).isEqualTo(once.root());
            assertThat(again.leaves()).isEqualTo(once.leaves());
        }
    }

    @Test
    void shouldChangeTheRootWithEveryRow() {
        var table = new RandomValues(8).table(AddressFamily.IPV4_UNICAST, 50);
        var whole = CanonicalTable.of(table).root();
        for (var row : table.rows()) {
            var others = table.rows().stream().filter(other -> other != row).toList();
            assertThat(CanonicalTable.of(new Table(table.observed(), others, Map.of()))
                            .root())
                    .isNotEqualTo(whole);
        }
    }

    @Test
    void shouldRefuseTwoRowsOfOneKey() {
        var route = route("fd00::/64", Optional.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalTable.of(new Table(Observed.all(), List.of(route, route), Map.of())));
    }

    @Test
    void shouldKeepJitterOutOfTheDigests() {
        var before = table(route("fd00::/64", Optional.of(time(1_000_000))));
        var jittered = table(route("fd00::/64", Optional.of(time(1_001_000))));
        var changed = table(route("fd00::/64", Optional.of(time(9_000_000))));
        var first = CanonicalTable.of(before);

        assertThat(CanonicalTable.of(jittered).root()).isNotEqualTo(first.root());
        assertThat(CanonicalTable.of(jittered, first).root()).isEqualTo(first.root());
        assertThat(CanonicalTable.of(changed, first).root()).isNotEqualTo(first.root());
    }

    /** Part of the wire format: these never change. The numbers come from another implementation of Murmur3. */
    @Test
    void shouldPutEveryRowIntoTheSameLeafForEver() {
        assertThat(RowKey.of(Prefix.parse("fd00:101:224:3::/64")).leaf()).isEqualTo(LEAF_OF_POD);
        assertThat(RowKey.of(Prefix.parse("0.0.0.0/0")).leaf()).isEqualTo(LEAF_OF_DEFAULT);
        assertThat(RowKey.of(Prefix.parse("::/0")).leaf()).isEqualTo(LEAF_OF_DEFAULT);
        assertThat(RowKey.daemon().leaf()).isEqualTo(LEAF_OF_DAEMON);
    }

    private static final int LEAF_OF_POD = 53044;
    private static final int LEAF_OF_DEFAULT = 20814;
    private static final int LEAF_OF_DAEMON = 10009;

    @Test
    void shouldSpreadRowsEvenlyOverTheLeaves() {
        var values = new RandomValues(9);
        var perSixteenth = new int[16];
        for (int i = 0; i < 16_000; i++) {
            perSixteenth[RowKey.of(values.prefix(dev.hoplog.model.IpVersion.V6)).leaf() >>> 12]++;
        }
        for (int rows : perSixteenth) {
            assertThat(rows).isBetween(800, 1_200);
        }
    }

    @Test
    void shouldAddAndSubtractDigestsAsNumbersModulo2To256() {
        var random = new Random(256);
        var modulus = BigInteger.ONE.shiftLeft(256);
        for (int i = 0; i < 5_000; i++) {
            var a = new RootDigest(word(random), word(random), word(random), word(random));
            var b = new LeafDigest(word(random), word(random), word(random), word(random));
            var sum = number(a).add(number(RootDigest.EMPTY.plus(b))).mod(modulus);
            assertThat(number(a.plus(b))).isEqualTo(sum);
            assertThat(a.plus(b).minus(b)).isEqualTo(a);
            assertThat(a.minus(b).plus(b)).isEqualTo(a);
            assertThat(RootDigest.ofOctets(a.octets())).isEqualTo(a);
        }
    }

    /** Words at the edges, where carries run. */
    private static long word(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MIN_VALUE;
            default -> random.nextLong();
        };
    }

    private static BigInteger number(RootDigest digest) {
        return new BigInteger(1, digest.octets().toByteArray());
    }

    private static Table table(Row row) {
        return new Table(Observed.all(), List.of(row), Map.of());
    }

    private static Route route(String prefix, Optional<ChangeStamp> stamp) {
        Path path = new PathBuilder().flag(PathFlag.VALID).flag(PathFlag.BEST).build();
        return new Route(Prefix.parse(prefix), List.of(path), stamp);
    }

    private static ChangeStamp time(long micros) {
        return new ChangeStamp(ChangeStamp.Kind.TIME, micros, micros + 1_000);
    }
}
