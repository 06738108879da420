package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.RealScrape;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Row;
import dev.hoplog.model.View;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the outputs of one hop prove together. */
class HopReaderTest {
    private static final Instant AT = RealScrape.AT;
    private static final String BANNER = "BIRD 2.0.12 ready.\n";
    private static final String TABLE_77 = "ip -j -6 route show table 77";
    private static final String NO_TABLE = "Error: ipv6: FIB table does not exist.\nDump terminated\n";

    private final HopReader bird = reader("bird");
    private final HopReader frr = reader("frr");
    private final HopReader kernel = reader("kernel");

    @Test
    void shouldTakeOnlyABannerForAnEmptyTableIfTheProtocolsAgree() throws Exception {
        read(bird, RealScrape.commands("solwk02/bird"));
        var commands = RealScrape.commands("solwk02/bird", Duration.ofSeconds(5), (file, recorded) -> switch (file) {
            case "show_route_all.txt" -> ascii(BANNER);
            case "show_protocols_all.txt" ->
                ascii(new String(recorded, StandardCharsets.UTF_8)
                        .replaceAll("Routes:         [0-9]+ imported", "Routes:         0 imported"));
            default -> recorded;
        });

        assertThat(of(View.LOC_RIB, read(bird, commands)))
                .isInstanceOfSatisfying(
                        Observed.class, o -> assertThat(o.table().rows()).isEmpty());
    }

    @Test
    void shouldNotTakeOnlyABannerForAnEmptyTableIfTheProtocolsHaveRoutesOrDoNotAnswer() throws Exception {
        read(bird, RealScrape.commands("solwk02/bird"));
        var banner = edited("solwk02/bird", "show_route_all.txt", BANNER);

        assertThat(failure(of(View.LOC_RIB, read(bird, banner)))).isEqualTo(FailureReason.INCONSISTENT);
        banner.removeIf(command -> command.commandLine().endsWith("show protocols all"));
        assertThat(failure(of(View.LOC_RIB, read(bird, banner)))).isEqualTo(FailureReason.INCONSISTENT);
        assertThat(failure(of(View.SESSIONS, read(bird, banner)))).isEqualTo(FailureReason.FILE_MISSING);
    }

    /** birdc -v does not print the final code: cut after any of its routes it looks whole. */
    @Test
    void shouldNotBelieveAVerboseListingThatNoProtocolsCount() throws Exception {
        var listing = new String(
                Files.readAllBytes(Path.of("src/test/resources/golden/bird-2.17.5/bird_route_all_v.txt")),
                StandardCharsets.UTF_8);
        read(bird, RealScrape.commands("solwk02/bird"));

        var alone = List.of(answer("birdc -v show route all", listing.replace("t6", "master6")));

        assertThat(failure(of(View.LOC_RIB, read(bird, alone)))).isEqualTo(FailureReason.INCONSISTENT);
    }

    @Test
    void shouldNotTakeABirdTableThatNothingMentionsForEmpty() throws Exception {
        read(bird, RealScrape.commands("solwk02/bird"));
        var protocols = edited(
                "solwk02/bird",
                "show_protocols_all.txt",
                BANNER
                        + "Name       Proto      Table      State  Since         Info\n"
                        + "device1    Device     ---        up     2026-11-23 04:34:50.541  \n\n");
        protocols.removeIf(command -> command.commandLine().endsWith("show route all"));
        protocols.add(answer("birdc show route all", BANNER));

        assertThat(failure(of(View.LOC_RIB, read(bird, protocols)))).isEqualTo(FailureReason.NO_SUCH_TABLE);
    }

