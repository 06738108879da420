package dev.hoplog.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.ingest.read.DaemonReader;
import dev.hoplog.ingest.read.Observation;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one command printed is read as a scrape of it, or refused with what to do. */
class SingleOutputTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Instant AT = Instant.parse("2026-11-23T04:22:00Z");
    private static final String FRR_TABLE = "vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json'";
    private static final String BIRD_TABLE = "birdc show route table t6 all";

    @TempDir
    private Path home;

    /** The numbers of rows were counted in the files: prefixes; peers and the daemon; {@code dst} of one table and family. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            frr-8.4.4/bgp_table.json         | n/frr/vrf_fmt | vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json'                                            | n/frr/vrf_fmt/ipv6-unicast/loc-rib                      | 18
            frr-8.4.4/bgp_table_detail.json  | n/frr/vrf_fmt | vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json detail'                                     | n/frr/vrf_fmt/ipv6-unicast/loc-rib                      | 18
            frr-10.3/bgp_table.json          | n/frr/vrf_fmt | show bgp vrf vrf_fmt ipv6 unicast json                                                       | n/frr/vrf_fmt/ipv6-unicast/loc-rib                      | 18
            frr-10.3/bgp_table_detail.json   | n/frr/vrf_fmt | show bgp vrf vrf_fmt ipv6 unicast json detail                                                | n/frr/vrf_fmt/ipv6-unicast/loc-rib                      | 18
            frr-10.3/empty_table.json        | n/frr/default | show bgp ipv6 unicast json                                                                   | n/frr/default/ipv6-unicast/loc-rib                      | 0
            frr-10.3/summary.json            | n/frr/vrf_fmt | show bgp vrf vrf_fmt ipv6 unicast summary json                                               | n/frr/vrf_fmt/ipv6-unicast/sessions                     | 7
            frr-10.3/adv_bird.json           | n/frr/vrf_fmt | show bgp vrf vrf_fmt ipv6 unicast neighbors fd00:99::20 advertised-routes json               | n/frr/vrf_fmt/ipv6-unicast/adj-rib-out-post/peer=fd00:99::20 | 7
            frr-10.3/ipv6_route.json         | n/frr/vrf_fmt | vtysh -c 'show ipv6 route vrf vrf_fmt json'                                                  | n/frr/vrf_fmt/ipv6-unicast/fib                          | 24
            gobgp-3.10/gobgp_rib.json        | n/gobgp/global | gobgp global rib -a ipv6 -j                                                                 | n/gobgp/global/ipv6-unicast/loc-rib                     | 18
            gobgp-4.8/gobgp_rib.json         | n/gobgp/global | gobgp global rib -a ipv6 -j                                                                 | n/gobgp/global/ipv6-unicast/loc-rib                     | 17
            gobgp-4.8/gobgp_adjout.json      | n/gobgp/global | gobgp neighbor fd00:99::1 adj-out -a ipv6 -j                                                | n/gobgp/global/ipv6-unicast/adj-rib-out-post/peer=fd00:99::1 | 10
            gobgp-4.8/gobgp_empty.json       | n/gobgp/global | gobgp global rib -j                                                                         | n/gobgp/global/ipv4-unicast/loc-rib                     | 0
            cilium/CONSTRUCTED_bgp_routes_available_ipv6_unicast.json | n/cilium/65010 | cilium-dbg bgp routes available ipv6 unicast -o json               | n/cilium/65010/ipv6-unicast/loc-rib                     | 17
            linux/ip_j_d_6_route_table77.json                         | n/kernel/77    | ip -j -d -6 route show table 77                                    | n/kernel/77/ipv6-unicast/fib                            | 16
            linux/ip_j_d_6_route_table_all.json                       | n/kernel/main  | ip -j -d -6 route show table all                                   | n/kernel/main/ipv6-unicast/fib                          | 3
            """)
    void shouldReadWhatEachDaemonPrints(String file, String hop, String command, String rib, int rows)
            throws Exception {
        assertThat(read(GOLDEN.resolve(file), hop, command, false))
                .filteredOn(o -> o.rib().key().equals("lab/" + rib))
                .singleElement()
                .isInstanceOfSatisfying(
                        Observed.class, o -> assertThat(o.table().rows().size()).isEqualTo(rows));
    }

    @ParameterizedTest
    @ValueSource(strings = {"birdc show route table t6 all", "birdc show route table master6 all"})
    void shouldSayWhatAListingOfBirdStumblesOverWhateverItsFamily(String command) throws Exception {
        var table = command.split(" ")[4];
        var listing = Files.writeString(home.resolve("listing.txt"), """
                BIRD 2.15.1 ready.
                Table %s:
                fd00:1::/64          unicast [b1 2026-11-23 from fe80::5] * (100/?) [AS65010i]
                	via fe80::5 on eth0
                	Type: BGP univ
                fd00:4::/64          unicast [babel1 2026-11-23] * (130/96) [00:00:00:00:0a:00:00:01]
                	via fe80::9 wg0
                	Type: Babel univ
                """.formatted(table));

        for (var vouched : List.of(true, false)) {
            assertThatExceptionOfType(BadCapture.class)
                    .isThrownBy(() -> read(listing, "n/bird/" + table, command, vouched))
                    .withMessageContaining("no attribute: '\\u0009via fe80::9 wg0' (line 7)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bird-2.0.12", "bird-2.17.5", "bird-3.4.0"})
    void shouldReadAListingOfBirdcIfSomebodyVouchesForIt(String version) throws Exception {
        var listing = GOLDEN.resolve(version).resolve("bird_route_all.txt");
        var prefixes = Files.readAllLines(listing).stream()
                .filter(line -> line.matches("[0-9a-f:]+/\\d+ .*"))
                .count();

        assertRefused(listing, "n/bird/t6", BIRD_TABLE, "birdc marks no end", "--whole");
        assertThat(read(listing, "n/bird/t6", BIRD_TABLE, true))
                .singleElement()
                .isInstanceOfSatisfying(
                        Observed.class, o -> assertThat(o.table().rows().size()).isEqualTo(prefixes));
        assertThat(read(listing, "n/bird/t6", "show route table t6 all", true)).hasSize(1);
    }

    /** As a terminal prints it, and as it is pasted from one. */
    @ParameterizedTest
    @ValueSource(strings = {"bird-2.0.12", "bird-2.17.5", "bird-3.4.0"})
    void shouldReadAListingOfBirdcFromATerminal(String version) throws Exception {
        var listing = Files.readString(GOLDEN.resolve(version).resolve("bird_route_all.txt"));
        var whole = table(read(GOLDEN.resolve(version).resolve("bird_route_all.txt"), "n/bird/t6", BIRD_TABLE, true));
        var pasted = Files.writeString(home.resolve("pasted.txt"), listing.stripTrailing());
        var typed = Files.writeString(home.resolve("typed.txt"), listing.replace("\n", "\r\n"));

        assertThat(table(read(pasted, "n/bird/t6", BIRD_TABLE, true))).isEqualTo(whole);
        assertThat(table(read(typed, "n/bird/t6", BIRD_TABLE, true))).isEqualTo(whole);
        assertThat(table(read(typed, "n/bird/t6", "show route table t6 all", true)))
                .isEqualTo(whole);
        assertRefused(pasted, "n/bird/t6", BIRD_TABLE, "the last line breaks off", "--whole");
        assertRefused(typed, "n/bird/t6", BIRD_TABLE, "birdc marks no end", "--whole");
    }

    @Test
    void shouldNotBeVouchedPastWhatIsSeenToBeMissing() throws Exception {
        var whole = Files.readString(GOLDEN.resolve("bird-2.17.5/bird_route_all.txt"));
        var cut = Files.writeString(
                home.resolve("cut.txt"),
                whole.substring(0, whole.stripTrailing().lastIndexOf("\tBGP.next_hop")));
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> read(cut, "n/bird/t6", BIRD_TABLE, true))
                .withMessageContaining("proves nothing of n/bird/t6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bird-2.0.12", "bird-2.17.5", "bird-3.4.0"})
    void shouldNeedNoWordForAReplyOfTheControlSocket(String version) throws Exception {
        var session = Files.readString(GOLDEN.resolve(version).resolve("bird_raw_socket.txt"));
        var asked = ">>> show route table t6 all\n";
        var reply = session.substring(session.indexOf(asked) + asked.length()).split(">>> ", 2)[0];
        var file = Files.writeString(home.resolve("reply.txt"), reply);

        assertThat(read(file, "n/bird/t6", "show route table t6 all", false))
                .singleElement()
                .isInstanceOf(Observed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "bird-2.0.12, birdc -v show route table empty6 all",
        "bird-2.17.5, birdc -v show route table empty6 all",
        "bird-3.4.0, ssh solwk02 birdc -v show route all table empty6",
    })
    void shouldReadAnEmptyTableOfBirdIfSomebodySaysItsFamily(String version, String command) throws Exception {
        var empty = GOLDEN.resolve(version).resolve("bird_empty_v.txt");

        assertThat(output(empty, "n/bird/empty6", command, true)
                        .ofFamily("ipv6")
                        .read("lab"))
                .singleElement()
                .isInstanceOfSatisfying(Observed.class, o -> {
                    assertThat(o.rib().key()).isEqualTo("lab/n/bird/empty6/ipv6-unicast/loc-rib");
                    assertThat(o.table().rows()).isEmpty();
                });
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> read(empty, "n/bird/empty6", command, true))
                .withMessageContaining("does not show of which family it is (say --family ipv4 or --family ipv6)");
        assertRefused(empty, "n/bird/empty6", command, "birdc marks no end", "--whole", "--family ipv6");
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> output(empty, "n/bird/empty6", command, false)
                        .ofFamily("ipv6")
                        .read("lab"))
                .withMessageContaining("say so with --whole");
    }

    @Test
    void shouldNeedOnlyTheFamilyOfAnEmptyTableThatTheControlSocketShows() throws Exception {
        var reply = Files.writeString(home.resolve("reply.txt"), "1007-Table t6:\n0000 \n");

        assertRefused(reply, "n/bird/t6", "show route table t6 all", "(say --family ipv4 or --family ipv6)");
        assertThat(output(reply, "n/bird/t6", "show route table t6 all", false)
                        .ofFamily("ipv4")
                        .read("lab"))
                .singleElement()
                .satisfies(o -> assertThat(o.rib().key()).isEqualTo("lab/n/bird/t6/ipv4-unicast/loc-rib"));
    }

    @Test
    void shouldNotTakeAFamilyThatTheOutputDenies() throws Exception {
        var listing = GOLDEN.resolve("bird-3.4.0/bird_route_all.txt");
        var banner = Files.writeString(home.resolve("banner.txt"), "BIRD 3.4.0 ready.\n");

        assertThat(output(listing, "n/bird/t6", BIRD_TABLE, true)
                        .ofFamily("ipv6")
                        .read("lab"))
                .singleElement()
                .isInstanceOf(Observed.class);
        for (var command : List.of(BIRD_TABLE, "birdc show route all")) {
            assertThatExceptionOfType(BadCapture.class)
                    .isThrownBy(() -> output(listing, "n/bird/t6", command, true)
                            .ofFamily("ipv4")
                            .read("lab"));
            assertThatExceptionOfType(BadCapture.class)
                    .as("it is not said that there is such a table")
                    .isThrownBy(() -> output(banner, "n/bird/t6", command, true)
                            .ofFamily("ipv6")
                            .read("lab"));
        }
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> output(listing, "n/bird/t6", BIRD_TABLE, true).ofFamily("inet6"))
                .withMessageContaining("expected ipv4 or ipv6");
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> output(
                                GOLDEN.resolve("frr-10.3/empty_table.json"),
                                "n/frr/default",
                                "show bgp ipv6 unicast json",
                                false)
                        .ofFamily("ipv6"))
                .withMessageContaining("an empty table of BIRD");
    }

    @Test
    void shouldReadTheBoundsOutwards() throws Exception {
        var output = SingleOutput.of(
                GOLDEN.resolve("frr-10.3/bgp_table.json"),
                "n/frr/vrf_fmt",
                Optional.of(FRR_TABLE),
                AT.plusNanos(1_500),
                Optional.of(AT.plusNanos(2_500)),
                false);
        assertThat(output.read("lab")).singleElement().satisfies(o -> {
            assertThat(o.from()).isEqualTo(AT.plusNanos(1_000));
            assertThat(o.to()).isEqualTo(AT.plusNanos(3_000));
            assertThat(o.command()).isEqualTo(FRR_TABLE);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            frr-10.3/bgp_table.json            | n/frr/vrf_fmt  | vtysh -c 'show bgp ipv6 unicast json' | the command asks for n/frr/default: mend --command
            frr-10.3/bgp_table.json            | n/frr/other    | vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json' | shows n/frr/vrf_fmt, and not n/frr/other
            frr-10.3/bgp_table.json            | n/frr          | show bgp vrf vrf_fmt ipv6 unicast json            | --hop: not a hop: 'n/frr'
            frr-10.3/bgp_table.json            | n/quagga/x     | show bgp ipv6 unicast json                        | expected one of frr, bird, gobgp, cilium, talos, kernel
            frr-10.3/bgp_table.json            | n/frr/vrf_fmt  | birdc show route all                              | is not known to show a whole table of frr
            frr-10.3/nosuch.json               | n/frr/vrf_fmt  | show bgp vrf vrf_fmt ipv6 unicast json            | nosuch.json does not exist
            frr-10.3                           | n/frr/vrf_fmt  | show bgp vrf vrf_fmt ipv6 unicast json            | replayed without --hop
            frr-10.3/prefix_comm.json          | n/frr/vrf_fmt  | show bgp vrf vrf_fmt ipv6 unicast fd10:2::/64 json | vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json'
            frr-10.3/prefix_comm.json          | n/frr/vrf_fmt  | show bgp vrf vrf_fmt ipv6 unicast json            | a table without vrfName
            frr-10.3/route_map.json            | n/frr/vrf_fmt  | show route-map json                               | is not known to show a whole table
            frr-10.3/adv_bird.json             | n/frr/vrf_fmt  | show bgp vrf vrf_fmt neighbors fd00:99::20 advertised-routes json | bgpd 8.4 to 10.x shows IPv6 where none is named
            frr-10.3/err_unknown_vrf.json      | n/frr/nosuch   | show bgp vrf nosuch ipv6 unicast json             | View/Vrf is unknown
            frr-8.4.4/down_bgpd.txt            | n/frr/vrf_fmt  | show bgp vrf vrf_fmt ipv6 unicast json            | bgpd is not running
            bird-3.4.0/bird_status.txt         | n/bird/t6      | birdc show status                                 | birdc show route table t6 all
            bird-3.4.0/bird_protocols_all.txt  | n/bird/t6      | birdc show protocols all                          | beside them did not
            bird-3.4.0/bird_exported.txt       | n/bird/t6      | birdc show route table t6 exported frr_dut        | no 'show protocols all' beside it
            bird-3.4.0/bird_route_all.txt      | n/bird/t6      | birdc show route all                              | birdc marks no end
            bird-3.4.0/bird_route_all.txt      | n/bird/master6 | birdc show route all                              | shows n/bird/t6, and not n/bird/master6
            gobgp-4.8/gobgp_neigh.json         | n/gobgp/global | gobgp neighbor -j                                 | gobgp global rib -a ipv6 -j
            frr-10.3/bgp_table.json            | n/frr/vrf_fmt  | show bgp vrf vrf_fmt ipv6 unicast neighbors fd00:99::20 routes json | is not known to show a whole table
            frr-10.3/bgp_table.json            | n/cilium/65010 | cilium bgp routes available ipv6 unicast -o json  | ask cilium-dbg in the pod of one node's agent
            cilium/CONSTRUCTED_bgp_routes_empty.json | n/cilium/65010 | cilium-dbg bgp routes available ipv6 unicast -o json | vrouter 65010
            talos/CONSTRUCTED_get_routes.json  | n/talos/mian   | talosctl get routes -o json                       | shows n/talos/
            linux/ip_j_empty_table.json        | n/kernel/999   | ip -j -6 route show table 999                     | give all that the command printed
            linux/ip_d_6_route_vrfns_zebra.txt | n/kernel/main  | ip -d -6 route                                    | ip -j -6 route show table main
            """)
    void shouldSayWhatToGiveInstead(String file, String hop, String command, String words) {
        assertRefused(GOLDEN.resolve(file), hop, command, words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n/frr/vrf_fmt  | show bgp vrf vrf_fmt ipv6 unicast json
            n/bird/t6      | birdc show route table t6 all
            n/bird/t6      | show route table t6 all
            n/gobgp/global | gobgp global rib -a ipv6 -j
            n/cilium/65010 | cilium-dbg bgp routes available ipv6 unicast vrouter 65010 -o json
            n/talos/main   | talosctl get routes -o json
            n/kernel/main  | ip -j -6 route
            """)
    void shouldNeverReadAnEmptyFileAsAnEmptyTable(String hop, String command) throws Exception {
        var empty = Files.createFile(home.resolve("empty"));
        assertRefused(empty, hop, command, "proves nothing of " + hop);
        assertThatExceptionOfType(BadCapture.class).isThrownBy(() -> read(empty, hop, command, true));
    }

    @Test
    void shouldRefuseWhatStandsBeforeTheOutput() throws Exception {
        var table = Files.readString(GOLDEN.resolve("frr-10.3/bgp_table.json"));
        var pasted = Files.writeString(home.resolve("pasted"), "n# show bgp ipv6 unicast json\n" + table);
        assertRefused(pasted, "n/frr/vrf_fmt", FRR_TABLE, "no prompt");
    }

    @Test
    void shouldNotTakeAnArchiveForAnOutput() throws Exception {
        var archive = Files.write(home.resolve("capture.tar.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertRefused(archive, "n/frr/vrf_fmt", FRR_TABLE, "replayed without --hop");
    }

    @Test
    void shouldListWhatCouldHaveBeenAsked() {
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> SingleOutput.of(
                        GOLDEN.resolve("frr-10.3/bgp_table.json"),
                        "n/frr/vrf_fmt",
                        Optional.empty(),
                        AT,
                        Optional.empty(),
                        false))
                .withMessageContaining("say with --command")
                .withMessageContaining("\n  " + FRR_TABLE + "\n");
    }

    @Test
    void shouldSuggestTheControlSocketToo() {
        assertThat(DaemonReader.of("bird").orElseThrow().forms("t6")).contains("show route table t6 all");
    }

    @Test
    void shouldNotSayOfEveryCommandOfFrrThatItLacksAFamily() {
        var frr = DaemonReader.of("frr").orElseThrow();

        assertThat(frr.lacking(List.of("vtysh -c 'show bgp json'"))).contains("ipv6 unicast");
        for (var line : List.of("show ip bgp json", "show bgp ipv6 unicast json", "show bgp fd00::/64 json")) {
            assertThat(frr.lacking(List.of("vtysh -c '" + line + "'"))).isEmpty();
        }
    }

    @Test
    void shouldRefuseAnEndBeforeTheStart() {
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> SingleOutput.of(
                        GOLDEN.resolve("frr-10.3/bgp_table.json"),
                        "n/frr/vrf_fmt",
                        Optional.of(FRR_TABLE),
                        AT,
                        Optional.of(AT.minusNanos(1)),
                        false))
                .withMessageContaining("--until 2026-11-23T04:21:59.999999999Z is before --at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "vrf_fmt", "vrf:blue", "65010", "254"})
    void shouldOnlySuggestCommandsThatItReads(String table) {
        for (var kind : DaemonReader.KINDS) {
            var reader = DaemonReader.of(kind).orElseThrow();
            assertThat(reader.forms(kind.equals("cilium") ? "65010" : table))
                    .isNotEmpty()
                    .allMatch(form -> reader.knows(List.of(form)));
        }
    }

    @ParameterizedTest
    @CsvSource({"bgp.json,bgp", "pve02 bgp.at.noon.txt,pve02-bgp.at.noon", "bgp,bgp", ".json,.json"})
    void shouldNameTheNetworkAfterTheFile(String file, String name) {
        var output = new SingleOutput(
                Path.of(file), HopId.parse("n/frr/default"), FRR_TABLE, AT, AT, false, Optional.empty());
        assertThat(output.name()).isEqualTo(name);
    }

    private static Table table(List<Observation> seen) {
        return ((Observed) seen.getFirst()).table();
    }

    private static void assertRefused(Path file, String hop, String command, String... words) {
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> read(file, hop, command, false))
                .satisfies(refused -> assertThat(refused.problem()).contains(words));
    }

    private static List<Observation> read(Path file, String hop, String command, boolean whole) throws BadCapture {
        return output(file, hop, command, whole).read("lab");
    }

    private static SingleOutput output(Path file, String hop, String command, boolean whole) throws BadCapture {
        return SingleOutput.of(file, hop, Optional.of(command), AT, Optional.empty(), whole);
    }
}
