package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Name;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One daemon on one node, over all of its scrapes. It remembers which RIBs were ever there: of each of them every later
 * scrape says something, if only that it was not observed. And how the last listing of each ended, and who was in each
 * session table: see {@link OpenEnds} and {@link KnownPeers}.
 *
 * <p>A daemon that fails names no tables. So its failure is told of the RIBs that are known by then: those of the scrape that
 * was {@link #learn}t from, and those shown since. A RIB that is first shown later, as a VRF that is configured then, has no
 * record of what failed before; nothing was observed of it, and without a snapshot nothing covers that time.
 */
public final class HopReader {
    private final String network;
    private final String node;
    private final String daemon;
    private final DaemonReader reader;
    private final Set<RibName> expected = new LinkedHashSet<>();
    private final OpenEnds ends;
    private final KnownPeers peers = new KnownPeers();

    /** @throws IllegalArgumentException if one of the names is none */
    public HopReader(String network, String node, String daemon, DaemonReader reader) {
        this(network, node, daemon, reader, new OpenEnds(false));
    }

    private HopReader(String network, String node, String daemon, DaemonReader reader, OpenEnds ends) {
        this.network = Name.check("network", network);
        this.node = Name.check("node", node);
        this.daemon = Name.check("daemon", daemon);
        this.reader = reader;
        this.ends = ends;
    }

    /**
     * Of a scrape that is the only one, so that no other one can confirm how an answer without end mark ends.
     *
     * @throws IllegalArgumentException if one of the names is none
     */
    public static HopReader ofOneScrape(String network, String node, String daemon, DaemonReader reader) {
        return new HopReader(network, node, daemon, reader, new OpenEnds(true));
    }

    /** Somebody knows that a RIB is there, shown or not. */
    public void expect(RibName rib) {
        expected.add(rib);
    }

    /**
     * Learns from a scrape which RIBs there are, without saying anything of their contents.
     *
     * @return whether there were any
     */
    public boolean learn(List<CommandResult> commands) {
        for (var reading : reader.read(commands, expected)) {
            if (reading instanceof Reading.Answered) {
                expected.add(reading.rib());
            }
        }
        return !expected.isEmpty();
    }

    /**
     * Reads a scrape.
     *
     * @param tried when the hop was tried, and until when; counts where no command was answered
     * @param problem why there may be less than there should be
     * @return one observation for each RIB that is expected or was shown
     */
    public List<Observation> read(
            Instant tried, Instant until, List<CommandResult> commands, Optional<UnusableOutput> problem) {
        var readings = new LinkedHashMap<RibName, Reading>();
        for (var reading : peers.place(reader.read(commands, Set.copyOf(expected)))) {
            expected.add(reading.rib());
            // Of several outputs that show a RIB, the first that proves something decides what is there, and it alone.
            readings.merge(reading.rib(), ends.judge(reading), Reading::together);
        }
        var byRib = new LinkedHashMap<RibName, Observation>();
        readings.forEach((rib, reading) -> byRib.put(rib, observation(reading)));
        var why = problem.orElseGet(
                () -> new UnusableOutput(FailureReason.FILE_MISSING, "the scrape has no output for it"));
        for (var rib : expected) {
            byRib.computeIfAbsent(rib, missing -> notAsked(missing, tried, until, why));
        }
        return new ArrayList<>(byRib.values());
    }

    private Observation observation(Reading reading) {
        var rib = reading.rib().in(network, node, daemon);
        var command = reading.sources().getFirst().commandLine();
        return switch (reading) {
            case Reading.Answered answered ->
                new Observation.Observed(
                        rib,
                        answered.from(),
                        answered.to(),
                        command,
                        answered.table(),
                        answered.sourceState(),
                        answered.unknownItems(),
                        answered.daemonVersion());
            case Reading.Failed failed ->
                new Observation.NotObserved(
                        rib, failed.from(), failed.to(), command, failed.why().reason(), detail(failed.why()));
        };
    }

    private static String detail(UnusableOutput why) {
        return Optional.ofNullable(why.getMessage()).orElse(why.reason().toString());
    }

    private Observation notAsked(RibName rib, Instant tried, Instant until, UnusableOutput why) {
        return new Observation.NotObserved(rib.in(network, node, daemon), tried, until, "", why.reason(), detail(why));
    }
}
