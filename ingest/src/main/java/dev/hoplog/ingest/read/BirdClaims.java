package dev.hoplog.ingest.read;

import dev.hoplog.model.Attribute;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a listing of BIRD's proves of what a neighbour sends or is sent. None of them shows a message: only the receiver
 * knows what was received.
 *
 * <ul>
 *   <li>{@code exported}: that BIRD gave the route to the protocol, which may still fail to send it ({@code Invalid
 *       NEXT_HOP}). The attributes are those from before the filter, of which it may have rewritten any: none of them counts
 *       as observed but where the route comes from.
 *   <li>{@code export}: what the filter as it is now would let through, with the attributes behind it. What the protocol
 *       itself rewrites on sending is not observed either: it adds its own AS, sets the next hop, drops a MED or a local
 *       preference that the neighbour must not see, adds an origin. Beside {@code exported} of the same routes it says with
 *       which communities they go out (see {@link Reading#together}).
 *   <li>{@code preexport}, {@code noexport}, {@code filtered}: routes as the table has them, in the last two as the filter
 *       left them when it refused.
 * </ul>
 *
 * <p>The printed time is when the route last changed in its table. That is a change stamp everywhere: a newer one proves
 * that another route stands here now. It is no time of an export: a filter that is changed exports routes that are old.
 */
final class BirdClaims {
    private static final Observed EXPORTED = Observed.of(Attribute.PROTOCOL, Attribute.FROM);
    private static final Observed EXPORT = Observed.of(
            Attribute.PROTOCOL,
            Attribute.FROM,
            Attribute.COMMUNITIES,
            Attribute.LARGE_COMMUNITIES,
            Attribute.AGGREGATOR);

    private BirdClaims() {}

    /** @param shown the table of which the listing shows a part */
    static Table of(BirdCommand.OfNeighbours about, BirdNeighbour neighbour, Table shown) {
        return switch (about) {
            case BirdCommand.Export export ->
                switch (export.claim()) {
                    case EXPORTED -> limited(shown, EXPORTED);
                    case EXPORT -> limited(shown, EXPORT);
                    case PREEXPORT, NOEXPORT -> limited(shown, Observed.all());
                };
            case BirdCommand.Filtered _ -> from(neighbour.protocol(), shown);
        };
    }

    private static Table limited(Table shown, Observed claim) {
        var observed = shown.observed().and(claim);
        var rows = new ArrayList<Row>();
        for (var row : shown.rows()) {
            if (row instanceof Route route) {
                rows.add(route.showing(observed));
            }
        }
        return new Table(observed, rows, Map.of());
    }

    /** The paths that one protocol brought in. */
    private static Table from(String protocol, Table shown) {
        var rows = new HashMap<RowKey, Row>();
        for (var row : shown.rows()) {
            if (row instanceof Route route) {
                var paths = route.paths().stream()
                        .filter(path -> path.protocol().equals(Optional.of(protocol)))
                        .toList();
                if (!paths.isEmpty()) {
                    rows.put(route.key(), new Route(route.prefix(), paths, route.stamp()));
                }
            }
        }
        var times = shown.sourceTimes().entrySet().stream()
                .filter(time -> rows.containsKey(time.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Table(shown.observed(), List.copyOf(rows.values()), times);
    }
}
