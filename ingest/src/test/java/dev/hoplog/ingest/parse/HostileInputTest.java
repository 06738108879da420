package dev.hoplog.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.hoplog.model.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, what comes out is a result or an UnusableOutput that says why. */
class HostileInputTest {
    private static final String PLAIN = "{\"vrfName\":\"v\",\"routes\":{%s}}";
    private static final String PATH = "[{\"valid\":true,\"peerId\":\"fd00::1\",\"path\":\"%s\",\"origin\":\"IGP\"}]";

    /** By parser: in front of a name, of whatever kind, that becomes part of a row. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("frr-table", List.of("(\"vrfName\": ?\")", "(\"origin\": ?\")")),
            Map.entry("frr-summary", List.of("(\"state\": ?\")")),
            Map.entry("frr-neighbor", List.of("(\"bgpLocalRouterId\": ?\")")),
            Map.entry("frr-fib", List.of("(\"interfaceName\": ?\")", "(\"protocol\": ?\")")),
            Map.entry("frr-prefix", List.of("(\"list\":\\s*\\[\\s*\")")),
            Map.entry("frr-route-maps", List.of("(\"type\": ?\")")),
            Map.entry("bird-routes", List.of("(\\[)", "( on )", "(Table )")),
            Map.entry("bird-protocols", List.of("(\n)(?=\\S)", "(Neighbor address: )")),
            Map.entry("bird-status", List.of("(Router ID is )")),
            Map.entry("gobgp-rib", List.of("(\"nexthop\": ?\")")),
            Map.entry("gobgp-neighbors", List.of("(\"neighbor_address\": ?\")")),
            Map.entry("ip-routes", List.of("(\"dev\": ?\")", "(\"protocol\": ?\")")),
            Map.entry("cilium-routes", List.of("(\"prefix\": ?\")")),
            Map.entry("cilium-peers", List.of("(\"name\": ?\")")),
            Map.entry("cilium-node-config", List.of("(\"peers\": ?\\[\\s*\\{\\s*\"name\": ?\")")),
            Map.entry("talos-routes", List.of("(\"?outLinkName\"?: ?\"?)", "(\"?protocol\"?: ?\"?)")));

    private static final String PLACE = "line \\d+|character \\d+|'[^']+'";

    static Stream<GoldenCase> onePerParser() throws IOException {
        return GoldenCase.all()
                .filter(c -> List.of(
                                "frr-10.3/bgp_table.json",
                                "frr-10.3/bgp_table_detail.json",
                                "frr-8.4.4/bgp_table_detail.json",
                                "frr-10.3/summary.json",
                                "frr-8.4.4/adv_bird.json",
                                "frr-10.3/adv_bird_detail.json",
                                "frr-10.3/ipv6_route.json",
                                "frr-10.3/prefix_addpath.json",
                                "frr-8.4.4/route_map.json",
                                "bird-2.0.12/bird_route_all.txt",
                                "bird-3.4.0/bird_route_all.txt",
                                "bird-2.0.12/bird_protocols_all.txt",
                                "bird-2.0.12/bird_status.txt",
                                "gobgp-4.8/gobgp_rib.json",
                                "gobgp-3.10/gobgp_neigh.json",
                                "linux/ip_j_d_6_route_table_all.json",
                                "cilium/CONSTRUCTED_bgp_routes_adj_rib_in_ipv6_unicast.json",
                                "cilium/CONSTRUCTED_bgp_peers.json",
                                "cilium/CONSTRUCTED_kubectl_ciliumbgpnodeconfig.json",
                                "talos/CONSTRUCTED_get_routes.json",
                                "talos/CONSTRUCTED_get_routes.yaml")
                        .contains(c.file()));
    }

    @ParameterizedTest
    @MethodSource("onePerParser")
    void shouldRefuseDeepNestingAndEndlessLines(GoldenCase golden) {
        for (var endless : List.of("[", "{\"a\":", "(", "a", " ", "\t", "0")) {
            var thrown =
                    catchThrowable(() -> golden.parse(endless.repeat(300_000).getBytes(StandardCharsets.UTF_8)));

            assertThat(thrown).isInstanceOf(UnusableOutput.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"fd00::/200\":[]",
                "\"fd00::/-1\":[]",
                "\"fd00::1/64\":[]",
                "\"10.0.0.0/8\":[]",
                "\"fd00::\\u0000/64\":[]",
                "\"fd00::/64\":[],\"fd00::/64\":[]",
                "\"fd00::/64\":[],\"fd00:0::/64\":[]",
                "\"fd00::/64\":7",
                "\"fd00::/64\":[7]",
                "\"fd00::/64\":[{}]",
                "\"fd00::/64\":[{\"peerId\":\"fd00::1\",\"metric\":-1}]",
                "\"fd00::/64\":[{\"peerId\":\"fd00::1\",\"metric\":99999999999999999999999}]",
                "\"fd00::/64\":[{\"peerId\":\"fd00::1\",\"valid\":\"yes\"}]",
                "\"fd00::/64\":[{\"peerId\":\"fd00::1\",\"path\":\"65536 {\"}]",
                "\"fd00::/64\":[{\"peerId\":\"fd00::1\",\"path\":\"4294967296\"}]",
                "\"fd00::/64\":[{\"peerId\":\"fd00::1\",\"nexthops\":[{\"ip\":\"nowhere\"}]}]",
            })
    void shouldSayWhichPrefixOfFrrIsWrong(String routes) {
        var thrown = catchThrowable(() -> frr(PLAIN.formatted(routes)));

        assertThat(thrown).isInstanceOf(UnusableOutput.class).hasMessageContaining("'");
        assertThat(((UnusableOutput) thrown).reason()).isEqualTo(FailureReason.UNPARSABLE);
    }

    /** In a real output, in place of what stands there. All that it says of a place is a line, a key or a prefix. */
    @ParameterizedTest
    @MethodSource("hostileValues")
    void shouldSayWhereAHostileValueIs(GoldenCase golden, String real, String hostile) throws IOException {
        var whole = new String(golden.raw(), StandardCharsets.UTF_8);
        assertThat(Pattern.compile(real).matcher(whole).find())
                .as("%s is in %s", real, golden)
                .isTrue();
        var output = whole.replaceFirst(real, hostile);

        var thrown = catchThrowable(() -> golden.parse(output.getBytes(StandardCharsets.UTF_8)));

        assertThat(thrown).isInstanceOf(UnusableOutput.class).message().containsPattern(PLACE);
        assertThat(thrown.getMessage()).hasSizeLessThan(1_100).doesNotContainPattern("[\\x00-\\x1f\\p{Cf}]");
    }

