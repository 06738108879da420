package dev.hoplog.ingest.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.HopId;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainFileTest {
    private static final HopId A = HopId.parse("a/bird/master6");
    private static final HopId B = HopId.parse("b/frr/default");
    private static final Carried PODS = Carried.freely(new PrefixRange(Prefix.parse("fd00:1::/48"), 64, 64));

    private static final String NODES = """
            ranges:
              pods: {prefix: "fd00:1::/48", ge: 64, le: 64}
            nodes:
              - {name: a, addresses: {lan: "fd00::a"}, headline: bird/master6, hops: [bird/master6, kernel/main]}
              - {name: b, addresses: {lan: "fd00::b", wan: "fd00:f::b"}, headline: frr/default, hops: [frr/default]}
            edges:
            """;

    @Test
    void aSessionShouldBeTwoEdgesThatKnowEachOtherByTheirNodesAddresses() throws Exception {
        var chain = chain("  - {session: [a/bird/master6, b/frr/default], kind: external, over: lan, carries: [pods]}");

        assertThat(chain.edges())
                .containsExactly(
                        edge(A, B, session("fd00::a", "fd00::b"), PODS),
                        edge(B, A, session("fd00::b", "fd00::a"), PODS));
    }

    @Test
    void aDirectionShouldSayWhatIsSpecialToItAndLeaveTheRestToTheEdge() throws Exception {
        var chain = chain("""
              - session: [a/bird/master6, b/frr/default]
                kind: internal
                addresses: [fe80::1%eth0, eth1]
                grace: 2m
                carries: [pods]
                from: 2026-11-23T05:38:20+01:00
                until: 2026-11-24T00:00Z
                forth: {only_learnt: true, grace: 500ms}
                back: {carries: [{range: pods, requires: ["65010:100", "4200001000:0:100", no-export]}, {prefix: "::/0", le: 8}]}
            """);

        var begin = Optional.of(Instant.parse("2026-11-23T04:38:20Z"));
        var end = Optional.of(Instant.parse("2026-11-24T00:00:00Z"));
        var ab = new Link.Session(Link.Kind.INTERNAL, PeerId.parse("fe80::1%eth0"), PeerId.parse("eth1"));
        var ba = new Link.Session(Link.Kind.INTERNAL, PeerId.parse("eth1"), PeerId.parse("fe80::1%eth0"));
        var required = new Communities(
                List.of(new Community(65010L << 16 | 100), new Community(0xFFFFFF01L)),
                List.of(LargeCommunity.parse("4200001000:0:100")),
                List.of(),
                List.of());
        assertThat(chain.edges())
                .containsExactly(
                        new Edge(A, B, ab, List.of(PODS), true, Duration.ofMillis(500), begin, end),
                        new Edge(
                                B,
                                A,
                                ba,
                                List.of(
                                        new Carried(PODS.range(), required),
                                        Carried.freely(new PrefixRange(Prefix.parse("::/0"), 0, 8))),
                                false,
                                Duration.ofMinutes(2),
                                begin,
                                end));
    }

    @Test
    void aSessionWithOneDirectionShouldBeOneEdge() throws Exception {
        var chain = chain(
                "  - {session: [a/bird/master6, b/frr/default], kind: external, over: lan, forth: {carries: [pods]}}");

        assertThat(chain.edges()).containsExactly(edge(A, B, session("fd00::a", "fd00::b"), PODS));
    }

    @Test
    void aDaemonShouldInstallIntoItsKernel() throws Exception {
        var chain =
                chain("  - {install: [a/bird/master6, a/kernel/main], carries: [{prefix: \"fd00::/64\", ge: 128}]}");

        assertThat(chain.edges())
                .containsExactly(edge(
                        A,
                        HopId.parse("a/kernel/main"),
                        new Link.Install(),
                        Carried.freely(new PrefixRange(Prefix.parse("fd00::/64"), 128, 128))));
    }

    @Test
    void aGroupShouldBeWrittenOutForEachMember() throws Exception {
        var file = read("""
                network: lab
                groups:
                  - members: [{node: n1, id: 1}, {node: n2, id: 2}]
                    nodes:
                      - name: $node
                        aliases: [old$id]
                        addresses: {lan: "fd00::$(id)0"}
                        headline: bird/master6
                        hops: [bird/master6]
                    edges:
                      - {session: [$node/bird/master6, hub/frr/default], kind: external, carries: [{prefix: "fd00:$id::/64"}]}
                nodes:
                  - {name: hub, addresses: {lan: "fd00::ff"}, headline: frr/default, hops: [frr/default]}
                """);

        assertThat(file.network()).contains("lab");
        assertThat(file.chain().node("old2").orElseThrow().name()).isEqualTo("n2");
        assertThat(file.chain().edges()).hasSize(4);
        assertThat(file.chain().edges().getLast())
                .isEqualTo(edge(
                        HopId.parse("n2/bird/master6"),
                        HopId.parse("hub/frr/default"),
                        session("fd00::20", "fd00::ff"),
                        Carried.freely(PrefixRange.exactly(Prefix.parse("fd00:2::/64")))));
    }

    @Test
    void aMeshShouldBeASessionOfEachWithEach() throws Exception {
        var chain = read("""
                groups:
                  - members: [{id: 1}, {id: 2}, {id: 3}]
                    nodes: [{name: r$id, addresses: {x: "fd00::$id"}, headline: frr/a, hops: [frr/a]}]
                edges:
                  - {mesh: [r1/frr/a, r2/frr/a, r3/frr/a], kind: internal, carries: [{prefix: "::/0"}]}
                """).chain();

        assertThat(chain.edges())
                .hasSize(6)
                .allMatch(Edge::isInternal)
                .extracting(Edge::toString)
                .contains("r3/frr/a -> r1/frr/a", "r1/frr/a -> r3/frr/a");
    }

    @Test
    void shouldReadTheChainOfTheRecordings() throws Exception {
        var chain = ChainFile.read(Files.readAllBytes(Path.of("../deploy/recordings/chain.yaml")))
                .chain();
        var tenant =
                new Communities(List.of(), List.of(LargeCommunity.parse("4200001000:0:100")), List.of(), List.of());
        var pod = Prefix.parse("fd00:101:224:3::/64");

        assertThat(chain.nodes()).hasSize(9);
        assertThat(chain.hops()).hasSize(6 * 3 + 3 * 2);
        assertThat(chain.edges()).hasSize(6 * (2 + 2 + 1) + 3 + 3 * 2);
        assertThat(chain.edges())
                .filteredOn(edge -> edge.requires(pod).equals(tenant))
                .hasSize(6 * 2)
                .allMatch(edge ->
                        edge.toString().contains("bird") && edge.toString().contains("frr"));
        assertThat(chain.edges())
                .allMatch(
                        edge -> edge.requires(Prefix.parse("fd00:101::10/128")).equals(Communities.none()));
    }

    /** Each line: place and message, then the line of the file that is wrong, in place of the edges. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7:5: an edge needs one of the keys 'session', 'mesh', 'install' | {kind: external}",
                "7:6: unknown key 'kidn' of an edge with `session`: did you mean 'kind'? | {kidn: external, session: [a/bird/master6, b/frr/default], kind: external, over: lan, carries: [pods]}",
                "7:5: an edge with `install` needs the key 'carries', a list of prefix ranges | {install: [a/bird/master6, a/kernel/main]}",
                "7:5: a/bird/master6 -> b/frr/default carries nothing: write `carries` | {session: [a/bird/master6, b/frr/default], kind: external, over: lan}",
                "7:15: expected two hops, found 1 | {install: [a/bird/master6], carries: [pods]}",
                "7:62: 'iternal' is not the kind of a session: did you mean 'internal'? | {mesh: [a/bird/master6, b/frr/default], over: lan, kind: iternal, carries: [pods]}",
                "7:16: there is no node 'c': there are a, b | {install: [c/bird/master6, a/kernel/main], carries: [pods]}",
                "7:16: a lists no hop 'bird/master': did you mean 'a/bird/master6'? | {install: [a/bird/master, a/kernel/main], carries: [pods]}",
                "7:16: not a hop: 'bird/master6' (expected node/daemon/table, such as pve02/frr/vrf_evpnz1) | {install: [bird/master6, a/kernel/main], carries: [pods]}",
                "7:58: no range is called 'pod': did you mean 'pods'? | {install: [a/bird/master6, a/kernel/main], carries: [pod]}",
                "7:57: expected a list of prefix ranges, found 'pods' | {install: [a/bird/master6, a/kernel/main], carries: pods}",
                "7:67: host bits are set in fd00::1/64: did you mean fd00::/64? | {install: [a/bird/master6, a/kernel/main], carries: [{prefix: \"fd00::1/64\"}]}",
                "7:58: lengths 48 to 64 do not fit fd00::/64: expected 64 <= ge <= le <= 128 | {install: [a/bird/master6, a/kernel/main], carries: [{prefix: \"fd00::/64\", ge: 48, le: 64}]}",
                "7:84: 129 is not a prefix length: 0 to 128 | {install: [a/bird/master6, a/kernel/main], carries: [{prefix: \"fd00::/64\", le: 129}]}",
                "7:83: not a community: 'tenant' (write it as 65010:100 or 4200001000:0:100) | {install: [a/bird/master6, a/kernel/main], carries: [{range: pods, requires: [tenant]}]}",
                "7:72: not a time span: '10' (write it as 10s, 500ms or 2m) | {install: [a/bird/master6, a/kernel/main], carries: [pods], grace: '10'}",
                "7:71: not a time: '2026-11-23' (write date, time and zone: 2026-11-23T04:38:20Z or 2026-11-23T05:38:20+01:00) | {install: [a/bird/master6, a/kernel/main], carries: [pods], from: 2026-11-23}",
                "7:5: a/bird/master6 -> a/kernel/main ends before it begins: 2026-11-23T00:00:00Z, 2026-11-22T00:00:00Z | {install: [a/bird/master6, a/kernel/main], carries: [pods], from: 2026-11-23T00:00Z, until: 2026-11-22T00:00Z}",
                "7:5: an edge from a/kernel/main to itself | {install: [a/kernel/main, a/kernel/main], carries: [pods]}",
                "7:5: b has several addresses: say which with `over`: there are lan, wan | {session: [a/bird/master6, b/frr/default], kind: external, carries: [pods]}",
                "7:70: a has no address called 'wan': did you mean 'lan'? | {session: [a/bird/master6, b/frr/default], kind: external, over: wan, carries: [pods]}",
                "7:5: a session within one node: say with `addresses` how the ends know each other, such as [\"::1\", \"::1\"] | {session: [a/bird/master6, a/kernel/main], kind: external, carries: [pods]}",
                "7:70: both `over` and `addresses`: keep one | {session: [a/bird/master6, b/frr/default], kind: external, over: lan, addresses: [eth0, eth1], carries: [pods]}",
                "7:58: expected true or false, found 'yes' | {mesh: [a/bird/master6, b/frr/default], only_learnt: \"yes\", kind: internal, carries: [pods], over: lan}",
                "7:5: anchors and aliases (& and *) are not read: use `ranges` or `groups` | &x {install: [a/kernel/main, a/kernel/main], carries: [pods]}",
            })
    void shouldSayWhereAnEdgeIsWrongAndWhatToDo(String example) {
        var parts = example.split(" \\| ", 2);

        assertThat(problems(NODES + "  - " + parts[1] + "\n")).contains(parts[0]);
    }

    @Test
    void shouldSayWhereANodeIsWrongAndWhatToDo() {
        assertThat(problems("""
                nodes:
                  - {name: a, adress: {lan: "fd00::a"}, headline: bird/master6, hops: [bird/master6]}
                """)).containsExactly("2:15: unknown key 'adress' of a node: did you mean 'addresses'?");
        assertThat(problems("""
                nodes:
                  - {name: a, headline: bird/master6, hops: [bird/master4, kernel/main, kernel/main, a/frr/b]}
                  - {name: b, aliases: [a], headline: frr/x, hops: [frr/x]}
                  - {name: c d, addresses: {lan: fd00}, headline: frr/x, hops: [frr/x]}
                  - {name: d, addresses: {lan: fd00}, headline: frr/x, hops: [frr/x]}
                """))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "2:25: the headline 'bird/master6' is no hop of a: did you mean 'bird/master4'?"),
                        line -> assertThat(line).isEqualTo("2:73: the hop a/kernel/main is listed twice: keep one"),
                        line -> assertThat(line).startsWith("2:86: not a hop of a node: 'a/frr/b'"),
                        line -> assertThat(line)
                                .isEqualTo("3:25: a node is called a already, at line 2: rename one, or merge them"),
                        line -> assertThat(line).startsWith("4:12: not a node name: 'c d'"),
                        line -> assertThat(line).startsWith("5:32: "));
        assertThat(problems("nodes: [{name: 7, headline: frr/x, hops: [frr/x]}]"))
                .containsExactly("1:16: expected the name of a host, found the number 7 (quote it if it is a name)");
    }

    @Test
    void shouldRefuseTwoEdgesOfOneTimeAndNameTheOther() {
        var edge = "  - {install: [a/bird/master6, a/kernel/main], carries: [pods]%s}\n";
        assertThat(problems(NODES + edge.formatted(", until: 2026-11-23T00:00Z") + edge.formatted("")))
                .containsExactly(
                        "8:5: there is an edge a/bird/master6 -> a/kernel/main at that time already, at line 7:"
                                + " keep one, or part them with `from` and `until`");
        assertThat(
                        problems(
                                NODES
                                        + edge.formatted("")
                                        + "  - {session: [b/frr/default, a/kernel/main], kind: external, over: lan, forth: {carries: [pods]}}\n"))
                .singleElement()
                .asString()
                .startsWith("8:81: a/kernel/main is written into by one edge and has a session in another, at line 7");
    }

    @Test
    void shouldRefuseOverlappingRangesThatRequireDifferentThings() {
        assertThat(
                        problems(
                                NODES
                                        + "  - {install: [a/bird/master6, a/kernel/main], carries: [pods, {range: pods, requires: [no-export]}]}\n"))
                .singleElement()
                .asString()
                .startsWith("7:5: ")
                .endsWith("which overlaps");
    }

    @Test
    void shouldSayForWhichMemberATemplateIsWrong() {
        assertThat(problems("""
                groups:
                  - members: [{node: n1, id: 1}, {node: n2}]
                    nodes: [{name: $node, headline: frr/x, hops: [frr/x, frr/$id, frr/$]}]
                """))
                .containsExactly(
                        "3:58: the member has no variable 'id': there is node (for n2)",
                        "3:67: a '$' without the name of a variable: write $name or $(name) (for n1)");
    }

    @Test
    void shouldRefuseWhatIsNoYaml() {
        assertThat(problems("")).singleElement().asString().startsWith("1:1: the file is empty");
        assertThat(problems("nodes: []")).singleElement().asString().startsWith("1:1: the chain has no nodes");
        assertThat(problems("- a")).containsExactly("1:1: expected a chain file, found a list");
        assertThat(problems("nodes:\n  - {name: a")).singleElement().asString().startsWith("2:13: not YAML: ");
        assertThat(problems("a: 1\n---\nb: 1")).singleElement().asString().startsWith("2:1: not YAML: ");
        assertThat(problems("nodes: []\nnodes: []"))
                .containsExactly("2:1: the key 'nodes' is there already, at line 1: keep one");
        assertThat(problems("network: !!binary aGV5"))
                .singleElement()
                .asString()
                .contains("tags");
        assertThat(problems("network: \u0007")).singleElement().asString().contains("U+0007");
        assertThatThrownBy(() -> ChainFile.read(new byte[] {(byte) 0xC3, 0x28})).hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> ChainFile.read(new byte[YamlTree.MOST_OCTETS + 1]))
                .hasMessageContaining("write groups");
    }

    @Test
    void shouldRefuseAGroupThatGrowsBeyondReason() {
        var members = "{n: 1}, ".repeat(2_000);
        var edges = "{install: [a/b/c, a/b/d], carries: [x]}, ".repeat(2_000);
        assertThat(problems("groups: [{members: [" + members + "], edges: [" + edges + "]}]"))
                .isNotEmpty()
                .allMatch(problem -> problem.contains("take it apart"));
    }

    private static ChainFile read(String text) throws BadChainFile {
        return ChainFile.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Chain chain(String edges) throws BadChainFile {
        return read(NODES + edges).chain();
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(BadChainFile.class, () -> read(text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static Link.Session session(String upstream, String downstream) {
        return new Link.Session(Link.Kind.EXTERNAL, PeerId.parse(upstream), PeerId.parse(downstream));
    }

    private static Edge edge(HopId upstream, HopId downstream, Link link, Carried... carries) {
        return new Edge(
                upstream,
                downstream,
                link,
                List.of(carries),
                false,
                Edge.USUAL_GRACE,
                Optional.empty(),
                Optional.empty());
    }
}
