package dev.hoplog.ingest.parse.frr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.OtherAttribute;
import dev.hoplog.model.Path;
import dev.hoplog.model.Route;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrrTableTest {
    private static final TableName TABLE = new TableName("v", AddressFamily.IPV6_UNICAST);
    private static final String HEAD = "{\"vrfName\":\"v\",\"localAS\":\"64512.1\",\"routes\":{";
    private static final String ROUTE = "\"fd00::/64\":[{\"valid\":true,\"peerId\":\"%s\",\"path\":\"%s\"}]";

    @ParameterizedTest
    @CsvSource({
        "'', UNREACHABLE",
        "{}, NO_SUCH_TABLE",
        "'{\"warning\":\"View/Vrf is unknown\"}', NO_SUCH_TABLE",
        "'{\"warning\":\"Default BGP instance not found\"}', NO_SUCH_TABLE",
        "'{\n{ \"warning\": \"No such neighbor or address family\" }\n}', REFUSED",
        "% Unknown command: show bgp, REFUSED",
        "bgpd is not running, UNREACHABLE",
        "'{\"vrfName\":\"v\",\"routes\":{ vtysh: error reading from bgpd: Success (0)', TRUNCATED",
        "'{\"vrfName\":\"v\",\"routes\":{}} x', UNPARSABLE",
        "'{\"vrfName\":\"v\",\"routes\":{}}{}', UNPARSABLE",
        "'{\"vrfName\":\"v\",\"routes\":{},\"totalRoutes\":1}', INCONSISTENT",
        "'{\"vrfName\":\"v\",\"routes\":{},\"totalPaths\":1}', INCONSISTENT",
        "'{\"vrfName\":\"v\"}', UNPARSABLE",
        "'{\"routes\":{}}', UNPARSABLE",
        "'[]', UNPARSABLE",
    })
    void shouldRefuseWhatProvesNothing(String output, FailureReason reason) {
        var thrown = catchThrowableOfType(UnusableOutput.class, () -> parse(output, FrrForm.PLAIN));

        assertThat(thrown.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"::", "0.0.0.0", "(unspec)"})
    void shouldHaveNoNeighbourForAnOwnRoute(String peerId) throws UnusableOutput {
        assertThat(path(HEAD + ROUTE.formatted(peerId, "") + "}}").from()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'65020 65010 {65013,65012}', 65020 65010 {65012 65013}",
        "'(65100 65101) 65010 [65200,65201]', (65100 65101) 65010 ({65200 65201})",
        "'64512.1 1.0', 4227858433 65536",
        "'', ''",
    })
    void shouldReadTheTextOfAnAsPath(String text, String expected) throws UnusableOutput {
        assertThat(path(HEAD + ROUTE.formatted("fd00::1", text) + "}}").asPath())
                .hasToString(expected);
    }

    @Test
    void shouldReadAsdotNumbers() throws UnusableOutput {
        assertThat(parse(HEAD + "}}", FrrForm.PLAIN).facts().localAsn()).contains(4227858433L);
    }

    @Test
    void shouldRefuseOneFormForTheOther() {
        var plain = HEAD + ROUTE.formatted("fd00::1", "") + "}}";

        assertThat(catchThrowableOfType(UnusableOutput.class, () -> parse(plain, FrrForm.DETAIL))
                        .reason())
                .isEqualTo(FailureReason.UNPARSABLE);
    }

    @Test
    void shouldCountUnknownKeys() throws UnusableOutput {
        var output = parse(
                "{\"vrfName\":\"v\",\"newThing\":{\"deep\":[1]},\"routes\":{\"fd00::/64\":[{\"peerId\":\"::\",\"news\":1}]}}",
                FrrForm.PLAIN);

        assertThat(output.unknownItems()).isEqualTo(2);
    }

    /** What is printed is never read as nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "aspath":{"string":"65001 {65002,65003}"}                      | 65001 {65002 65003} |         |
            "aspath":{"string":"65001 1.10","segments":[],"length":1}      | 65001 65546         |         |
            "aspath":{"string":"Local","segments":[],"length":0}           | ''                  |         |
            "aspath":{"string":""}                                         | ''                  |         |
            "aspath":{"string":""},"community":{"string":"65001:1 no-export"}          | '' | 65001:1 65535:65281 |
            "aspath":{"string":""},"community":{"string":"65001:1","list":[]}          | '' | 65001:1             |
            "aspath":{"string":""},"largeCommunity":{"string":"1:2:3 4:5:6","list":[]} | '' |                     | 1:2:3 4:5:6
            """)
    void shouldReadTheTextOfAnAttributeOfTheDetailFormWhoseListIsMissing(
            String members, String asPath, @Nullable String communities, @Nullable String largeCommunities)
            throws UnusableOutput {
        var path = detail(members);

        assertThat(path.asPath()).hasToString(asPath);
        assertThat(words(path.communities().standard())).isEqualTo(communities == null ? "" : communities);
        assertThat(words(path.communities().large())).isEqualTo(largeCommunities == null ? "" : largeCommunities);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"aspath\":{}",
                "\"aspath\":{\"segments\":[]}",
                "\"aspath\":{\"string\":\"65001\",\"segments\":[{\"type\":\"as-sequence\"}]}",
                "\"aspath\":{\"string\":\"Nowhere\"}",
                "\"aspath\":{\"string\":\"Local\"},\"community\":{}",
                "\"aspath\":{\"string\":\"Local\"},\"community\":{\"list\":[]}",
                "\"aspath\":{\"string\":\"Local\"},\"largeCommunity\":{\"string\":\" \"}",
                "\"aspath\":{\"string\":\"Local\"},\"extendedCommunity\":{}",
                "\"aspath\":{\"string\":\"Local\"},\"clusterList\":{}",
                "\"aspath\":{\"string\":\"Local\"},\"aggregatorAs\":1",
                "\"aspath\":{\"string\":\"Local\"},\"aigpMetric\":-1",
                "\"aspath\":{\"string\":\"Local\"},\"aigpMetric\":1.5",
            })
    void shouldRefuseAnAttributeOfTheDetailFormThatShowsNothing(String members) {
        assertThat(catchThrowableOfType(UnusableOutput.class, () -> detail(members))
                        .reason())
                .isEqualTo(FailureReason.UNPARSABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "9223372036854775808", "18446744073709551615"})
    void shouldReadAnAccumulatedMetricOf64Bits(String metric) throws UnusableOutput {
        assertThat(detail("\"aspath\":{\"string\":\"Local\"},\"aigpMetric\":" + metric)
                        .other())
                .containsExactly(new OtherAttribute("aigp", metric));
    }

    /** Nothing in it is of a table, wherever it stands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"news\":{\"deep\":1},\"vrfId\":0,\"vrfName\":\"v\",\"routes\":{}}",
                "{\"vrfId\":0,\"news\":{},\"vrfName\":\"v\",\"routes\":{}}",
                "{\"news\":{},\"v\":{\"vrfName\":\"v\",\"routes\":{}}}",
            })
    void shouldNotTakeAnyObjectBeforeTheNameOfAVrfForAVrf(String json) throws UnusableOutput {
        var output = parse(json, FrrForm.PLAIN);

        assertThat(output.tables()).containsOnlyKeys(TABLE);
        assertThat(output.unknownItems()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"v\":{\"vrfId\":0}}", "{\"v\":{\"vrfName\":\"v\"}}", "{\"v\":{\"routes\":{}}}"})
    void shouldRefuseAHalfTableAmongThoseOfAllVrfs(String json) {
        assertThat(catchThrowableOfType(UnusableOutput.class, () -> parse(json, FrrForm.PLAIN))
                        .reason())
                .isEqualTo(FailureReason.UNPARSABLE);
    }

    private static String words(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static Path detail(String members) throws UnusableOutput {
        return path(
                HEAD + "\"fd00::/64\":{\"paths\":[{\"peer\":{\"peerId\":\"fd00::1\"}," + members + "}]}}}",
                FrrForm.DETAIL);
    }

    private static Path path(String json) throws UnusableOutput {
        return path(json, FrrForm.PLAIN);
    }

    private static Path path(String json, FrrForm form) throws UnusableOutput {
        var table = Optional.ofNullable(parse(json, form).tables().get(TABLE)).orElseThrow();
        return ((Route) table.rows().getFirst()).paths().getFirst();
    }

    private static ParsedOutput parse(String json, FrrForm form) throws UnusableOutput {
        return FrrTable.parse(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), AddressFamily.IPV6_UNICAST, form);
    }
}
