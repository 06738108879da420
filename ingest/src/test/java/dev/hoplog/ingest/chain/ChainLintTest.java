package dev.hoplog.ingest.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.model.HopId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChainLintTest {
    private static final String NODES = """
            ranges:
              pods: {prefix: "fd00:1::/48", ge: 64, le: 64}
              loopbacks: {prefix: "fd00:2::/64", ge: 128}
            nodes:
              - {name: a, addresses: {lan: "fd00::a"}, headline: bird/x, hops: [bird/x, kernel/main]}
              - {name: b, addresses: {lan: "fd00::b"}, headline: frr/x, hops: [frr/x, kernel/main]}
              - {name: c, addresses: {lan: "fd00::c"}, headline: frr/x, hops: [frr/x]}
            edges:
            """;

    @Test
    void shouldFindNothingInTheChainOfTheRecordings() throws Exception {
        var chain = ChainFile.read(Files.readAllBytes(Path.of("../deploy/recordings/chain.yaml")))
                .chain();

        assertThat(ChainLint.of(chain)).isEmpty();
    }

    @Test
    void shouldFindHopsThatAreOnNoEdge() throws Exception {
        assertThat(lint("  - {session: [a/bird/x, b/frr/x], kind: external, carries: [pods]}"))
                .containsExactly(
                        "HOP_WITHOUT_EDGES a/kernel/main is on no edge: nothing is ever expected of it",
                        "HOP_WITHOUT_EDGES b/kernel/main is on no edge: nothing is ever expected of it",
                        "HEADLINE_WITHOUT_EDGES c/frr/x speaks for c and is on no edge: nothing is ever expected of the node");
    }

    @Test
    void shouldFindASessionThatCarriesNothingBack() throws Exception {
        assertThat(lint("  - {session: [a/bird/x, b/frr/x], kind: external, forth: {carries: [pods]}}"))
                .contains(
                        "ONE_WAY_SESSION a/bird/x -> b/frr/x carries nothing back: say `back` too, if the session does carry"
                                + " something that way");
    }

    @Test
    void shouldFindARangeThatNothingBringsToItsUpstream() throws Exception {
        assertThat(lint("""
                  - {session: [a/bird/x, b/frr/x], kind: external, carries: [pods], from: 2026-11-23T00:00Z}
                  - {session: [b/frr/x, c/frr/x], kind: internal, forth: {carries: [pods, loopbacks]}, back: {carries: [pods]}}
                  - {install: [c/frr/x, b/kernel/main], carries: [loopbacks]}
                """))
                .filteredOn(warning -> warning.startsWith("NEVER_THERE"))
                .containsExactly(
                        "NEVER_THERE b/frr/x -> c/frr/x carries fd00:2::/64 ge 128 le 128, which no other edge brings"
                                + " to b/frr/x: does it announce that itself?");
    }

    @Test
    void shouldNotTakeTheReturnOfASessionForASourceOfWhatOneOnlyLearns() throws Exception {
        assertThat(lint("""
                  - session: [a/bird/x, b/frr/x]
                    kind: external
                    carries: [pods]
                    back: {only_learnt: true}
                    forth: {}
                """))
                .contains(
                        "NEVER_THERE b/frr/x -> a/bird/x carries fd00:1::/48 ge 64 le 64, which no other edge brings to"
                                + " b/frr/x, and passes on only what it learnt");
    }

    @Test
    void shouldFindOverlappingRangesAndNoGrace() throws Exception {
        assertThat(
                        lint(
                                "  - {install: [a/bird/x, a/kernel/main], carries: [pods, {prefix: \"fd00::/16\", le: 64}], grace: 0s}"))
                .contains(
                        "NO_GRACE a/bird/x -> a/kernel/main has a grace of 0: each route that is on its way while the ends are"
                                + " read counts as lost",
                        "OVERLAPPING_RANGES a/bird/x -> a/kernel/main carries fd00::/16 ge 16 le 64 and fd00:1::/48 ge 64 le 64,"
                                + " which overlap: one of them may be wider than meant");
    }

    @Test
    void shouldNameHopsThatNothingFeedsAndFedOnesThatTheChainDoesNotKnow() throws Exception {
        var chain = ChainFile.read((NODES + "  []").getBytes(StandardCharsets.UTF_8))
                .chain();
        var fed = List.of("a/bird/x", "b/frr/x", "c/frr/x", "a/kernel/main", "old/frr/x").stream()
                .map(HopId::parse)
                .toList();

        assertThat(FedHops.of(chain, fed))
                .isEqualTo(new FedHops(
                        List.of(HopId.parse("b/kernel/main")),
                        List.of(HopId.parse("old/frr/x")),
                        Collections.emptySortedMap()));
    }

    @Test
    void shouldSayWhichHopsAreFedByAnAliasOfTheirNodeAlone() throws Exception {
        var chain = ChainFile.read("""
                        nodes:
                          - {name: a, aliases: [old, older], headline: frr/x, hops: [frr/x, kernel/main]}
                        edges: []
                        """.getBytes(StandardCharsets.UTF_8)).chain();
        var fed = Stream.of("old/frr/x", "older/frr/x", "old/bird/x", "a/kernel/main", "other/frr/x")
                .map(HopId::parse)
                .toList();

        var hops = FedHops.of(chain, fed);

        assertThat(hops.notFed()).extracting(HopId::toString).containsExactly("a/frr/x");
        assertThat(hops.notInChain())
                .extracting(HopId::toString)
                .containsExactly("old/bird/x", "old/frr/x", "older/frr/x", "other/frr/x");
        assertThat(hops.byAlias()).hasToString("{old/frr/x=a/frr/x, older/frr/x=a/frr/x}");
        assertThat(hops.aliasesOf(HopId.parse("a/frr/x")))
                .extracting(HopId::toString)
                .containsExactly("old/frr/x", "older/frr/x");
    }

    private static List<String> lint(String edges) throws BadChainFile {
        var chain =
                ChainFile.read((NODES + edges).getBytes(StandardCharsets.UTF_8)).chain();
        return ChainLint.of(chain).stream()
                .map(warning -> warning.kind() + " " + warning)
                .toList();
    }
}
