package dev.hoplog.truth;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.ingest.chain.ChainFile;
import dev.hoplog.wire.ChainCodec;
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
        return ChainTimeline.of(List.of(ChainCodec.version(network, Optional.empty(), Instant.EPOCH, chain)));
    }

    static Chain chain() throws Exception {
        return ChainFile.read(Files.readAllBytes(FILE)).chain();
    }
}
