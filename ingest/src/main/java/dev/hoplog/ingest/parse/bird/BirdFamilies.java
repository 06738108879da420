package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.bird.BirdProtocol.BirdChannel;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/**
 * Of which family the tables are. A channel is called by that of its table; a pipe's is called {@code main}, whatever goes
 * through it, but BIRD joins no tables of different families: where one end is known, both are, and what further pipes
 * lead to. Of tables that only pipes join to one another nothing is known, nor can there be a route in any of them.
 */
final class BirdFamilies {
    private final Map<String, AddressFamily> families = new HashMap<>();
    private final Map<String, List<String>> joined = new HashMap<>();
    private final Queue<String> known = new ArrayDeque<>();

    private BirdFamilies() {}

    /**
     * By table; those of other nets than plain prefixes are not in it.
     *
     * @throws IllegalArgumentException if a table would be of both
     */
    static Map<String, AddressFamily> of(List<BirdProtocol> protocols) {
        var found = new BirdFamilies();
        BirdScope.PREDEFINED.forEach(found::know);
        protocols.stream().flatMap(protocol -> protocol.channels().stream()).forEach(found::take);
        found.followPipes();
        return found.families;
    }

    private void take(BirdChannel channel) {
        channel.table().ifPresent(table -> {
            channel.netFamily().ifPresent(family -> know(table, family));
            channel.peerTable().ifPresent(peer -> {
                joined.computeIfAbsent(table, t -> new ArrayList<>()).add(peer);
                joined.computeIfAbsent(peer, t -> new ArrayList<>()).add(table);
            });
        });
    }

    private void know(String table, AddressFamily family) {
        var before = families.putIfAbsent(table, family);
        if (before == null) {
            known.add(table);
        } else if (before != family) {
            throw new IllegalArgumentException("the table " + Excerpt.of(table) + " would be of two families");
        }
    }

    private void followPipes() {
        for (var table = known.poll(); table != null; table = known.poll()) {
            for (var other : joined.getOrDefault(table, List.of())) {
                know(other, Objects.requireNonNull(families.get(table)));
            }
        }
    }
}
