package dev.hoplog.ingest.fuzz;

import dev.hoplog.ingest.fuzz.Mutator.Mutation;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.bird.BirdListing;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.ingest.parse.cilium.CiliumListing;
import dev.hoplog.ingest.parse.cilium.CiliumNeighbours;
import dev.hoplog.ingest.parse.frr.FrrPrefix;
import dev.hoplog.ingest.parse.talos.TalosListing;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rows each table of a parsed output has. What is no listing of tables has none. */
record ShownRows(Map<?, Set<RowKey>> byTable) {
    static ShownRows of(Object parsed) {
        return switch (parsed) {
            case ParsedOutput output -> ofTables(output.tables());
            case BirdListing listing -> of(listing.output());
            case BirdProtocols protocols -> of(protocols.sessions());
            case CiliumListing listing -> ofTables(listing.tables());
            case CiliumNeighbours neighbours -> of(neighbours.output());
            case TalosListing listing -> of(listing.output());
            case FrrPrefix prefix ->
                new ShownRows(prefix.route()
                        .map(route -> Map.of("prefix", Set.of(route.key())))
                        .orElse(Map.of()));
            default -> new ShownRows(Map.of());
        };
    }

    private static ShownRows ofTables(Map<?, Table> tables) {
        var rows = new HashMap<Object, Set<RowKey>>();
        tables.forEach((name, table) ->
                rows.put(name, table.rows().stream().map(Row::key).collect(Collectors.toSet())));
        return new ShownRows(rows);
    }

    boolean hasOneTable() {
        return byTable.size() == 1;
    }

    /** The rows that the other one lacks in tables that it shows. */
    List<String> missingFrom(ShownRows other) {
        List<String> missing = new ArrayList<>();
        byTable.forEach((name, rows) -> {
            var shown = other.byTable.get(name);
            if (shown != null) {
                rows.stream().filter(row -> !shown.contains(row)).forEach(row -> missing.add(name + " " + row));
            }
        });
        return missing;
    }

    /** How many rows a damage may take away: those that it stands in. A moved line stands in two. */
    static int allowed(Mutation mutation) {
        return switch (mutation.kind()) {
            case CUT, SWAPPED -> 0;
            case LINES_REORDERED -> 2 * mutation.hits();
            default -> mutation.hits();
        };
    }
}
