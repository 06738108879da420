package dev.hoplog.ingest.parse.frr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.frr.FrrNeighborRoutes.Direction;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Route;
import dev.hoplog.model.Table;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrrNeighborRoutesTest {
    private static final TableName TABLE = new TableName("v", AddressFamily.IPV6_UNICAST);
    private static final String ENTRY =
            "\"%1$s\":{\"network\":\"%1$s\",\"nextHopGlobal\":\"::\",\"weight\":0,\"path\":\"65010\",\"origin\":\"IGP\"}";

    @ParameterizedTest
    @CsvSource({
        "'', UNREACHABLE",
        "{}, UNPARSABLE",
        "'{\"bgpTableVersion\":7,\"totalPrefixCounter\":0}', UNPARSABLE",
        "'{\"warning\":\"No such neighbor in this view/vrf\"}', REFUSED",
        "'{\n{ \"warning\": \"Inbound soft reconfiguration not enabled\" }\n}', REFUSED",
        "'{\"receivedRoutes\":{},\"totalPrefixCounter\":0}', UNPARSABLE",
        "'{\"advertisedRoutes\":{},\"totalPrefixCounter\":1}', INCONSISTENT",
        "'{\"advertisedRoutes\":{\"fd00::/64\":{},\"fd01::/64\":{}},\"totalPrefixCounter\":1}', INCONSISTENT",
        "'{\"advertisedRoutes\":{\"fd00::/64\":{\"network\":\"fd01::/64\"}}}', UNPARSABLE",
        "'{\"advertisedRoutes\":{}}{}', UNPARSABLE",
        "'{\"advertisedRoutes\":{} vtysh: error reading from bgpd', TRUNCATED",
    })
    void shouldRefuseWhatProvesNothing(String output, FailureReason reason) {
        assertThat(catchThrowableOfType(UnusableOutput.class, () -> parse(output))
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"fd00::/200\":{}",
                "\"10.0.0.0/8\":{}",
                "\"fd00::\\u0000/64\":{}",
                "\"fd00::/64\":[]",
                "\"fd00::/64\":{},\"fd00:0::/64\":{}",
                "\"fd00::/64\":{\"metric\":-1}",
                "\"fd00::/64\":{\"path\":\"65010 {\"}",
                "\"fd00::/64\":{\"nextHopGlobal\":\"nowhere\"}",
                "\"fd00::/64\":{\"bgpOriginCode\":\"x\"}",
            })
    void shouldRefuseHostileRoutes(String routes) {
        var thrown = catchThrowableOfType(
                UnusableOutput.class, () -> parse("{\"advertisedRoutes\":{%s}}".formatted(routes)));

        assertThat(thrown.reason()).isEqualTo(FailureReason.UNPARSABLE);
    }

    @Test
    void shouldReadAnEmptyTable() throws UnusableOutput {
        assertThat(table("{\"advertisedRoutes\":{},\"totalPrefixCounter\":0,\"filteredPrefixCounter\":3}")
                        .rows())
                .isEmpty();
    }

    @Test
    void shouldAllowTheCounterToCountSeveralPathsOfAPrefix() throws UnusableOutput {
        var output = "{\"advertisedRoutes\":{" + ENTRY.formatted("fd00::/64") + "},\"totalPrefixCounter\":3}";

        assertThat(table(output).rows()).hasSize(1);
    }

    @Test
    void shouldHaveTheDefaultRouteThatStandsInTheHeaderOnly() throws UnusableOutput {
        var table = table("{\"bgpOriginatingDefaultNetwork\":\"::/0\",\"advertisedRoutes\":{"
                + ENTRY.formatted("fd00::/64") + "},\"totalPrefixCounter\":1}");

        assertThat(prefixes(table)).containsExactlyInAnyOrder("::/0", "fd00::/64");
        assertThat(table.observed()).isEqualTo(Observed.of());
    }

    @Test
    void shouldKeepTheAttributesWhereTheDefaultRouteIsListed() throws UnusableOutput {
        var table = table("{\"bgpOriginatingDefaultNetwork\":\"::/0\",\"advertisedRoutes\":{" + ENTRY.formatted("::/0")
                + "},\"totalPrefixCounter\":1}");

        assertThat(prefixes(table)).containsExactly("::/0");
        assertThat(table.observed()).isNotEqualTo(Observed.of());
    }

    @Test
    void shouldCountUnknownKeys() throws UnusableOutput {
        assertThat(parse("{\"news\":{\"deep\":[1]},\"advertisedRoutes\":{\"fd00::/64\":{\"weight\":0,\"more\":1}}}")
                        .unknownItems())
                .isEqualTo(2);
    }

    private static List<String> prefixes(Table table) {
        return table.rows().stream()
                .map(row -> ((Route) row).prefix().toString())
                .toList();
    }

    private static Table table(String json) throws UnusableOutput {
        return Optional.ofNullable(parse(json).tables().get(TABLE)).orElseThrow();
    }

    private static ParsedOutput parse(String json) throws UnusableOutput {
        return FrrNeighborRoutes.parse(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), TABLE, Direction.ADVERTISED);
    }
}
