package dev.hoplog.ingest.parse.frr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Destination;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.View;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrrFibTest {
    private static final TableName TABLE = new TableName("v", AddressFamily.IPV6_UNICAST);
    private static final String ROUTE = "{\"fd00::/64\":[{\"protocol\":\"bgp\",%s}]}";

    @ParameterizedTest
    @CsvSource({
        "'', UNREACHABLE",
        "zebra is not running, UNREACHABLE",
        "'{\"fd00::/64\":[{\"protocol\":\"bgp\"}]', TRUNCATED",
        "'{\"fd00::/64\":[{\"protocol\":\"bgp\",\"vrfName\":\"other\"}]}', INCONSISTENT",
        "'{\"fd00::/64\":[{\"protocol\":\"bgp\",\"prefix\":\"fd01::/64\"}]}', UNPARSABLE",
        "'{\"fd00::/64\":[{}]}', UNPARSABLE",
        "'{\"fd00::/64\":{}}', UNPARSABLE",
        "'{\"fd00::/200\":[]}', UNPARSABLE",
        "'{\"10.0.0.0/8\":[]}', UNPARSABLE",
        "'{}{}', UNPARSABLE",
        "'[]', UNPARSABLE",
    })
    void shouldRefuseWhatProvesNothing(String output, FailureReason reason) {
        assertThat(catchThrowableOfType(UnusableOutput.class, () -> parse(output, TABLE))
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void shouldUseWhatIsInstalled() throws UnusableOutput {
        assertThat(path("\"selected\":true,\"installed\":true").isUsable(View.FIB))
                .isTrue();
    }

    /** A failed route keeps its other marks. */
    @Test
    void shouldNotUseWhatFailed() throws UnusableOutput {
        var failed = path("\"selected\":true,\"failed\":true,"
                + "\"nexthops\":[{\"fib\":true,\"active\":true,\"ip\":\"fe80::1\",\"interfaceName\":\"e\"}]");

        assertThat(failed.has(PathFlag.INSTALL_FAILED)).isTrue();
        assertThat(failed.isUsable(View.FIB)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"unreachable\":true,\"blackhole\":true', BLACKHOLE",
        "'\"unreachable\":true,\"reject\":true', UNREACHABLE",
        "'\"unreachable\":true,\"adminProhibited\":true', PROHIBITED",
        "'\"unreachable\":true', UNREACHABLE",
    })
    void shouldNotUseWhatLeadsNowhere(String nextHop, Destination destination) throws UnusableOutput {
        var path = path("\"installed\":true,\"nexthops\":[{\"fib\":true,%s}]".formatted(nextHop));

        assertThat(path.destination()).isEqualTo(destination);
        assertThat(path.isUsable(View.FIB)).isFalse();
    }

    @Test
    void shouldForwardToWhatResolvesARecursiveNextHop() throws UnusableOutput {
        var path = path("\"installed\":true,\"nexthops\":["
                + "{\"ip\":\"fd66::1\",\"recursive\":true,\"active\":true},"
                + "{\"ip\":\"fe80::1\",\"interfaceName\":\"e\",\"resolver\":true,\"fib\":true,\"active\":true},"
                + "{\"ip\":\"fe80::2\",\"interfaceName\":\"f\",\"resolver\":true},"
                + "{\"ip\":\"fe80::1\",\"interfaceName\":\"e\",\"duplicate\":true,\"active\":true}]");

        assertThat(path.nextHops()).hasToString("[fe80::1%e]");
        assertThat(path.other()).singleElement().hasToString("OtherAttribute[name=recursive, value=fd66::1]");
    }

    /** Zebra's key of such a route is its source. */
    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::/32", "::/0 from 2001:db8::/32"})
    void shouldHaveARouteOfSomeSourcesForNobodyElse(String key) throws UnusableOutput {
        var some =
                "\"%s\":[{\"prefix\":\"::/0 from 2001:db8::/32\",\"protocol\":\"static\",\"selected\":true,\"installed\":true}]"
                        .formatted(key);
        var all = "\"::/0\":[{\"prefix\":\"::/0\",\"protocol\":\"bgp\",\"selected\":true,\"installed\":true}]";

        var alone = (Route) rows("{" + some + "}").getFirst();
        var beside = (Route) rows("{" + all + "," + some + "}").getFirst();

        assertThat(alone.isUsable(View.FIB)).isFalse();
        assertThat(alone.paths())
                .singleElement()
                .satisfies(path -> assertThat(path.other())
                        .singleElement()
                        .hasToString("OtherAttribute[name=from, value=2001:db8::/32]"));
        assertThat(beside.prefix()).hasToString("::/0");
        assertThat(beside.paths()).hasSize(2);
        assertThat(beside.isUsable(View.FIB)).isTrue();
    }

    /** FRR 10 prints each as it comes to it, two of the same source and an ordinary one of the same prefix under one key. */
    @Test
    void shouldReadEachRouteThatStandsUnderTheSameKey() throws UnusableOutput {
        var rows = rows(
                "{" + to("::/0 from fd00::/16") + "," + to("fd00::/16") + "," + to("fd00:1::/32 from fd00::/16") + "}");

        assertThat(rows)
                .extracting(row -> ((Route) row).prefix() + " " + ((Route) row).isUsable(View.FIB))
                .containsExactlyInAnyOrder("::/0 false", "fd00::/16 true", "fd00:1::/32 false");
    }

    /** FRR 8 keeps the last one of a key, and goes through the destinations in order: it may have hidden the other. */
    @Test
    void shouldObserveNothingWhereARouteOfSomeSourcesMayHideAnother() {
        assertThat(catchThrowableOfType(UnusableOutput.class, () -> rows("{" + to("fd00:1::/32 from fd00::/16") + "}"))
                        .reason())
                .isEqualTo(FailureReason.INCONSISTENT);
        assertThat(catchThrowableOfType(UnusableOutput.class, () -> rows("{" + to("fd00::/16 from fd00::/16") + "}"))
                        .reason())
                .isEqualTo(FailureReason.INCONSISTENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"fd00::/16\":[%s],\"fd00::/16\":[%s]'                              | fd00::/16",
                "'\"fd00::/16\":[%s],\"fd00::/16\":[%s]'                              | ::/0 from fd00::/16",
                "'\"fd01::/16\":[%s]'                                               | ::/0 from fd00::/16",
                "'\"::/0 from fd01::/16\":[%s]'                                     | ::/0 from fd00::/16",
                "'\"::/0 from fd00::/16\":[%s]'                                     | ::/0",
                "'\"fd00::/16\":[%s,{\"prefix\":\"fd00::/16\",\"protocol\":\"bgp\"}]' | ::/0 from fd00::/16",
                "'\"fd00::/16\":[%s]'                                               | ::/0 from 10.0.0.0/8",
                "'\"x\":1,\"x\":2'                                                    | ::/0",
            })
    void shouldRefuseWhatSaysThatItIsAnother(String members, String prefix) {
        var route = "{\"prefix\":\"%s\",\"protocol\":\"bgp\"}".formatted(prefix);

        assertThat(catchThrowableOfType(UnusableOutput.class, () -> rows("{" + members.replace("%s", route) + "}"))
                        .reason())
                .isEqualTo(FailureReason.UNPARSABLE);
    }

    /** As FRR 10 prints it. */
    private static String to(String prefix) {
        return "\"%s\":[{\"prefix\":\"%s\",\"protocol\":\"static\",\"installed\":true}]"
                .formatted(prefix.substring(prefix.lastIndexOf(' ') + 1), prefix);
    }

    private static List<Row> rows(String output) throws UnusableOutput {
        return Optional.ofNullable(parse(output, TABLE).tables().get(TABLE))
                .orElseThrow()
                .rows();
    }

    /** One document for each VRF, or one object of all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fd00::/64\":[{\"protocol\":\"bgp\",\"vrfName\":\"default\"}]}\n"
                        + "{\"fd01::/64\":[{\"protocol\":\"bgp\",\"vrfName\":\"v\"}]}\n{}",
                "{\"default\":{\"fd00::/64\":[{\"protocol\":\"bgp\",\"vrfName\":\"default\"}]},"
                        + "\"v\":{\"fd01::/64\":[{\"protocol\":\"bgp\",\"vrfName\":\"v\"}]}}",
            })
    void shouldReadAllVrfs(String output) throws UnusableOutput {
        var tables = parse(output, new TableName(FrrFib.ALL_VRFS, AddressFamily.IPV6_UNICAST))
                .tables();

        assertThat(tables)
                .containsOnlyKeys(TABLE, new TableName("default", AddressFamily.IPV6_UNICAST))
                .allSatisfy((name, table) -> assertThat(table.rows()).hasSize(1));
    }

    private static Path path(String members) throws UnusableOutput {
        var table = Optional.ofNullable(
                        parse(ROUTE.formatted(members), TABLE).tables().get(TABLE))
                .orElseThrow();
        return ((Route) table.rows().getFirst()).paths().getFirst();
    }

    private static ParsedOutput parse(String json, TableName asked) throws UnusableOutput {
        return FrrFib.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), asked);
    }
}
