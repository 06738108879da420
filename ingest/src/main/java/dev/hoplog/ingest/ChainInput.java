package dev.hoplog.ingest;

import dev.hoplog.chain.Chain;
import dev.hoplog.ingest.capture.BadCapture;
import dev.hoplog.ingest.chain.BadChainFile;
import dev.hoplog.ingest.chain.ChainFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A chain file on disk.
 *
 * @param network the one that it says it describes
 */
record ChainInput(Path file, Optional<String> network, Chain chain) {
    private static final String USUAL_NAME = "chain.yaml";

    static ChainInput read(Path file) throws BadCapture {
        try {
            var said = ChainFile.read(Files.readAllBytes(file));
            return new ChainInput(file, said.network(), said.chain());
        } catch (IOException e) {
            throw new BadCapture("cannot read the chain file " + file + ": " + e.getMessage(), e);
        } catch (BadChainFile e) {
            throw new BadCapture(file + " is no chain:\n" + e.getMessage(), e);
        }
    }

    /** The one that lies in the same directory as a capture. */
    static Optional<Path> beside(Path capture) {
        return Optional.ofNullable(capture.toAbsolutePath().normalize().getParent())
                .map(folder -> folder.resolve(USUAL_NAME))
                .filter(Files::isRegularFile);
    }
}
