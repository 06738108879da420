package dev.hoplog.ingest.parse.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.OtherAttribute;
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

class IpRoutesTest {
    private static final TableName MAIN = new TableName("main", AddressFamily.IPV4_UNICAST);

    @ParameterizedTest
    @CsvSource({
        "'\"dev\":\"eth0\",\"flags\":[]', INSTALLED",
        "'\"dev\":\"eth0\",\"flags\":[\"onlink\"]', INSTALLED",
        "'\"dev\":\"eth0\",\"flags\":[\"linkdown\"]', INSTALLED",
        "'\"dev\":\"eth0\",\"flags\":[\"dead\",\"linkdown\"]', DEAD",
        "'\"nexthops\":[{\"dev\":\"a\",\"flags\":[\"dead\"]},{\"dev\":\"b\",\"flags\":[]}]', INSTALLED",
        "'\"nexthops\":[{\"dev\":\"a\",\"flags\":[\"dead\"]},{\"dev\":\"b\",\"flags\":[\"dead\"]}]', DEAD",
    })
    void shouldTellWhatForwardsFromWhatIsDead(String members, PathFlag flag) throws UnusableOutput {
        assertThat(path(members).flags()).containsExactly(flag);
    }

    /** With {@code ignore_routes_with_linkdown} the kernel says that it is dead; without it the route is still used. */
    @Test
    void shouldSayThatALinkIsDownUnderARouteThatIsStillUsed() throws UnusableOutput {
        assertThat(path("\"dev\":\"eth0\",\"flags\":[\"linkdown\"]").other())
                .containsExactly(new OtherAttribute("flags", "linkdown"));
        assertThat(path("\"dev\":\"eth0\",\"flags\":[\"linkdown\"]").isUsable(View.FIB))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"from, fd00:9::/64", "src, 0/64", "tos, 0x10"})
    void shouldNotTakeARouteForSomePacketsForOneThatReaches(String key, String value) throws UnusableOutput {
        var path = path("\"dev\":\"eth0\",\"" + key + "\":\"" + value + "\",\"flags\":[]");

        assertThat(path.isUsable(View.FIB)).isFalse();
        assertThat(path.flags()).isEmpty();
        assertThat(path.other()).containsExactly(new OtherAttribute(key, value));
    }

    @Test
    void shouldTakeAPreferredSourceForNoSelector() throws UnusableOutput {
        assertThat(path("\"dev\":\"eth0\",\"prefsrc\":\"10.0.0.1\"").isUsable(View.FIB))
                .isTrue();
    }

    @Test
    void shouldFillInWhatIsLeftOutWithoutDetails() throws UnusableOutput {
        var path =
                path("\"via\":{\"family\":\"inet6\",\"host\":\"fe80::1\"},\"dev\":\"eth0\",\"prefsrc\":\"10.1.0.1\"");

        assertThat(path.protocol()).contains("boot");
        assertThat(path.nextHops()).hasToString("[fe80::1%eth0]");
        assertThat(path.other()).hasSize(1);
    }

    @Test
    void shouldKeepTheNumberOfAProtocolThatHasNoName() throws UnusableOutput {
        assertThat(path("\"dev\":\"eth0\",\"protocol\":\"246\"").protocol()).contains("246");
        assertThat(path("\"dev\":\"eth0\",\"protocol\":246").protocol()).contains("246");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"nhid\":12', false",
        "'\"nhid\":12,\"gateway\":\"10.0.0.1\",\"dev\":\"eth0\"', true",
        "'\"nhid\":12,\"nexthops\":[{\"dev\":\"a\",\"flags\":[]}]', true",
        "'\"type\":\"blackhole\"', true",
    })
    void shouldNotTakeNextHopsThatAreElsewhereForNone(String members, boolean observed) throws UnusableOutput {
        var table = Optional.ofNullable(parse("[{\"dst\":\"10.1.0.0/24\",\"dev\":\"eth0\"},{\"dst\":\"default\","
                                + members + ",\"flags\":[]}]")
                        .tables()
                        .get(MAIN))
                .orElseThrow();

        assertThat(table.observed().includes(Attribute.NEXT_HOPS)).isEqualTo(observed);
    }

    @Test
    void shouldShowAnEmptyTable() throws UnusableOutput {
        assertThat(parse("[ ]").tables()).containsOnlyKeys(MAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "'', UNREACHABLE",
        "[, TRUNCATED",
        "'[{\"dst\":\"10.0.0.0/33\"}]', UNPARSABLE",
        "'[{\"dst\":\"fd00::/64\"}]', UNPARSABLE",
        "'[{}]', UNPARSABLE",
        "'{}', UNPARSABLE",
    })
    void shouldRefuseWhatIsNoTable(String json, FailureReason reason) {
        var thrown = catchThrowableOfType(UnusableOutput.class, () -> parse(json));

        assertThat(thrown.reason()).isEqualTo(reason);
    }

    private static Path path(String members) throws UnusableOutput {
        var table = Optional.ofNullable(parse("[{\"dst\":\"default\"," + members + "}]")
                        .tables()
                        .get(MAIN))
                .orElseThrow();
        var route = (Route) table.rows().getFirst();
        assertThat(route.prefix()).hasToString("0.0.0.0/0");
        return route.paths().getFirst();
    }

    private static ParsedOutput parse(String json) throws UnusableOutput {
        return IpRoutes.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), MAIN);
    }
}
