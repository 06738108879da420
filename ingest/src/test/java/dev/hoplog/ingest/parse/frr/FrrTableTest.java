package dev.hoplog.ingest.parse.frr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Path;
import dev.hoplog.model.Route;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static Path path(String json) throws UnusableOutput {
        var table = Optional.ofNullable(parse(json, FrrForm.PLAIN).tables().get(TABLE))
                .orElseThrow();
        return ((Route) table.rows().getFirst()).paths().getFirst();
    }

    private static ParsedOutput parse(String json, FrrForm form) throws UnusableOutput {
        return FrrTable.parse(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), AddressFamily.IPV6_UNICAST, form);
    }
}
