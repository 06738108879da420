package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.RealScrape;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.Route;
import dev.hoplog.model.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What BIRD's listings of exports and refusals prove, beside its list of protocols. */
class BirdViewsTest {
    /** In place of an output: that the command failed. */
    private static final String FAILED = "\0";

    private static final String BANNER = "BIRD 2.0.12 ready.\n";
    private static final String UPSTREAM = "fd00:101::fffe";
    private static final String CILIUM = "::1";
    private static final String PROTOCOLS = "show_protocols_all.txt";
    private static final String EXPORTED = "show_route_exported_upstream_all.txt";
    private static final String EXPORT = "show_route_export_upstream_all.txt";
    private static final String NOEXPORT = "show_route_noexport_cilium_all.txt";

    private final Map<String, UnaryOperator<String>> edits = new HashMap<>();
    private final HopReader bird =
            new HopReader("lab", "n", "bird", DaemonReader.of("bird").orElseThrow());

    @Test
    void shouldReadTheViewsOfBothNeighboursAndNoneOfTheKernel() {
        var seen = read();

        assertThat(seen.keySet())
                .containsExactlyInAnyOrder(
                        "loc-rib",
                        "sessions",
                        "adj-rib-out-post " + CILIUM,
                        "adj-rib-out-post " + UPSTREAM,
                        "adj-rib-out-rejected " + CILIUM,
                        "adj-rib-out-rejected " + UPSTREAM,
                        "adj-rib-in-rejected " + CILIUM,
                        "adj-rib-in-rejected " + UPSTREAM);
        assertThat(prefixes(seen, View.ADJ_RIB_OUT_POST, UPSTREAM))
                .containsExactlyInAnyOrder("fd00:101:fe::22/128", "fd00:101:224:3::/64");
        assertThat(prefixes(seen, View.ADJ_RIB_OUT_POST, CILIUM)).hasSize(11);
        assertThat(prefixes(seen, View.ADJ_RIB_OUT_REJECTED, CILIUM)).containsExactly("fd00:101:fe::22/128");
        assertThat(prefixes(seen, View.ADJ_RIB_OUT_REJECTED, UPSTREAM)).isEmpty();
        assertThat(prefixes(seen, View.ADJ_RIB_IN_REJECTED, UPSTREAM)).isEmpty();
    }

    @Test
    void shouldNotTakeTheAttributesBeforeTheFilterForWhatWasSent() {
        edits.put(EXPORT, text -> FAILED);

        var exported = observed(read(), View.ADJ_RIB_OUT_POST, UPSTREAM);

        assertThat(exported.table().observed().attributes())
                .containsExactlyInAnyOrder(Attribute.PROTOCOL, Attribute.FROM);
        assertThat(exported.table().rows())
                .allSatisfy(row -> assertThat(((Route) row).paths())
                        .allMatch(path -> path.communities().large().isEmpty()
                                && path.nextHops().isEmpty()));
    }

    @Test
    void shouldTellWithWhichCommunitiesTheFilterLetsThroughWhatWasExported() {
        var before = observed(read(), View.ADJ_RIB_OUT_POST, UPSTREAM);
        // BIRD prints the time of a route a millisecond off at times.
        edits.put(
                EXPORT,
                text -> text.replaceFirst("\tBGP.large_community: .*\n", "").replace("04:34:57.560", "04:34:57.561"));

        var stripped = observed(read(), View.ADJ_RIB_OUT_POST, UPSTREAM);

        assertThat(before.command()).endsWith("show route exported upstream all");
        assertThat(largeCommunities(before)).containsExactly(1, 1);
        assertThat(largeCommunities(stripped)).containsExactlyInAnyOrder(0, 1);
        assertThat(stripped.table().observed().includes(Attribute.AS_PATH)).isFalse();
    }

    /** A filter that was changed in between lets through what was not exported, or no more what was. */
    @ParameterizedTest
    @CsvSource({"fd00:101:fe::22/128, fd00:101:fe::23/128", "04:34:57, 04:34:58"})
    void shouldTellNoCommunitiesWhereTheTwoListsOfExportsDiffer(String printed, String otherwise) {
        edits.put(EXPORT, text -> {
            assertThat(text).contains(printed);
            return text.replace(printed, otherwise);
        });

        var exported = observed(read(), View.ADJ_RIB_OUT_POST, UPSTREAM);

        assertThat(prefixes(read(), View.ADJ_RIB_OUT_POST, UPSTREAM))
                .containsExactlyInAnyOrder("fd00:101:fe::22/128", "fd00:101:224:3::/64");
        assertThat(exported.table().observed().attributes())
                .containsExactlyInAnyOrder(Attribute.PROTOCOL, Attribute.FROM);
    }

