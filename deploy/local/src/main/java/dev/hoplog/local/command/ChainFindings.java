package dev.hoplog.local.command;

import dev.hoplog.ingest.chain.ChainFile;
import dev.hoplog.ingest.chain.FedHops;
import dev.hoplog.ingest.chain.Problem;
import dev.hoplog.ingest.chain.Warning;
import dev.hoplog.model.HopId;
import dev.hoplog.v1.EdgeUse;
import dev.hoplog.v1.EdgeUseKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What there is to say about a chain file. */
sealed interface ChainFindings {
    /** It is none. */
    record NoChain(List<Problem> problems) implements ChainFindings {}

    record Of(ChainFile file, List<Warning> warnings, Compared compared) implements ChainFindings {}

    /** The chain beside what is observed. */
    sealed interface Compared {}

    /**
     * @param observedTo the last instant at which anything is known of a hop that is fed
     * @param edges each of the chain, and whether it ever carried anything
     */
    record With(String network, FedHops hops, Map<HopId, Instant> observedTo, List<EdgeUse> edges) implements Compared {
        public With {
            observedTo = Map.copyOf(observedTo);
            edges = List.copyOf(edges);
        }

        List<EdgeUse> of(EdgeUseKind kind) {
            return edges.stream().filter(edge -> edge.getKind() == kind).toList();
        }
    }

    record NotCompared(String because) implements Compared {}
}
