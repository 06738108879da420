package dev.hoplog.ingest;

import dev.hoplog.ingest.read.CommandResult;
import dev.hoplog.ingest.read.DaemonReader;
import dev.hoplog.ingest.read.HopReader;
import dev.hoplog.ingest.read.Observation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The commands of one hop, and what they printed: in a recording, or in golden files that belong together.
 *
 * @param printed by the command of the same number
 */
public record Scrape(String name, String daemon, List<CommandResult> commands, List<byte[]> printed) {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String FRR = "vtysh -c show bgp vrf vrf_fmt ipv6 unicast ";

    /** One of each daemon, from a recording. */
    public static Stream<Scrape> recorded() throws IOException {
        var scrapes = new ArrayList<Scrape>();
        for (var hop : List.of("pve02/frr", "pve02/kernel", "solwk02/bird", "solwk02/gobgp")) {
            var commands = RealScrape.commands(hop, Duration.ZERO, (file, octets) -> octets);
            var printed = new ArrayList<byte[]>();
            for (var command : commands) {
                try (var in = command.output().open()) {
                    printed.add(in.readAllBytes());
                }
            }
            scrapes.add(new Scrape(hop, hop.substring(hop.indexOf('/') + 1), commands, printed));
        }
        return scrapes.stream();
    }

    /** What no recording has: FRR's tables of one neighbour and zebra's, BIRD's pipes, Cilium, Talos. */
    public static Stream<Scrape> ofGoldenFiles() throws IOException {
        return Stream.of(
                neighbours("frr-8.4.4"),
                neighbours("frr-10.3"),
                zebra("frr-8.4.4"),
                pipes("birdc show route table all all", "bird_tables_all.txt"),
                pipes("birdc show route table q6 all", "bird_route_q6.txt"),
                ofAllFamilies("frr-10.3"),
                of(
                        "cilium",
                        "cilium",
                        "cilium-dbg bgp routes available ipv6 unicast -o json",
                        "cilium/CONSTRUCTED_bgp_routes_available_ipv6_unicast.json",
                        "cilium-dbg bgp routes advertised ipv6 unicast -o json",
                        "cilium/CONSTRUCTED_bgp_routes_advertised_ipv6_unicast.json",
                        "curl http://localhost/v1/bgp/routes?table_type=adj-rib-in&afi=ipv6&safi=unicast&router_asn=65010&neighbor=fd00:99::20",
                        "cilium/CONSTRUCTED_bgp_routes_adj_rib_in_ipv6_unicast.json",
                        "cilium-dbg bgp peers -o json",
                        "cilium/CONSTRUCTED_bgp_peers.json"),
                of(
                        "cilium by way of Kubernetes",
                        "cilium",
                        "kubectl get ciliumbgpnodeconfig solwk02 -o json",
                        "cilium/CONSTRUCTED_kubectl_ciliumbgpnodeconfig.json"),
                of("talos in JSON", "talos", "talosctl get routes -o json", "talos/CONSTRUCTED_get_routes.json"),
                of("talos in YAML", "talos", "talosctl get routes -o yaml", "talos/CONSTRUCTED_get_routes.yaml"));
    }

    private static Scrape neighbours(String version) throws IOException {
        return of(
                version + " neighbours",
                "frr",
                FRR + "summary json",
                version + "/summary.json",
                FRR + "neighbors fd00:99::20 advertised-routes json",
                version + "/adv_bird.json",
                FRR + "neighbors fd00:97::10 received-routes json",
                version + "/rcv_gobgp.json",
                FRR + "neighbors fd00:97::10 filtered-routes json",
                version + "/filt_gobgp.json");
    }

    /** The same summary as bgpd nests it where no family is named, beside one of another family. */
    private static Scrape ofAllFamilies(String version) throws IOException {
        var one = neighbours(version);
        var summary = new String(one.printed.getFirst(), StandardCharsets.UTF_8);
        var nested = "{\n\"ipv6Unicast\":" + summary + ",\n\"l2VpnEvpn\":" + summary + "}\n";
        var printed = new ArrayList<>(one.printed);
        printed.set(0, nested.getBytes(StandardCharsets.UTF_8));
        var commands = new ArrayList<>(one.commands);
        commands.set(
                0,
                new CommandResult(
                        List.of("vtysh", "-c", "show bgp vrf vrf_fmt summary json"),
                        RealScrape.AT,
                        RealScrape.AT.plusSeconds(1),
                        0,
                        "",
                        () -> new ByteArrayInputStream(printed.getFirst())));
        return new Scrape(version + " summary of all families", one.daemon, commands, printed);
    }

    private static Scrape zebra(String version) throws IOException {
        return of(
                version + " zebra",
                "frr",
                FRR + "summary json",
                version + "/summary.json",
                "vtysh -c show ipv6 route vrf vrf_fmt json",
                version + "/ipv6_route.json");
    }

    private static Scrape pipes(String listing, String file) throws IOException {
        var folder = "bird-2.0.12-pipes/";
        return of(
                "pipes of bird: " + listing,
                "bird",
                "birdc show status",
                folder + "bird_status.txt",
                "birdc show protocols all",
                folder + "bird_protocols_all.txt",
                listing,
                folder + file);
    }

    /** @param linesAndFiles a command line, and the file with what it prints, in turn */
    private static Scrape of(String name, String daemon, String... linesAndFiles) throws IOException {
        var commands = new ArrayList<CommandResult>();
        var printed = new ArrayList<byte[]>();
        for (int i = 0; i < linesAndFiles.length; i += 2) {
            var octets = Files.readAllBytes(GOLDEN.resolve(linesAndFiles[i + 1]));
            // What vtysh is to do is one word.
            var argv = List.of(linesAndFiles[i].split(linesAndFiles[i].startsWith("vtysh") ? " (?=-c)|(?<=-c) " : " "));
            commands.add(new CommandResult(
                    argv, RealScrape.AT, RealScrape.AT.plusSeconds(1), 0, "", () -> new ByteArrayInputStream(octets)));
            printed.add(octets);
        }
        return new Scrape(name, daemon, commands, printed);
    }

    /** As if one command had printed something else. */
    public List<CommandResult> with(int number, byte[] octets) {
        var replaced = new ArrayList<>(commands);
        var command = commands.get(number);
        replaced.set(
                number,
                new CommandResult(
                        command.argv(),
                        command.from(),
                        command.to(),
                        command.exitStatus(),
                        command.stderr(),
                        () -> new ByteArrayInputStream(octets)));
        return replaced;
    }

    public HopReader reader() {
        return new HopReader("lab", "n", daemon, DaemonReader.of(daemon).orElseThrow());
    }

    public static List<Observation> read(HopReader reader, List<CommandResult> commands) {
        return reader.read(RealScrape.AT, RealScrape.AT.plusSeconds(10), commands, Optional.empty());
    }

    @Override
    public String toString() {
        return name;
    }
}
