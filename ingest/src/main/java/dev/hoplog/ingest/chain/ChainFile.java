package dev.hoplog.ingest.chain;

import dev.hoplog.chain.Chain;
import java.util.Optional;

/**
 * What a chain file says.
 *
 * @param network the one that it describes; empty: it does not say
 */
public record ChainFile(Optional<String> network, Chain chain) {
    /**
     * Reads YAML.
     *
     * @throws BadChainFile with all that can be said at once of what is wrong
     */
    public static ChainFile read(byte[] octets) throws BadChainFile {
        var problems = new Problems();
        var file = YamlTree.read(octets);
        ChainSchema.check(file, problems);
        problems.check();
        return new FileReading((Item.Mapping) file, problems).read();
    }
}
