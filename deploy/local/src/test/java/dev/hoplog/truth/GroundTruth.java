package dev.hoplog.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What really happened while a recording was made, as a second observer saw it: it polled every table 25 times faster,
 * and listened to the kernels.
 *
 * @param start when the recording began
 * @param initial what each table had at the start, by prefix: an opaque text that differs if the route differs
 * @param changes by table and prefix, in their order
 */
record GroundTruth(
        Instant start, Map<RibId, Map<Prefix, String>> initial, Map<RibId, Map<Prefix, List<Change>>> changes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VRF = "vrf_evpnz1";
    private static final String KERNEL = "kernel";

    /** The kernels' changes are stamped when they arrive at the observer, so late by up to this. */
    private static final long KERNEL_ARRIVAL_MILLIS = 100;

    /**
     * A true change in ({@code after}, {@code by}].
     *
     * @param to the state from then on; empty: absent
     */
    record Change(Instant after, Instant by, Optional<String> to) {}

    static GroundTruth of(Recording recording) throws IOException {
        var network = recording.title();
        var lines = Files.readAllLines(recording.groundTruth());
        var truth = new GroundTruth(startIn(lines), new HashMap<>(), new HashMap<>());
        for (var line : lines) {
            var entry = JSON.readTree(line);
            switch (entry.path("kind").asText()) {
                case "rib0" -> truth.addInitial(network, entry);
                case "rib" -> truth.addRibChange(network, entry);
                case "event" -> truth.addKernelChange(network, entry);
                default -> {}
            }
        }
        truth.changes
                .values()
                .forEach(byPrefix ->
                        byPrefix.values().forEach(changes -> changes.sort(Comparator.comparing(Change::by))));
        return truth;
    }

    private static Instant startIn(List<String> lines) throws IOException {
        for (var line : lines) {
            var entry = JSON.readTree(line);
            if (entry.path("kind").asText().equals("t0")) {
                return Instant.ofEpochMilli(entry.path("t_ms").asLong());
            }
        }
        throw new IOException("a ground truth without its start, t0");
    }

    /**
     * The table of ours that a table of the observer's is; empty for those that we do not read. The observer asked FRR for
     * {@code received-routes} and {@code advertised-routes} as the scraper did: at that moment's policy, like it.
     */
    private static Optional<RibId> table(String network, JsonNode entry) {
        var node = entry.path("node").asText();
        var table = entry.path("table").asText().split(":", 2);
        return switch (entry.path("daemon").asText() + " " + table[0]) {
            case "frr bgp_table" -> Optional.of(rib(network, node, "frr", VRF, View.LOC_RIB));
            case "frr zebra_rib" -> Optional.of(rib(network, node, "frr", VRF, View.FIB));
            case "frr adj_in" -> Optional.of(adj(network, node, View.ADJ_RIB_IN_PRE, table[1]));
            case "frr adj_out" -> Optional.of(adj(network, node, View.ADJ_RIB_OUT_POST, table[1]));
            case "bird table" -> Optional.of(rib(network, node, "bird", "master6", View.LOC_RIB));
            // Polled with "show route export", and read from "exported", which shows the same routes.
            case "bird export" -> Optional.of(exported(network, node, neighbour(table[1])));
            case "gobgp global_rib" -> Optional.of(rib(network, node, "gobgp", "global", View.LOC_RIB));
            default -> Optional.empty();
        };
    }

    private static RibId exported(String network, String node, PeerId neighbour) {
        return RibId.adj(
                network,
                new HopId(node, "bird", "master6"),
                AddressFamily.IPV6_UNICAST,
                View.ADJ_RIB_OUT_POST,
                neighbour);
    }

    /** Whom BIRD's protocols of the recordings talk to. */
    private static PeerId neighbour(String protocol) {
        return PeerId.parse(protocol.equals("cilium") ? "::1" : "fd00:101::fffe");
    }

    private static RibId rib(String network, String node, String daemon, String table, View view) {
        return RibId.of(network, new HopId(node, daemon, table), AddressFamily.IPV6_UNICAST, view);
    }

    private static RibId adj(String network, String node, View view, String peer) {
        return RibId.adj(network, new HopId(node, "frr", VRF), AddressFamily.IPV6_UNICAST, view, PeerId.parse(peer));
    }

    private void addInitial(String network, JsonNode entry) {
        table(network, entry).ifPresent(rib -> {
            var routes = initial.computeIfAbsent(rib, r -> new TreeMap<>());
            entry.path("rib")
                    .properties()
                    .forEach(route -> routes.put(
                            Prefix.parse(route.getKey()), route.getValue().asText()));
        });
    }

    private void addRibChange(String network, JsonNode entry) {
        if (entry.path("prefix").asText().equals("_error")) {
            // The observer itself could not read the table, which says nothing of its routes.
            return;
        }
        var to = entry.path("to");
        table(network, entry)
                .ifPresent(rib -> add(
                        rib,
                        Prefix.parse(entry.path("prefix").asText()),
                        new Change(
                                Instant.ofEpochMilli(entry.path("t_after_ms").asLong()),
                                Instant.ofEpochMilli(entry.path("t_ms").asLong()),
                                to.isNull() ? Optional.empty() : Optional.of(to.asText()))));
    }

    private void addKernelChange(String network, JsonNode entry) {
        if (!entry.path("daemon").asText().equals(KERNEL)) {
            return;
        }
        var words = entry.path("raw").asText().split("\\s+");
        boolean deleted = words[0].equals("Deleted");
        var destination = words[deleted ? 1 : 0];
        if (!destination.matches("[0-9a-f:]+(/[0-9]+)?")) {
            // Of an address of the host's own, as "local fd00::2 ...", which is no route to anybody.
            return;
        }
        var arrived = Instant.ofEpochMilli(entry.path("t_ms").asLong());
        var rib = rib(network, entry.path("node").asText(), KERNEL, "main", View.FIB);
        var prefix = Prefix.parse(destination.contains("/") ? destination : destination + "/128");
        if (deleted && changesOf(rib, prefix).isEmpty()) {
            // Nobody noted what the kernels had at the start; what is deleted first was there.
            initial.computeIfAbsent(rib, r -> new TreeMap<>())
                    .put(prefix, entry.path("raw").asText().substring("Deleted ".length()));
        }
        add(
                rib,
                prefix,
                new Change(
                        arrived.minusMillis(KERNEL_ARRIVAL_MILLIS),
                        arrived,
                        deleted
                                ? Optional.empty()
                                : Optional.of(entry.path("raw").asText())));
    }

    private void add(RibId rib, Prefix prefix, Change change) {
        changes.computeIfAbsent(rib, r -> new HashMap<>())
                .computeIfAbsent(prefix, p -> new ArrayList<>())
                .add(change);
    }

    /**
     * Whether a hop uses what the observer noted of it: as FRR, BIRD or GoBGP mark the best path, to BIRD also the best where the
     * kernel refused it; and whatever a kernel has.
     */
    static boolean isUsable(String noted) {
        return !noted.startsWith("[")
                || noted.contains("\"bestpath\": true") && noted.contains("\"valid\": true")
                || noted.contains("\"best\": \"*\"")
                || noted.contains("\"best\": \"!\"")
                || noted.contains("\"best\": true");
    }

    List<Change> changesOf(RibId rib, Prefix prefix) {
        return changes.getOrDefault(rib, Map.of()).getOrDefault(prefix, List.of());
    }

    /** Whether the observer looked at the table at all. */
    boolean watches(RibId rib) {
        return knowsStartOf(rib) || rib.hop().daemon().equals(KERNEL);
    }

    /** What the kernels had at the start, nobody noted. */
    boolean knowsStartOf(RibId rib) {
        return initial.containsKey(rib) && !rib.hop().daemon().equals(KERNEL);
    }
}
