package dev.hoplog.api.projector;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a RIB's key, where it is all that is left of a record. */
final class RibKey {
    private static final int FIXED_PARTS = 6;

    private RibKey() {}

    /** Empty if it is the key of no RIB. */
    static Optional<RibId> parse(String key) {
        var parts = key.split("/", -1);
        if (parts.length < FIXED_PARTS) {
            return Optional.empty();
        }
        var more = Arrays.asList(parts).subList(FIXED_PARTS, parts.length);
        try {
            var rib = new RibId(
                    parts[0],
                    new HopId(parts[1], parts[2], parts[3]),
                    AddressFamily.parse(parts[4]),
                    valueOf("rd=", more),
                    View.parse(parts[5]),
                    valueOf("peer=", more).map(PeerId::parse));
            return Optional.of(rib).filter(read -> read.key().equals(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> valueOf(String name, List<String> parts) {
        return parts.stream()
                .filter(part -> part.startsWith(name))
                .map(part -> part.substring(name.length()))
                .findFirst();
    }
}
