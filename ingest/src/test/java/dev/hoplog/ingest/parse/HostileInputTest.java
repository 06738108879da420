package dev.hoplog.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hoplog.model.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, what comes out is a result or an UnusableOutput that says why. */
class HostileInputTest {
    private static final String PLAIN = "{\"vrfName\":\"v\",\"routes\":{%s}}";
    private static final String PATH = "[{\"valid\":true,\"peerId\":\"fd00::1\",\"path\":\"%s\",\"origin\":\"IGP\"}]";

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
    void shouldSurviveAnyDamage(GoldenCase golden) throws IOException {
        var raw = golden.raw();
        var random = new Random(20261123);
        for (int round = 0; round < 1000; round++) {
            var damaged = raw.clone();
            for (int hit = random.nextInt(1, 4); hit > 0; hit--) {
                damaged[random.nextInt(raw.length)] = (byte) random.nextInt(256);
            }

            var thrown = catchThrowable(() -> golden.parse(damaged));

            assertThat(thrown == null || thrown instanceof UnusableOutput)
                    .as("round %d: %s", round, thrown)
                    .isTrue();
        }
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
}
