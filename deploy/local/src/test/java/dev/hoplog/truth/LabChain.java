package dev.hoplog.truth;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.ingest.chain.ChainFile;
import dev.hoplog.model.Id;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The chain of the recorded lab, as its file says it. */
final class LabChain {
    private static final Path FILE = Path.of("../recordings/chain.yaml");

    private LabChain() {}

    /** In force since ever. */
    static ChainTimeline timeline(String network, Chain chain) {
        return ChainTimeline.of(
                List.of(new ChainVersion(network, new Id(0, 1), Optional.empty(), Instant.EPOCH, chain)));
    }

    static Chain chain() throws Exception {
        return ChainFile.read(Files.readAllBytes(FILE)).chain();
    }
}