    @Test
    void shouldNotObserveTheSessionsOfBirdIfAProtocolWithRoutesIsNotListed() throws Exception {
        read(bird, RealScrape.commands("solwk02/bird"));
        var commands = RealScrape.commands("solwk02/bird", Duration.ofSeconds(5), (file, recorded) -> {
            var text = new String(recorded, StandardCharsets.UTF_8);
            return file.equals("show_protocols_all.txt")
                    ? ascii(text.substring(0, text.indexOf("\nupstream ") + 1))
                    : recorded;
        });

        var seen = read(bird, commands);

        assertThat(of(View.SESSIONS, seen)).isInstanceOfSatisfying(NotObserved.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.INCONSISTENT);
            assertThat(failed.detail()).contains("upstream");
        });
        assertThat(failure(of(View.LOC_RIB, seen))).isEqualTo(FailureReason.INCONSISTENT);
    }

    @Test
    void shouldHaveNoStampsAndNoSessionsOfBirdWithoutItsStatus() throws Exception {
        var whole = of(View.LOC_RIB, read(bird, RealScrape.commands("solwk02/bird")));
        var commands = new ArrayList<>(RealScrape.commands("solwk02/bird"));
        commands.removeIf(command -> command.commandLine().endsWith("show status"));

        var seen = read(bird, commands);

        assertThat(rows(whole)).allMatch(row -> row.stamp().isPresent());
        assertThat(rows(of(View.LOC_RIB, seen)))
                .hasSameSizeAs(rows(whole))
                .noneMatch(row -> row.stamp().isPresent());
        assertThat(failure(of(View.SESSIONS, seen))).isEqualTo(FailureReason.INCONSISTENT);
    }

    @Test
    void shouldCoverWithTheTimesOfSessionsAllThatContributed() throws Exception {
        var commands = RealScrape.commands("solwk02/bird");

        var sessions = of(View.SESSIONS, read(bird, commands));

        assertThat(sessions.from()).isEqualTo(commands.getFirst().from());
        assertThat(sessions.to()).isEqualTo(commands.getLast().to());
    }

    @Test
    void shouldFallBackToThePlainFormOfFrrWithWhatItLacksNotObserved() throws Exception {
        var detail = of(View.LOC_RIB, read(frr, RealScrape.commands("pve02/frr")));
        var commands = new ArrayList<>(RealScrape.commands("pve02/frr"));
        commands.replaceAll(command -> command.commandLine().endsWith("json detail")
                ? answer(command.argv(), 1, "% Unknown command: show bgp vrf vrf_evpnz1 ipv6 unicast json detail\n")
                : command);

        var plain = of(View.LOC_RIB, read(frr, commands));

        assertThat(rows(plain)).hasSameSizeAs(rows(detail));
        assertThat(plain.command()).endsWith("ipv6 unicast json");
        assertThat(observed(detail).includes(Attribute.LARGE_COMMUNITIES)).isTrue();
        assertThat(observed(plain).includes(Attribute.LARGE_COMMUNITIES)).isFalse();
    }

    @Test
    void shouldSayThatAVrfOfFrrIsNotThere() throws Exception {
        read(frr, RealScrape.commands("pve02/frr"));
        var commands = new ArrayList<>(RealScrape.commands("pve02/frr"));
        commands.replaceAll(command -> answer(command.argv(), 0, "{\"warning\":\"View/Vrf is unknown\"}\n"));

        assertThat(failure(of(View.LOC_RIB, read(frr, commands)))).isEqualTo(FailureReason.NO_SUCH_TABLE);
        assertThat(failure(of(View.SESSIONS, read(frr, commands)))).isEqualTo(FailureReason.NO_SUCH_TABLE);
    }

    /** As iproute2 6.1 prints it; a script in between may lose the exit status. */
    @ParameterizedTest
    @ValueSource(ints = {2, 0})
    void shouldNotTakeAKernelTableThatDoesNotExistForOneThatWasEmptied(int exitStatus) throws Exception {
        read(kernel, List.of(answer(TABLE_77, "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]")));

        var seen = read(kernel, List.of(answer(TABLE_77, exitStatus, "[ ", NO_TABLE)));

        assertThat(seen).singleElement().isInstanceOfSatisfying(NotObserved.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.NO_SUCH_TABLE);
            assertThat(failed.detail()).contains("FIB table does not exist");
        });
    }

    /** Nothing tells it from an output that broke off behind its first character. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Warning: Permanently added 'pve02' to the list of known hosts.\n"})
    void shouldNotTakeALoneBracketForATableThatIsEmptyOrDoesNotExist(String stderr) throws Exception {
        read(kernel, List.of(answer(TABLE_77, "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]")));

        var seen = read(kernel, List.of(answer(TABLE_77, 0, "[", stderr)));

        assertThat(seen).singleElement().extracting(HopReaderTest::failure).isEqualTo(FailureReason.TRUNCATED);
    }

    /** A table that ever had a route goes on to exist. */
    @Test
    void shouldTakeAKernelTableForEmptyOnceItsRoutesAreGone() throws Exception {
        read(kernel, List.of(answer(TABLE_77, "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]")));

        var seen = read(kernel, List.of(answer(TABLE_77, "[]")));

        assertThat(seen)
                .singleElement()
                .isInstanceOfSatisfying(
                        Observed.class,
                        observed -> assertThat(observed.table().rows()).isEmpty());
    }

    @Test
    void shouldObserveBothFamiliesOfAHop() throws Exception {
        var seen = read(
                kernel,
                List.of(
                        answer("ip -4 -j route", "[{\"dst\":\"10.0.0.0/8\",\"dev\":\"eth0\"}]"),
                        answer("ip -6 -j route", "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]")));

        assertThat(seen)
                .extracting(o -> o.rib().key())
                .containsExactly("lab/n/kernel/main/ipv4-unicast/fib", "lab/n/kernel/main/ipv6-unicast/fib");
    }

    /** A recording that was cut off after the command of all tables. */
    @Test
    void shouldNotTakeAVrfForEmptyBecauseAllTablesShowItUnderAnotherName() throws Exception {
        var all =
                answer("ip -j -6 route show table all", "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\",\"table\":\"1001\"}]");
        var vrf = answer("ip -j -6 route show vrf blue", "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]");
        read(kernel, List.of(all, vrf));

        var seen = read(kernel, List.of(all));

        assertThat(seen.stream().filter(o -> o.rib().hop().table().equals("vrf:blue")))
                .singleElement()
                .isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldLetTheFirstOutputDecideThatProvesSomething() throws Exception {
        var seen = read(
                kernel,
                List.of(
                        answer("ip -j -6 route show table all", "[{\"dst\":\"fd00::/8\""),
                        answer("ip -j -6 route show table main", "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]")));

        assertThat(seen).singleElement().isInstanceOf(Observed.class);
    }

    @Test
    void shouldSayOfEveryRibThatItWasNotObservedIfTheHopIsSilent() throws Exception {
        int ribs = read(frr, RealScrape.commands("pve02/frr")).size();

        assertThat(read(frr, List.of())).hasSize(ribs).allMatch(o -> o instanceof NotObserved);
    }

    private static HopReader reader(String daemon) {
        return new HopReader("lab", "n", daemon, DaemonReader.of(daemon).orElseThrow());
    }

    private static List<Observation> read(HopReader reader, List<CommandResult> commands) {
        return reader.read(AT, AT.plusSeconds(1), commands, Optional.empty());
    }

    private static List<CommandResult> edited(String hop, String edited, String printed) {
        return new ArrayList<>(RealScrape.commands(
                hop, Duration.ofSeconds(5), (file, recorded) -> file.equals(edited) ? ascii(printed) : recorded));
    }

    private static CommandResult answer(String line, String printed) {
        return answer(List.of(line.split(" ")), 0, printed);
    }

    private static CommandResult answer(String line, int exitStatus, String printed, String stderr) {
        return new CommandResult(
                List.of(line.split(" ")),
                AT,
                AT.plusMillis(1),
                exitStatus,
                stderr,
                () -> new ByteArrayInputStream(ascii(printed)));
    }

    private static CommandResult answer(List<String> argv, int exitStatus, String printed) {
        return new CommandResult(
                argv, AT, AT.plusMillis(1), exitStatus, "", () -> new ByteArrayInputStream(ascii(printed)));
    }

    private static Observation of(View view, List<Observation> seen) {
        assertThat(seen).filteredOn(o -> o.rib().view() == view).hasSize(1);
        return seen.stream().filter(o -> o.rib().view() == view).findFirst().orElseThrow();
    }

    private static List<Row> rows(Observation observation) {
        return observation instanceof Observed observed ? observed.table().rows() : List.of();
    }

    private static dev.hoplog.model.Observed observed(Observation observation) {
        return observation instanceof Observed o ? o.table().observed() : dev.hoplog.model.Observed.of();
    }

    private static Optional<FailureReason> reason(Observation observation) {
        return observation instanceof NotObserved failed ? Optional.of(failed.reason()) : Optional.empty();
    }

    private static FailureReason failure(Observation observation) {
        return reason(observation).orElseThrow();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