    private static List<Integer> largeCommunities(Observed exported) {
        return exported.table().rows().stream()
                .map(row ->
                        ((Route) row).paths().getFirst().communities().large().size())
                .toList();
    }

    @Test
    void shouldTakeWhatTheFilterWouldLetThroughWhereNothingTellsWhatItDid() {
        edits.put(EXPORTED, text -> text.substring(0, text.indexOf("fd00:101:224:3::")));

        var export = observed(read(), View.ADJ_RIB_OUT_POST, UPSTREAM);

        assertThat(export.command()).endsWith("show route export upstream all");
        assertThat(export.table().observed().includes(Attribute.LARGE_COMMUNITIES))
                .isTrue();
        assertThat(export.table().observed().includes(Attribute.AS_PATH)).isFalse();
        assertThat(((Route) export.table().rows().getFirst())
                        .paths()
                        .getFirst()
                        .communities()
                        .large())
                .hasSize(1);
    }

    @Test
    void shouldNotTakeACutListOfExportsForAWithdrawal() {
        read();
        edits.put(EXPORTED, text -> BANNER);
        edits.put(EXPORT, text -> BANNER);

        assertThat(failure(read(), View.ADJ_RIB_OUT_POST, UPSTREAM)).isEqualTo(FailureReason.INCONSISTENT);
    }

    @Test
    void shouldTellExportsToAnotherProtocolByWhereTheyCameFrom() throws IOException {
        var toCilium = Files.readString(
                RealScrape.FOLDER.resolve("solwk02/bird").resolve("show_route_exported_cilium_all.txt"));
        read();
        edits.put(EXPORTED, text -> toCilium);
        edits.put(EXPORT, text -> toCilium);

        assertThat(of(read(), View.ADJ_RIB_OUT_POST, UPSTREAM)).isInstanceOfSatisfying(NotObserved.class, not -> {
            assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
            assertThat(not.detail()).contains("show route exported upstream", "another protocol");
        });
    }

    @Test
    void shouldTakeAnEmptyListForNoExportsIfTheProtocolsAgree() {
        read();
        edits.put(EXPORTED, text -> BANNER);
        edits.put(PROTOCOLS, text -> text.replace(" 2 exported", " 0 exported"));

        assertThat(prefixes(read(), View.ADJ_RIB_OUT_POST, UPSTREAM)).isEmpty();
    }

    /** No count tells of what was refused; but what is neither exported nor refused must be missing. */
    @Test
    void shouldNotTakeACutListOfRefusalsForAnEmptyOne() {
        read();
        edits.put(NOEXPORT, text -> BANNER);

        var failed = read().get("adj-rib-out-rejected " + CILIUM);

        assertThat(failed).isInstanceOfSatisfying(NotObserved.class, not -> {
            assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
            assertThat(not.detail()).contains("fd00:101:fe::22/128");
        });
    }

