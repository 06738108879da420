package dev.hoplog.ingest.capture;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.ingest.read.Observation;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The hops of a chain that a recording has nothing of. Somebody has to say so: who judges an edge waits for both of its ends,
 * and of these nothing would ever come.
 */
public final class UnfedHops {
    private final String network;
    private final Chain chain;
    private final Set<HopId> fed = new HashSet<>();
    private Optional<Instant> end = Optional.empty();

    public UnfedHops(String network, Chain chain) {
        this.network = network;
        this.chain = chain;
    }

    /** Hears what a scrape saw, or tried to see. */
    public void hear(Collection<Observation> observations) {
        for (var observation : observations) {
            fed.add(observation.rib().hop());
            end = end.filter(observation.to()::isBefore).or(() -> Optional.of(observation.to()));
        }
    }

    /** At the end of the recording, that the table of each other hop that says whether it uses a route was not observed. */
    public List<Observation> notObserved() {
        var failures = new ArrayList<Observation>();
        end.ifPresent(at -> chain.hops().stream()
                .filter(hop -> !fed.contains(hop))
                .forEach(hop -> Arrays.stream(AddressFamily.values())
                        .filter(family -> isOf(hop, family))
                        .map(family -> RibId.of(network, hop, family, chain.viewOf(hop)))
                        .map(rib -> new NotObserved(
                                rib,
                                at,
                                at,
                                "",
                                FailureReason.FILE_MISSING,
                                "the chain has this hop, and the recording has nothing of it"))
                        .forEach(failures::add)));
        return failures;
    }

    /** Whether an edge from or to the hop should carry prefixes of the family. */
    private boolean isOf(HopId hop, AddressFamily family) {
        return chain.edges().stream()
                .filter(edge -> edge.upstream().equals(hop) || edge.downstream().equals(hop))
                .map(Edge::carries)
                .flatMap(List::stream)
                .anyMatch(carried -> carried.range().within().address().version() == family.version());
    }
}
