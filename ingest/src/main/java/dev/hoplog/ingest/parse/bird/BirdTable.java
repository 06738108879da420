package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One table, collected while its lines are read. */
final class BirdTable {
    /** FRR's weight and the kernel's metric have no counterpart, and an ADD-PATH identifier is not shown. */
    private static final Observed OBSERVED = Observed.allBut(Attribute.PATH_ID, Attribute.WEIGHT, Attribute.METRIC);

    /** Of several next hops a cut may have taken the last ones; the neighbour cannot be told without the route's type. */
    private static final Observed OBSERVED_BRIEFLY = Observed.of(Attribute.PROTOCOL, Attribute.PREFERENCE);

    private final String name;
    private final Observed observed;
    private Optional<AddressFamily> family;
    private boolean foreign;

    private final List<Row> rows = new ArrayList<>();
    private final Map<RowKey, SourceTime> sourceTimes = new HashMap<>();
    private final Set<Prefix> prefixes = new HashSet<>();

    private @Nullable Prefix prefix;
    private final List<BirdRoute> paths = new ArrayList<>();

    BirdTable(String name, BirdDetail detail, Optional<AddressFamily> family) {
        this.name = name;
        observed = detail == BirdDetail.ALL ? OBSERVED : OBSERVED_BRIEFLY;
        this.family = family;
    }

    /** Whether its nets are not plain prefixes. */
    boolean isForeign() {
        return foreign;
    }

    boolean mayBeForeign() {
        return isEmpty() && family.isEmpty();
    }

    void becomeForeign() {
        foreign = true;
    }

    boolean isEmpty() {
        return prefix == null && rows.isEmpty();
    }

    /** Takes a path: of a new prefix, or of the last one where its own is blank or only its label is another. */
    void add(BirdRoute path) {
        if (path.net().isEmpty()) {
            if (prefix == null) {
                throw new IllegalArgumentException("a further path without a first one");
            }
            path.takeLabelOf(paths.getLast());
        } else {
            var next = Prefix.parse(path.net());
            if (!next.equals(prefix) || path.label().equals(paths.getLast().label())) {
                begin(next);
            }
        }
        paths.add(path);
    }

    private void begin(Prefix next) {
        closePrefix();
        var itsFamily = AddressFamily.unicast(next.address().version());
        if (family.filter(f -> f != itsFamily).isPresent()) {
            throw new IllegalArgumentException("the prefix " + next + " in a table of the other family");
        }
        if (!prefixes.add(next)) {
            throw new IllegalArgumentException("the prefix " + next + " comes twice");
        }
        family = Optional.of(itsFamily);
        prefix = next;
    }

    /** Empty if its family is not known, or none of ours. */
    Optional<TableName> tableName() {
        return foreign ? Optional.empty() : family.map(f -> new TableName(name, f));
    }

    Table table() {
        closePrefix();
        return new Table(observed, rows, sourceTimes);
    }

    private void closePrefix() {
        if (prefix == null) {
            return;
        }
        var newest = paths.stream()
                .flatMap(path -> path.since().stream())
                .reduce((a, b) -> b.stamp().earliest() > a.stamp().earliest() ? b : a);
        List<Path> built = paths.stream()
                .map(path ->
                        observed.equals(OBSERVED) ? path.path() : path.path().keeping(observed))
                .toList();
        Optional<ChangeStamp> stamp = newest.map(BirdClock.Moment::stamp);
        var route = new Route(prefix, built, stamp);
        rows.add(route);
        newest.ifPresent(moment -> sourceTimes.put(route.key(), moment.time()));
        prefix = null;
        paths.clear();
    }
}
