package dev.hoplog.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.hoplog.log.v1.ChainHop;
import dev.hoplog.v1.CheckChainRequest;
import dev.hoplog.v1.CheckChainResponse;
import dev.hoplog.v1.EdgeUse;
import dev.hoplog.v1.EdgeUseKind;
import dev.hoplog.v1.Hop;
import dev.hoplog.v1.HoplogServiceGrpc.HoplogServiceImplBase;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.Network;
import dev.hoplog.v1.RibStatus;
import dev.hoplog.v1.TimeSpan;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainCheckTest {
    private static final String CHAIN = """
            nodes:
              - {name: a, headline: bird/x, hops: [bird/x, kernel/main]}
            edges:
              - {install: [a/bird/x, a/kernel/main], carries: [{prefix: "fd00::/64"}], grace: 0s}
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Server server;

    /** Of each edge. */
    private EdgeUse.Builder use = EdgeUse.newBuilder().setKind(EdgeUseKind.EDGE_USE_KIND_NOT_KNOWN);

    @BeforeEach
    void serve() throws IOException {
        server = ServerBuilder.forPort(0).addService(new Observed()).build().start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void shouldNameHopsThatNothingFeedsAndFedOnesThatTheChainDoesNotKnow() throws Exception {
        var file = file(CHAIN);

        assertThat(check(file, "--address", "localhost:" + server.getPort(), "--network", "lab"))
                .isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        file + ": 1 node with 2 hops, 1 edge",
                        "Most likely a mistake:",
                        "  a/bird/x -> a/kernel/main has a grace of 0: each route that is on its way while the ends are read"
                                + " counts as lost",
                        "In the chain, and fed by nothing in network lab:",
                        "  a/kernel/main",
                        "Fed in network lab, and not in the chain:",
                        "  b/frr/x",
                        "Not known whether it ever carried anything, since its ends were never observed together:",
                        "  a/bird/x -> a/kernel/main");
    }

    /** What is scraped by another name than the chain has feeds no hop of it: gaps are found by the chain's names. */
    @Test
    void shouldNameHopsThatAreFedByAnAliasOfTheirNode() throws Exception {
        var renamed = file(CHAIN.replace("name: a,", "name: new, aliases: [a],").replace("a/", "new/"));

        assertThat(check(renamed, "--address", "localhost:" + server.getPort())).isZero();
        assertThat(out.toString().lines())
                .containsSequence(
                        "In the chain, and fed by nothing in network lab:",
                        "  new/bird/x, though a/bird/x, by an alias of its node, was observed until 2026-03-01T12:00:00Z",
                        "  new/kernel/main",
                        "Fed in network lab, and not in the chain:",
                        "  a/bird/x, which is new/bird/x by an alias of its node, until 2026-03-01T12:00:00Z",
                        "  b/frr/x");
        assertThat(check(renamed, "--json", "--address", "localhost:" + server.getPort()))
                .isZero();
        assertThat(out.toString().replaceAll("\\s+", ""))
                .contains("\"by_alias\":[{\"observed\":\"a/bird/x\",\"in_chain\":\"new/bird/x\","
                        + "\"observed_to\":\"2026-03-01T12:00:00Z\"}]");
    }

    @Test
    void shouldSayTheSameToPrograms() throws Exception {
        assertThat(check(file(CHAIN), "--json", "--address", "localhost:" + server.getPort()))
                .isZero();
        assertThat(out.toString().replaceAll("\\s+", ""))
                .contains("\"kind\":\"NO_GRACE\"")
                .contains(
                        "\"compared\":{\"network\":\"lab\",\"not_fed\":[\"a/kernel/main\"],\"not_in_chain\":[\"b/frr/x\"],\"by_alias\":[],")
                .contains(
                        "\"not_known\":[{\"upstream\":\"a/bird/x\",\"downstream\":\"a/kernel/main\",\"prefixes\":0}]");
    }

    @Test
    void shouldNameEdgesThatNeverCarriedAnything() throws Exception {
        use = EdgeUse.newBuilder().setKind(EdgeUseKind.EDGE_USE_KIND_NEVER).setPrefixes(3);
        assertThat(check(file(CHAIN), "--address", "localhost:" + server.getPort()))
                .isZero();
        assertThat(out.toString().lines())
                .containsSequence(
                        "Never carried anything, though both ends were observed:",
                        "  a/bird/x -> a/kernel/main, which had 3 prefixes to pass on");
        use = EdgeUse.newBuilder().setKind(EdgeUseKind.EDGE_USE_KIND_NOTHING_TO_CARRY);
        check(file(CHAIN), "--address", "localhost:" + server.getPort());
        assertThat(out.toString().lines())
                .containsSequence(
                        "Never had anything to carry, though both ends were observed:", "  a/bird/x -> a/kernel/main");
    }

    @Test
    void shouldSayNothingOfEdgesThatCarriedSomething() throws Exception {
        use = EdgeUse.newBuilder().setKind(EdgeUseKind.EDGE_USE_KIND_CARRIED);
        check(file(CHAIN), "--address", "localhost:" + server.getPort());
        assertThat(out.toString()).doesNotContain("carried anything", "to carry", "->  a/kernel");
    }

    @Test
    void shouldSayWhereTheFileIsWrongAndFail() throws Exception {
        var file = file(CHAIN.replace("headline", "headlin"));

        assertThat(check(file)).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        file + ":2:5: a node needs the key 'headline', one of the hops, such as frr/vrf_evpnz1",
                        file + ":2:15: unknown key 'headlin' of a node: did you mean 'headline'?");
        assertThat(check(file, "--json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"line\" : 2", "\"column\" : 15");
    }

    @Test
    void shouldCheckTheFileAloneIfNobodyAnswersUnlessAskedToCompare() throws Exception {
        var file = file(CHAIN);
        var nobody = "localhost:" + server.getPort();
        server.shutdownNow().awaitTermination();
        var alone = ChainCommand.commandLine(_ -> nobody).setOut(new PrintWriter(out));

        assertThat(alone.execute("check", file.toString())).isZero();
        assertThat(out).asString().contains("Not compared with what is observed: no Hoplog answers at " + nobody);
        assertThat(check(file, "--address", nobody)).isEqualTo(1);
        assertThat(err).asString().contains("no Hoplog answers at " + nobody);
        assertThat(check(directory.resolve("none.yaml"))).isEqualTo(1);
        assertThat(err).asString().contains("cannot read " + directory.resolve("none.yaml"));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("chain.yaml"), text);
    }

    private int check(Path file, String... more) {
        var arguments = new String[more.length + 3];
        arguments[0] = "chain";
        arguments[1] = "check";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Hoplog.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    /** One hop that was observed, one that is only known, and one more. */
    private final class Observed extends HoplogServiceImplBase {
        @Override
        public void listHops(ListHopsRequest request, StreamObserver<ListHopsResponse> answer) {
            var until = Instant.parse("2026-03-01T12:00:00Z");
            var seen = RibStatus.newBuilder()
                    .setObserved(
                            TimeSpan.newBuilder().setTo(Timestamp.newBuilder().setSeconds(until.getEpochSecond())));
            answer.onNext(ListHopsResponse.newBuilder()
                    .addNetworks(Network.newBuilder()
                            .setName("lab")
                            .addHops(Hop.newBuilder().setHop("a/bird/x").addRibs(seen))
                            .addHops(Hop.newBuilder().setHop("a/kernel/main").addRibs(RibStatus.getDefaultInstance()))
                            .addHops(Hop.newBuilder().setHop("b/frr/x").addRibs(seen)))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void checkChain(CheckChainRequest request, StreamObserver<CheckChainResponse> answer) {
            var checked = CheckChainResponse.newBuilder()
                    .setNetwork(request.getChain().getNetwork());
            request.getChain()
                    .getChain()
                    .getEdgesList()
                    .forEach(edge -> checked.addEdges(
                            use.setUpstream(name(edge.getUpstream())).setDownstream(name(edge.getDownstream()))));
            answer.onNext(checked.build());
            answer.onCompleted();
        }

        private String name(ChainHop hop) {
            return hop.getNode() + "/" + hop.getDaemon() + "/" + hop.getTable();
        }
    }
}
