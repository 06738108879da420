package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.RealScrape;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GoBGP says of what its neighbours send and are sent, with the session up and down. */
class GobgpViewsTest {
    private static final String REFUSAL = "{\"error\":\"neighbor ::1's BGP session is not established\"}\n";

    private static final String SENT = "{\"fd00:101:224:1::/64\":[{\"nlri\":{\"prefix\":\"fd00:101:224:1::/64\"},"
            + "\"age\":1795000000,\"attrs\":[{\"type\":1,\"value\":0}]}]}";

    private final HopReader gobgp =
            new HopReader("lab", "n", "gobgp", DaemonReader.of("gobgp").orElseThrow());
    private final List<CommandResult> commands = new ArrayList<>(RealScrape.commands("solwk02/gobgp"));

    @Test
    void shouldReadWhatTheNeighbourSentAndIsSent() {
        var seen = read();

        assertThat(of(View.ADJ_RIB_IN_PRE, seen)).isInstanceOfSatisfying(Observed.class, in -> {
            assertThat(in.rib().peer()).hasToString("Optional[::1]");
            assertThat(in.table().rows()).hasSize(11);
            assertThat(in.table().sourceTimes()).hasSize(11);
        });
        assertThat(of(View.ADJ_RIB_OUT_POST, seen)).isInstanceOfSatisfying(Observed.class, out -> {
            assertThat(out.table().rows()).hasSize(1);
            assertThat(out.table().sourceTimes()).isEmpty();
        });
    }

    @Test
    void shouldTakeAPrefixWithAnEmptyListForNone() {
        replace("adj-in", 0, "{\"fd00:101:224:1::/64\":[],\"fd00:101:fe::11/128\":[]}");

        assertThat(of(View.ADJ_RIB_IN_PRE, read()))
                .isInstanceOfSatisfying(
                        Observed.class, in -> assertThat(in.table().rows()).isEmpty());
    }

    @Test
    void shouldTakeTheViewsOfASessionThatIsDownForEmptyEvenWhereTheyAreStillPrinted() {
        read();
        replace("adj-in", 1, REFUSAL);
        replace("neighbor -j", 0, downNeighbours());

        var seen = read();

        for (var view : List.of(View.ADJ_RIB_IN_PRE, View.ADJ_RIB_OUT_POST)) {
            assertThat(of(view, seen)).isInstanceOfSatisfying(Observed.class, empty -> {
                assertThat(empty.table().rows()).isEmpty();
                assertThat(empty.command()).endsWith("gobgp neighbor -j");
            });
        }
    }

    @Test
    void shouldProveNothingByASessionWhoseStateIsNotSaid() {
        read();
        replace("neighbor -j", 0, recorded("neighbor -j").replace("\"session_state\":6,", ""));

        var seen = read();

        assertThat(of(View.SESSIONS, seen)).isInstanceOf(NotObserved.class);
        assertThat(of(View.ADJ_RIB_IN_PRE, seen))
                .isInstanceOfSatisfying(
                        Observed.class, in -> assertThat(in.table().rows()).hasSize(11));
        assertThat(of(View.ADJ_RIB_OUT_POST, seen))
                .as("printed with the session down, too")
                .isInstanceOf(NotObserved.class);
    }