    @ParameterizedTest
    @CsvSource({"show_route_all.txt", "show_route_exported_cilium_all.txt", "show_protocols_all.txt"})
    void shouldNotBelieveAListOfRefusalsWithoutWhatAccountsForTheRest(String missing) {
        read();
        edits.put(missing, text -> "");
        edits.put("show_route_export_cilium_all.txt", text -> "");

        assertThat(read().get("adj-rib-out-rejected " + CILIUM)).isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldNotBelieveAListOfRefusalsWhereSeveralPathsMayBeSent() {
        read();
        edits.put(
                PROTOCOLS,
                text -> text.replace(
                        "    Local capabilities\n", "    Local capabilities\n      ADD-PATH\n        TX: ipv6\n"));

        assertThat(failure(read(), View.ADJ_RIB_OUT_REJECTED, CILIUM)).isEqualTo(FailureReason.INCONSISTENT);
    }

    @Test
    void shouldNotTakeUnkeptRefusalsForNone() {
        read();
        edits.put(PROTOCOLS, text -> text.replace(" 0 filtered,", ""));

        var failed = read().get("adj-rib-in-rejected " + UPSTREAM);

        assertThat(failed).isInstanceOfSatisfying(NotObserved.class, not -> {
            assertThat(not.reason()).isEqualTo(FailureReason.NO_SUCH_TABLE);
            assertThat(not.detail()).contains("import keep filtered");
        });
    }

    @Test
    void shouldSortWhatWasFilteredByTheNeighbourThatSentIt() {
        edits.put(
                "show_route_filtered_all.txt",
                text -> BANNER + "Table master6:\n" + filtered("fd00:1::/64", "upstream", "fd00:101::fffe")
                        + filtered("fd00:2::/64", "cilium", "::1"));
        edits.put(PROTOCOLS, text -> text.replace(" 0 filtered,", " 1 filtered,"));

        var seen = read();

        assertThat(prefixes(seen, View.ADJ_RIB_IN_REJECTED, UPSTREAM)).containsExactly("fd00:1::/64");
        assertThat(prefixes(seen, View.ADJ_RIB_IN_REJECTED, CILIUM)).containsExactly("fd00:2::/64");
        assertThat(seen.get("adj-rib-in-rejected " + UPSTREAM))
                .isInstanceOfSatisfying(
                        Observed.class,
                        o -> assertThat(o.table().rows().getFirst().stamp()).isPresent());
    }

    /** session-flap, 1795408976543: BIRD has started again, and GoBGP has not yet come back. */
    @Test
    void shouldTakeTheViewsOfASessionThatIsDownForEmptyWithTheSessionAsTheReason() {
        read();
        edits.put(PROTOCOLS, BirdViewsTest::withCiliumDown);
        for (var what : List.of("export", "exported", "noexport")) {
            edits.put("show_route_" + what + "_cilium_all.txt", text -> FAILED);
        }

        var seen = read();

        for (var view : List.of(View.ADJ_RIB_OUT_POST, View.ADJ_RIB_OUT_REJECTED, View.ADJ_RIB_IN_REJECTED)) {
            assertThat(observed(seen, view, CILIUM).table().rows()).isEmpty();
            assertThat(observed(seen, view, CILIUM).command()).endsWith("show protocols all");
        }
        assertThat(prefixes(seen, View.ADJ_RIB_OUT_POST, UPSTREAM)).hasSize(2);
    }

    @Test
    void shouldNotTakeTheViewsOfANeighbourThatIsNotListedForEmpty() {
        read();
        edits.put(
                PROTOCOLS,
                text -> text.substring(0, text.indexOf("cilium ")) + text.substring(text.indexOf("upstream ")));

        assertThat(failure(read(), View.ADJ_RIB_OUT_POST, CILIUM)).isEqualTo(FailureReason.INCONSISTENT);
    }

    @Test
    void shouldTellInTheDaemonsWordsWhyNothingWasObserved() {
        read();
        edits.put(PROTOCOLS, text -> FAILED);
        edits.put(EXPORTED, text -> FAILED);
        edits.put(EXPORT, text -> FAILED);

        assertThat(read().get("adj-rib-out-post " + UPSTREAM))
                .isInstanceOfSatisfying(
                        NotObserved.class, not -> assertThat(not.detail()).contains("No valid tables"));
    }

    /** What stands in the session table decides, or the protocol that is down would empty the views of the other. */
    @Test
    void shouldReadTheViewsOfTheSessionThatIsUpWhereTwoProtocolsHaveTheSameNeighbour() {
        edits.put(
                PROTOCOLS,
                text -> withCiliumDown(text)
                        .replace("    Neighbor address: ::1\n", "    Neighbor address: fd00:101::fffe\n"));

        var seen = read();

        assertThat(prefixes(seen, View.ADJ_RIB_OUT_POST, UPSTREAM)).hasSize(2);
        assertThat(seen).doesNotContainKey("adj-rib-out-post " + CILIUM);
    }

    @Test
    void shouldReadWhatTheControlSocketAnswers() {
        var socket = List.of("socat", "-", "UNIX-CONNECT:/run/bird.ctl");
        var up = "1002-up         BGP        ---        up     2026-11-23 04:02:54.416  Established   \n"
                + "1006-  BGP state:          Established\n     Neighbor address: fe80::1%eth0\n"
                + "     Neighbor AS:      65000\n     Local AS:         65020\n"
                + "   Channel ipv6\n     State:          UP\n     Table:          t6\n"
                + "     Routes:         0 imported, 1 exported, 0 preferred\n \n";
        var commands = List.of(
                answer(
                        socket,
                        "show protocols all",
                        "2002-Name       Proto      Table      State  Since         Info\n" + up + "0000 \n"),
                answer(
                        socket,
                        "show route exported up",
                        "1007-Table t6:\n"
                                + " fd20:9::/64          unicast [st6 1795406572.336000] ! (200)\n \tvia fd00:99::1 on p0\n0000 \n"),
                answer(socket, "show route noexport up all table t6", "1007-Table t6:\n0000 \n"));

        var seen = byName(bird.read(RealScrape.AT, RealScrape.AT.plusSeconds(1), commands, Optional.empty()));

        var exported = observed(seen, View.ADJ_RIB_OUT_POST, "fe80::1%eth0");
        assertThat(exported.table().observed().attributes()).containsExactly(Attribute.PROTOCOL);
        assertThat(((Route) exported.table().rows().getFirst())
                        .paths()
                        .getFirst()
                        .flags())
                .contains(PathFlag.BEST);
        assertThat(prefixes(seen, View.ADJ_RIB_OUT_REJECTED, "fe80::1%eth0")).isEmpty();
    }

    /** A list with its end mark that lacks a neighbour proves that there is no session with it. */
    @Test
    void shouldTakeTheViewsOfANeighbourForEmptyThatAWholeListLacks() {
        shouldReadWhatTheControlSocketAnswers();
        var socket = List.of("socat", "-", "UNIX-CONNECT:/run/bird.ctl");
        var commands = List.of(answer(
                socket,
                "show protocols all",
                "2002-Name       Proto      Table      State  Since         Info\n0000 \n"));

        var seen = byName(bird.read(RealScrape.AT, RealScrape.AT.plusSeconds(1), commands, Optional.empty()));

        assertThat(prefixes(seen, View.ADJ_RIB_OUT_POST, "fe80::1%eth0")).isEmpty();
    }

    private static String withCiliumDown(String protocols) {
        int cilium = protocols.indexOf("cilium ");
        int end = protocols.indexOf("\n\n", cilium);
        return protocols.substring(0, cilium)
                + protocols
                        .substring(cilium, end)
                        .replace("BGP state:          Established", "BGP state:          Passive")
                        .replaceAll("    Routes:.*\n", "")
                + protocols.substring(end);
    }

    private static String filtered(String prefix, String protocol, String nextHop) {
        return prefix + "          unicast [" + protocol + " 2026-11-23 04:35:41.950] * (100) [AS65010?]\n\tvia "
                + nextHop
                + " on eth0\n\tType: BGP univ\n\tBGP.origin: Incomplete\n\tBGP.as_path: 65010\n\tBGP.next_hop: "
                + nextHop + "\n\tBGP.local_pref: 100\n";
    }

    /** The recorded scrape with its edits. */
    private Map<String, Observation> read() {
        var commands = new ArrayList<CommandResult>();
        for (var command : RealScrape.commands("solwk02/bird", Duration.ZERO, this::edited)) {
            commands.add(
                    hasFailed(command)
                            ? new CommandResult(
                                    command.argv(),
                                    command.from(),
                                    command.to(),
                                    1,
                                    "",
                                    () -> stream(BANNER + "No valid tables\n"))
                            : command);
        }
        return byName(bird.read(RealScrape.AT, RealScrape.AT.plusSeconds(1), commands, Optional.empty()));
    }

    private byte[] edited(String file, byte[] recorded) {
        var edited =
                edits.getOrDefault(file, UnaryOperator.identity()).apply(new String(recorded, StandardCharsets.UTF_8));
        return edited.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasFailed(CommandResult command) {
        try (var in = command.output().open()) {
            return in.read() == FAILED.charAt(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandResult answer(List<String> program, String command, String printed) {
        var argv = new ArrayList<>(program);
        argv.add(command);
        return new CommandResult(argv, RealScrape.AT, RealScrape.AT.plusMillis(1), 0, "", () -> stream(printed));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Observation> byName(List<Observation> seen) {
        var byName = new HashMap<String, Observation>();
        seen.forEach(o -> byName.put(
                o.rib().view() + o.rib().peer().map(peer -> " " + peer).orElse(""), o));
        return byName;
    }

    private static Observed observed(Map<String, Observation> seen, View view, String peer) {
        var observation = of(seen, view, peer);
        assertThat(observation).as(view + " of " + peer).isInstanceOf(Observed.class);
        return (Observed) observation;
    }

    private static FailureReason failure(Map<String, Observation> seen, View view, String peer) {
        var observation = of(seen, view, peer);
        assertThat(observation).isInstanceOf(NotObserved.class);
        return ((NotObserved) observation).reason();
    }

    private static Observation of(Map<String, Observation> seen, View view, String peer) {
        return Optional.ofNullable(seen.get(view + " " + peer)).orElseThrow();
    }

    private static List<String> prefixes(Map<String, Observation> seen, View view, String peer) {
        return observed(seen, view, peer).table().rows().stream()
                .map(row -> ((Route) row).prefix().toString())
                .toList();
    }
}
