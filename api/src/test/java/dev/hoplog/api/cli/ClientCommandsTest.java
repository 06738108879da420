package dev.hoplog.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.Cause;
import dev.hoplog.v1.GetTimelineRequest;
import dev.hoplog.v1.HoplogServiceGrpc.HoplogServiceImplBase;
import dev.hoplog.v1.ListGapsRequest;
import dev.hoplog.v1.ListGapsResponse;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.ListIncidentsRequest;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.LookupRequest;
import dev.hoplog.v1.LookupResponse;
import dev.hoplog.v1.Match;
import dev.hoplog.v1.WhenStoppedRequest;
import dev.hoplog.v1.WhenStoppedResponse;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Timeout(60)
class ClientCommandsTest {
    private final List<Object> asked = new CopyOnWriteArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Server server;
    private int port;

    @Command(name = "hoplog")
    private static final class Program {}

    @BeforeEach
    void serve() throws IOException {
        server = ServerBuilder.forPort(0).addService(new Fake()).build().start();
        port = server.getPort();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void shouldAskWhenItStopped() {
        assertThat(run("when-stopped fd00::/64 pve02 --network lab --at 2026-11-23T05:38:20+01:00"
                        + " --from 2026-11-23T00:00Z --to 2026-11-24T00:00Z"))
                .isZero();
        assertThat(asked)
                .containsExactly(WhenStoppedRequest.newBuilder()
                        .setNetwork("lab")
                        .setPrefix("fd00::/64")
                        .setTarget("pve02")
                        .setAt(Examples.time("2026-11-23T04:38:20Z"))
                        .setFrom(Examples.time("2026-11-23T00:00:00Z"))
                        .setTo(Examples.time("2026-11-24T00:00:00Z"))
                        .build());
    }

    @Test
    void shouldPrintJsonAndNothingElse() {
        assertThat(run("when-stopped fd00::/64 pve02 --json")).isZero();
        assertThat(out).hasToString("{\n  \"network\": \"lab\",\n  \"prefix\": \"fd00::/64\"\n}\n");
        assertThat(err).hasToString("");
    }

    @Test
    void shouldAskForATimeline() {
        assertThat(run("timeline fd00::/64 --limit 5")).isEqualTo(1); // the fake does not serve it
        assertThat(asked)
                .containsExactly(GetTimelineRequest.newBuilder()
                        .setPrefix("fd00::/64")
                        .setLimit(5)
                        .build());
        assertThat(err).asString().startsWith("hoplog: localhost:").contains("does not serve this question");
    }

    @ParameterizedTest
    @CsvSource({
        "'', MATCH_UNSPECIFIED",
        "--exact, MATCH_EXACT",
        "--longest, MATCH_LONGEST",
        "--longer, MATCH_MORE_SPECIFIC",
        "--shorter, MATCH_LESS_SPECIFIC"
    })
    void shouldLookUpByAnyMatch(String option, Match match) {
        assertThat(run("lookup fd00::1 pve02/kernel/main " + option)).isZero();
        assertThat(asked)
                .containsExactly(LookupRequest.newBuilder()
                        .setQuery("fd00::1")
                        .setTarget("pve02/kernel/main")
                        .setMatch(match)
                        .build());
    }

    @Test
    void shouldAskForGaps() {
        assertThat(run("gaps pve02 --within fd00::/48 --cause rejected-on-import --cause not-exported --limit 5"))
                .isZero();
        assertThat(asked)
                .containsExactly(ListGapsRequest.newBuilder()
                        .setTarget("pve02")
                        .setWithin("fd00::/48")
                        .addCauses(Cause.CAUSE_REJECTED_ON_IMPORT)
                        .addCauses(Cause.CAUSE_NOT_EXPORTED)
                        .setLimit(5)
                        .build());
    }

    @Test
    void shouldAskForIncidents() {
        assertThat(run("incidents --prefix fd00::/64 --from 2026-11-23T00:00Z --chain c0ffee"))
                .isZero();
        assertThat(asked)
                .containsExactly(ListIncidentsRequest.newBuilder()
                        .setPrefix("fd00::/64")
                        .setFrom(Examples.time("2026-11-23T00:00:00Z"))
                        .setChainVersion("c0ffee")
                        .build());
    }

    @Test
    void shouldListAllHops() {
        assertThat(run("hops")).isZero();
        assertThat(asked).containsExactly(ListHopsRequest.getDefaultInstance());
    }

    @Test
    void shouldShowTheServersRefusalAsOneLine() {
        assertThat(run("when-stopped fd00::1/64 pve02")).isEqualTo(1);
        assertThat(err).hasToString("hoplog: fd00::1/64 has host bits: say fd00::/64\n");
        assertThat(out).hasToString("");
    }

    @Test
    void shouldSayWhatToDoWhereNothingListens() {
        server.shutdownNow();
        assertThat(run("hops")).isEqualTo(1);
        assertThat(err)
                .asString()
                .contains("no Hoplog answers at localhost:")
                .contains("hoplog up")
                .contains("--address")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "when-stopped fd00::/64, Missing required parameter",
        "when-stopped fd00::/64 pve02 --at 2026-11-23T04:38:20, has no zone: say 2026-11-23T04:38:20Z",
        "lookup fd00::1 --longer --shorter, mutually exclusive",
        "timeline fd00::/64 --limit many, is not an int",
        "gaps --cause bad-luck, is not one of session-down",
        "nonsense, nonsense"
    })
    void shouldRefuseMisuseOnOneLine(String arguments, String why) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err).asString().contains(why).contains("--help").hasLineCount(1);
        assertThat(asked).isEmpty();
    }

    /** What users read first: a change of it is meant, or it is a mistake. */
    @ParameterizedTest
    @ValueSource(strings = {"when-stopped", "timeline", "lookup", "gaps", "incidents", "report", "hops"})
    void shouldExplainItself(String name) {
        var program = new CommandLine(new Program());
        ClientCommands.asking(() -> "").forEach(program::addSubcommand);
        var help = java.util.Objects.requireNonNull(program.getSubcommands().get(name))
                .getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(help).isEqualTo(Examples.golden("help-" + name + ".txt"));
    }

    private int run(String arguments) {
        var program = new CommandLine(new Program());
        ClientCommands.asking(() -> "localhost:" + port).forEach(program::addSubcommand);
        program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return ClientCommands.withPlainErrors(program).execute(arguments.strip().split(" +"));
    }

    private final class Fake extends HoplogServiceImplBase {
        @Override
        public void whenStopped(WhenStoppedRequest request, StreamObserver<WhenStoppedResponse> answer) {
            asked.add(request);
            if (request.getPrefix().equals("fd00::1/64")) {
                answer.onError(Status.INVALID_ARGUMENT
                        .withDescription("fd00::1/64 has host bits: say fd00::/64")
                        .asException());
                return;
            }
            answer(
                    answer,
                    WhenStoppedResponse.newBuilder()
                            .setNetwork("lab")
                            .setPrefix(request.getPrefix())
                            .build());
        }

        @Override
        public void getTimeline(GetTimelineRequest request, StreamObserver<dev.hoplog.v1.GetTimelineResponse> answer) {
            asked.add(request);
            super.getTimeline(request, answer);
        }

        @Override
        public void lookup(LookupRequest request, StreamObserver<LookupResponse> answer) {
            asked.add(request);
            answer(answer, LookupResponse.getDefaultInstance());
        }

        @Override
        public void listGaps(ListGapsRequest request, StreamObserver<ListGapsResponse> answer) {
            asked.add(request);
            answer(answer, ListGapsResponse.getDefaultInstance());
        }

        @Override
        public void listIncidents(ListIncidentsRequest request, StreamObserver<ListIncidentsResponse> answer) {
            asked.add(request);
            answer(answer, ListIncidentsResponse.getDefaultInstance());
        }

        @Override
        public void listHops(ListHopsRequest request, StreamObserver<ListHopsResponse> answer) {
            asked.add(request);
            answer(answer, ListHopsResponse.getDefaultInstance());
        }

        private static <R> void answer(StreamObserver<R> observer, R answer) {
            observer.onNext(answer);
            observer.onCompleted();
        }
    }
}