    /** A neighbour that goes by its interface has the address that was found behind it in its name, or none yet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fe80::1%eth0 | fe80::1%eth0              | DOWN
            eth0         | fe80::1%eth0              | DOWN
            fe80::1      | fe80::1%eth0              | DOWN
            fe80::1%eth0 | eth0                      | DOWN
            fe80::1      | fe80::1%eth0 fe80::1%eth1 | DOWN
            eth0         | eth0 fe80::2%eth0:up      | DOWN
            fe80::1%eth0 | fe80::1%eth0:up           | UP
            eth0         | fe80::1%eth0:up           | UP
            eth0         | fe80::1%eth0:up eth1      | UP
            fe80::1      | fe80::1%eth0:up           | UP
            fe80::1      | fe80::1%eth0:up fe80::1%eth1 | UNTOLD
            fe80::1%eth0 | fe80::1%eth1:up           | UNTOLD
            eth0         | fe80::1%eth1:up           | UNTOLD
            fd00::1      | fd00::2:up                | UNTOLD
            """)
    void shouldKnowWhetherANeighbourHasASessionByEachOfItsNames(String asked, String listed, String session) {
        commands.clear();
        commands.add(RealScrape.answer("gobgp neighbor " + asked + " adj-out -a ipv6 -j", SENT));
        commands.add(RealScrape.answer("gobgp neighbor -j", neighbours(listed)));

        var out = of(View.ADJ_RIB_OUT_POST, read());

        switch (session) {
            case "DOWN" -> assertThat(((Observed) out).table().rows()).isEmpty();
            case "UP" -> assertThat(((Observed) out).table().rows()).hasSize(1);
            default ->
                assertThat(out)
                        .isInstanceOfSatisfying(
                                NotObserved.class,
                                not -> assertThat(not.detail()).contains("does not tell whether there is a session"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", SENT})
    void shouldNotClaimWhatIsSentToANeighbourThatIsNotListed(String printed) {
        read();
        replace("adj-out", 0, printed);
        replace("neighbor -j", 0, "[]");

        assertThat(of(View.ADJ_RIB_OUT_POST, read())).isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldNotTakeTheRefusalAloneForAWithdrawal() {
        read();
        replace("adj-in", 1, REFUSAL);

        assertThat(of(View.ADJ_RIB_IN_PRE, read())).isInstanceOfSatisfying(NotObserved.class, not -> {
            assertThat(not.reason()).isEqualTo(FailureReason.REFUSED);
            assertThat(not.detail()).contains("session is not established");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "global rib, adj-in, LOC_RIB",
        "global rib, adj-out, LOC_RIB",
        "adj-in, global rib, ADJ_RIB_IN_PRE",
        "adj-in, adj-out, ADJ_RIB_IN_PRE",
        "adj-out, global rib, ADJ_RIB_OUT_POST",
        "adj-out, adj-in, ADJ_RIB_OUT_POST"
    })
    void shouldTellByItsMarksThatAnotherOutputStandsInItsPlace(String command, String printed, View view) {
        read();
        replace(command, 0, recorded(printed));

        assertThat(of(view, read())).isInstanceOfSatisfying(NotObserved.class, not -> {
            assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
            assertThat(not.detail()).contains(command, printed);
        });
    }

    @Test
    void shouldNotTakeNothingForAWithdrawalOfWhatTheSessionCounts() {
        replace("adj-in", 0, "{}");

        assertThat(of(View.ADJ_RIB_IN_PRE, read())).isInstanceOfSatisfying(NotObserved.class, not -> {
            assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
            assertThat(not.detail()).contains("adj-in", "neighbor -j", "11");
        });
    }

    @Test
    void shouldNotObserveTheViewsOfADaemonThatIsGone() {
        read();
        commands.clear();

        assertThat(of(View.ADJ_RIB_IN_PRE, read())).isInstanceOf(NotObserved.class);
        assertThat(of(View.ADJ_RIB_OUT_POST, read())).isInstanceOf(NotObserved.class);
    }

    /** Separated by spaces, each that is up with {@code :up} behind it. */
    private static String neighbours(String names) {
        return Stream.of(names.split(" "))
                .map(name -> "{\"conf\":{\"%s\":\"%s\",\"local_asn\":1,\"peer_asn\":2,\"type\":1},"
                                .formatted(
                                        name.indexOf(':') < 0 ? "neighbor_interface" : "neighbor_address",
                                        name.replaceFirst(":up$", ""))
                        + "\"state\":{\"session_state\":" + (name.endsWith(":up") ? 6 : 3) + "},"
                        + "\"afi_safis\":[{\"state\":{\"family\":{\"afi\":2,\"safi\":1}}}]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String downNeighbours() {
        return recorded("neighbor -j").replace("\"session_state\":6", "\"session_state\":3");
    }

    private static String recorded(String part) {
        var recorded = RealScrape.commands("solwk02/gobgp").stream()
                .filter(command -> command.commandLine().contains(part))
                .findFirst()
                .orElseThrow();
        try (var in = recorded.output().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(String part, int exitStatus, String printed) {
        commands.replaceAll(command -> command.commandLine().contains(part)
                ? new CommandResult(
                        command.argv(),
                        command.from(),
                        command.to(),
                        exitStatus,
                        "",
                        () -> new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)))
                : command);
    }

    private List<Observation> read() {
        return gobgp.read(RealScrape.AT, RealScrape.AT.plusSeconds(1), commands, Optional.empty());
    }

    private static Observation of(View view, List<Observation> seen) {
        return seen.stream().filter(o -> o.rib().view() == view).findFirst().orElseThrow();
    }
}
