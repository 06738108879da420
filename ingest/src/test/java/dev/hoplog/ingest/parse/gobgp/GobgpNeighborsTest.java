package dev.hoplog.ingest.parse.gobgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.SessionState;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GobgpNeighborsTest {
    private static final TableName GLOBAL = new TableName("global", AddressFamily.IPV6_UNICAST);

    @ParameterizedTest
    @CsvSource({
        // 3.x: external is 1, up is left out, down is 1.
        "'\"type\":1', '\"session_state\":6', ESTABLISHED",
        "'\"type\":1', '\"session_state\":1,\"admin_state\":1', ADMIN_DOWN",
        // 4.x: external is 2, up is 1, down is 2.
        "'\"type\":2', '\"session_state\":6,\"admin_state\":1', ESTABLISHED",
        "'\"type\":2', '\"session_state\":1,\"admin_state\":2', ADMIN_DOWN",
        "'\"type\":2', '\"session_state\":3,\"admin_state\":1', ACTIVE",
        "'\"type\":1,\"admin_down\":true', '\"session_state\":1', ADMIN_DOWN",
    })
    void shouldReadTheStateOfEitherVersion(String conf, String state, SessionState expected) throws UnusableOutput {
        var session = session("""
                [{"conf":{"local_asn":1,"peer_asn":2,"neighbor_address":"fe80::1%%eth0",%s},"state":{%s},
                "afi_safis":[{"state":{"family":{"afi":2,"safi":1}}}]}]""".formatted(conf, state));

        assertThat(session.state()).isEqualTo(expected);
        assertThat(session.peer()).hasToString("fe80::1%eth0");
        assertThat(session.received()).contains(0L);
        assertThat(session.advertised()).isEmpty();
    }

    /** Zero is UNKNOWN in 3.x and UNSPECIFIED in 4.x, and protobuf leaves it out. */
    @ParameterizedTest
    @ValueSource(strings = {"\"peer_asn\":2", "\"session_state\":0", "\"session_state\":0,\"admin_state\":1"})
    void shouldNotTakeAStateThatIsNotSaidForIdle(String state) {
        var thrown = catchThrowableOfType(UnusableOutput.class, () -> unnumbered("\"peer_asn\":2,\"type\":2", state));

        assertThat(thrown.reason()).isEqualTo(FailureReason.UNPARSABLE);
        assertThat(thrown).hasMessageContaining("without session_state");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"peer_asn\":0', '\"peer_asn\":65099', 65099",
        "'\"as_path_options\":0', '\"peer_asn\":65099', 65099",
        "'\"peer_asn\":65020', '\"peer_asn\":65020', 65020",
        "'\"peer_asn\":65020', '\"peer_asn\":0', 65020",
        "'\"peer_asn\":0', '\"peer_asn\":0',",
    })
    void shouldHaveTheAsNumberThatTheNeighbourSaidWhereNoneIsConfigured(
            String conf, String state, @Nullable Long expected) throws UnusableOutput {
        assertThat(unnumbered(conf, state + ",\"session_state\":6").remoteAsn())
                .isEqualTo(Optional.ofNullable(expected));
    }

    /** The type that is configured is external for any AS number, even if the neighbour turns out to be internal. */
    @ParameterizedTest
    @CsvSource({"1, 0, ACTIVE", "1, 1, ADMIN_DOWN", "2, 1, ACTIVE", "2, 2, ADMIN_DOWN"})
    void shouldTellTheVersionByWhatIsConfigured(int type, int adminState, SessionState expected) throws UnusableOutput {
        var session = unnumbered(
                "\"peer_asn\":0,\"type\":" + type,
                "\"peer_asn\":65010,\"session_state\":3,\"admin_state\":" + adminState);

        assertThat(session.state()).isEqualTo(expected);
    }

    @Test
    void shouldShowAnEmptyTableWhereThereIsNoNeighbour() throws UnusableOutput {
        assertThat(parse("[]").tables()).containsOnlyKeys(GLOBAL);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"error\":\"no such thing\"}', REFUSED",
        "'{}', UNPARSABLE",
        "'[{}]', UNPARSABLE",
        "'[]]', UNPARSABLE"
    })
    void shouldRefuseWhatIsNoListOfNeighbours(String json, FailureReason reason) {
        var thrown = catchThrowableOfType(UnusableOutput.class, () -> parse(json));

        assertThat(thrown.reason()).isEqualTo(reason);
    }

    private static PeerSession unnumbered(String conf, String state) throws UnusableOutput {
        return session("""
                [{"conf":{"local_asn":65010,"neighbor_interface":"eth0",%s},"state":{%s},
                "afi_safis":[{"state":{"family":{"afi":2,"safi":1}}}]}]""".formatted(conf, state));
    }

    private static PeerSession session(String json) throws UnusableOutput {
        var table = Optional.ofNullable(parse(json).tables().get(GLOBAL)).orElseThrow();
        return (PeerSession) table.rows().getFirst();
    }

    private static ParsedOutput parse(String json) throws UnusableOutput {
        return GobgpNeighbors.parse(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Set.of(AddressFamily.IPV6_UNICAST));
    }
}
