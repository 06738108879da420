package dev.hoplog.local.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chain that ingest is to publish.
 *
 * @param file absolute
 * @param network empty: the one that the file names
 */
public record ChainInput(Path file, Optional<String> network, InForce inForce) {
    /** Of which times it speaks. */
    public sealed interface InForce {
        record FromNowOn() implements InForce {}

        record SinceEver() implements InForce {}

        /** @param time in ISO 8601 with a zone; inclusive */
        record From(String time) implements InForce {}
    }

    /**
     * What became of it.
     *
     * @param version as answers name it
     * @param inForceFrom empty: of all times
     */
    public record Published(String network, String version, Optional<String> inForceFrom) {}

    /**
     * Publishes it, and returns when it stands in the log.
     *
     * @throws IngestFailure if the file is no chain, or the broker or streams do not take it
     */
    public Published publish(Installation installation, DataDirectory data, String kafka) throws IOException {
        var said = new Ingest(installation.app("ingest"), kafka, data).publish(this);
        return new Published(said.network(), said.version(), said.inForceFrom());
    }

    /** Ingest's command line. Each option is one word with its value, whatever is in it. */
    List<String> words() {
        var words = new ArrayList<>(List.of("chain", "publish"));
        network.ifPresent(name -> words.add("--network=" + name));
        switch (inForce) {
            case InForce.FromNowOn _ -> {}
            case InForce.SinceEver _ -> words.add("--since-ever");
            case InForce.From from -> words.add("--in-force-from=" + from.time());
        }
        words.add(file.toString());
        return words;
    }
}