    static Stream<Arguments> hostileValues() throws IOException {
        return onePerParser()
                .flatMap(golden -> hostileValuesOf(golden).entrySet().stream()
                        .flatMap(each ->
                                each.getValue().stream().map(hostile -> Arguments.of(golden, each.getKey(), hostile))));
    }

    private static Map<String, List<String>> hostileValuesOf(GoldenCase golden) {
        var values = new LinkedHashMap<String, List<String>>();
        if (!List.of(
                        "frr-summary",
                        "frr-route-maps",
                        "gobgp-neighbors",
                        "bird-protocols",
                        "bird-status",
                        "cilium-peers",
                        "cilium-node-config")
                .contains(golden.parser())) {
            // In Talos' documents the id has it, too.
            var prefix = golden.parser().equals("talos-routes") ? "(dst\"?: \"?[0-9a-f:]+)/\\d+" : "()/64";
            values.put(prefix, List.of("$1/200", "$1/-1", "$1/99999999999999999999", "$1/6\u0000", "$1/6\uFFFD"));
        }
        // Escaped in JSON; raw elsewhere.
        boolean isJson = golden.file().endsWith(".json");
        var bad = isJson
                ? List.of("$1x\\\\u0000", "$1x\\\\u001b[2J", "$1x\\\\u202e", "$1x\\\\u200b")
                : List.of("$1x\u0000", "$1x\u001b[2J");
        if (isJson) {
            values.put(
                    "\"([^\"]+)\"\\s*:",
                    List.of(
                            "\"$1\":\"a\",\"$1\":",
                            "\"x\":" + "[".repeat(40) + "]".repeat(40) + ",\"$1\":",
                            "\"x\":" + "7".repeat(5_000_000) + ",\"$1\":",
                            "\"x\":\"\u0000\",\"$1\":",
                            "\"x\":\"\u001b[31m\",\"$1\":"));
        }
        NAMES.forEach((parser, names) -> {
            if (golden.parser().equals(parser)) {
                names.forEach(name -> values.put(name, bad));
            }
        });
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void shouldReadAHugeAsPath(int length) throws UnusableOutput {
        var output = frr(PLAIN.formatted(
                "\"fd00::/64\":" + PATH.formatted("65000 ".repeat(length).trim())));

        assertThat(output.tables()).hasSize(1);
    }

    private static ParsedOutput frr(String json) throws UnusableOutput {
        var golden = new GoldenCase("", Optional.empty(), "frr-table", List.of("ipv6-unicast", "PLAIN"));
        return (ParsedOutput) golden.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Ten megabytes: as text, as a list of numbers, as octets in base64. */
    static Stream<Arguments> hugePaths() throws IOException {
        var numbers = "65000,".repeat(1_700_000) + "65000";
        return onePerParser()
                .flatMap(golden -> Stream.of(
                                Map.entry("(\"path\": ?\")", "$1" + "65000 ".repeat(1_700_000)),
                                Map.entry("(\"list\": ?\\[)(?=\\d)", "$1" + numbers + ","),
                                Map.entry("(\"asns\": ?\\[)", "$1" + numbers + ","),
                                Map.entry("(\"base64\": ?\")", "$1" + "QUJD".repeat(2_500_000)),
                                Map.entry("(BGP.as_path: |bgp_path: )", "$1" + "65000 ".repeat(1_700_000)))
                        .filter(hugeness -> isIn(golden, hugeness.getKey()))
                        .map(hugeness -> Arguments.of(golden, Named.of(hugeness.getKey(), hugeness))));
    }

    @ParameterizedTest
    @MethodSource("hugePaths")
    void shouldRefuseAnAsPathOfTenMegabytes(GoldenCase golden, Map.Entry<String, String> hugeness) throws IOException {
        var output = text(golden).replaceFirst(hugeness.getKey(), hugeness.getValue());

        var thrown = catchThrowable(() -> golden.parse(output.getBytes(StandardCharsets.UTF_8)));

        assertThat(thrown).isInstanceOf(UnusableOutput.class).message().containsPattern(PLACE);
    }

    private static boolean isIn(GoldenCase golden, String pattern) {
        try {
            return Pattern.compile(pattern).matcher(text(golden)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(GoldenCase golden) throws IOException {
        return new String(golden.raw(), StandardCharsets.UTF_8);
    }

    /** A hundred megabytes on one line, which nobody may keep. */
    @ParameterizedTest
    @MethodSource("onePerParser")
    @Timeout(60)
    void shouldRefuseAnEndlessLineWithoutKeepingIt(GoldenCase golden) throws IOException {
        var text = text(golden);
        // Behind the banner, the first brace or the first key the parser is in the middle of it.
        var start =
                text.substring(0, text.indexOf(text.startsWith("BIRD") || text.startsWith("node:") ? '\n' : '"') + 1);

        for (char filler : new char[] {'a', '0'}) {
            var in = new SequenceInputStream(
                    new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8)), new Endless(filler));
            long allocated = THREADS.getCurrentThreadAllocatedBytes();

            var thrown = catchThrowable(() -> golden.parse(in));

            assertThat(thrown).isInstanceOf(UnusableOutput.class);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(64L << 20);
        }
    }

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A hundred megabytes of one character. */
    private static final class Endless extends InputStream {
        private final char filler;
        private int left = 100_000_000;

        Endless(char filler) {
            this.filler = filler;
        }

        @Override
        public int read() {
            return left-- > 0 ? filler : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int read = Math.min(left, length);
            Arrays.fill(buffer, offset, offset + read, (byte) filler);
            left -= read;
            return read;
        }
    }
}
