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
import dev.hoplog.model.View;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
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
