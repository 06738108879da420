package dev.hoplog.local.command;

import dev.hoplog.ingest.chain.ChainFile;
import dev.hoplog.ingest.chain.FedHops;
import dev.hoplog.ingest.chain.Problem;
import dev.hoplog.ingest.chain.Warning;
import java.util.List;

/** What there is to say about a chain file. */
sealed interface ChainFindings {
    /** It is none. */
    record NoChain(List<Problem> problems) implements ChainFindings {}

    record Of(ChainFile file, List<Warning> warnings, Compared compared) implements ChainFindings {}

    /** The chain beside what is observed. */
    sealed interface Compared {}

    record With(String network, FedHops hops) implements Compared {}

    record NotCompared(String because) implements Compared {}
}
