package dev.hoplog.api.query;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the tables that a question is about. */
final class Tables {
    private static final int MOST_NAMES = 50;

    /**
     * The tables that a network and target name.
     *
     * @param network the one that was asked for, or the only one
     * @param target by all names of its node
     * @param tables ordered by key, under whatever name of the node they were scraped
     */
    record Found(String network, Target target, List<KnownTable> tables) {}

    private Tables() {}

    /** The same by the chain as it was in force. */
    static Found find(ReadTransaction transaction, String network, String target) throws SQLException {
        return find(transaction, ChainSource.PROJECTED, network, target, Optional.empty());
    }

    /**
     * @param network empty: the only one
     * @param target a node, a hop, or empty for all
     * @param version of the chain that is asked for; empty: none
     * @throws QueryFailure.NotFound if nobody ever scraped it, under any name of its node
     */
    static Found find(
            ReadTransaction transaction, ChainSource chains, String network, String target, Optional<Id> version)
            throws SQLException {
        var all = select(transaction, network);
        if (all.isEmpty()) {
            throw noNetwork(transaction, network);
        }
        var networks = names(all, table -> table.rib().network());
        if (networks.size() > 1) {
            throw new QueryFailure.Invalid("there is more than one network: name one of " + list(networks));
        }
        var resolved = target(transaction, chains, networks.first(), target, version);
        var matches = resolved.among(all);
        if (matches.isEmpty()) {
            var existing = target.contains("/")
                    ? names(all, table -> table.rib().hop().toString())
                    : names(all, table -> table.rib().hop().node());
            throw new QueryFailure.NotFound((target.contains("/") ? "no hop '" : "no node '") + Excerpt.of(target)
                    + "' was ever scraped in network " + networks.first() + "; there are: " + list(existing));
        }
        return new Found(networks.first(), resolved, matches);
    }

    /** Those of all networks that a network and target name. */
    static List<KnownTable> findAll(ReadTransaction transaction, String network, String target) throws SQLException {
        var all = select(transaction, network);
        if (all.isEmpty() && !network.isEmpty()) {
            throw noNetwork(transaction, network);
        }
        var matches = new ArrayList<KnownTable>();
        for (var name : names(all, table -> table.rib().network())) {
            var ofNetwork = all.stream()
                    .filter(table -> table.rib().network().equals(name))
                    .toList();
            matches.addAll(target(transaction, ChainSource.PROJECTED, name, target, Optional.empty())
                    .among(ofNetwork));
        }
        if (matches.isEmpty() && !target.isEmpty()) {
            throw new QueryFailure.NotFound("no node or hop '" + Excerpt.of(target) + "' was ever scraped; there are: "
                    + list(names(all, table -> table.rib().hop().toString())));
        }
        return matches;
    }

    /**
     * Whom a text means, by all names that the node has or had: a version that is asked for knows best, then the newest one.
     *
     * @param network that there is
     */
    static Target target(
            ReadTransaction transaction, ChainSource chains, String network, String text, Optional<Id> version)
            throws SQLException {
        var target = Target.of(text);
        if (text.isEmpty()) {
            return target;
        }
        var versions = new ArrayList<ChainVersion>();
        if (version.isPresent()) {
            chains.version(transaction, network, version.get()).ifPresent(versions::add);
        }
        versions.addAll(
                List.copyOf(chains.timeline(transaction, network).versions()).reversed());
        return target.under(versions);
    }

    /** Of each hop its loc-rib, or its fib where it has no other; one for each route distinguisher. */
    static List<KnownTable> decisive(List<KnownTable> tables, AddressFamily family) {
        var byHop = tables.stream()
                .filter(table -> table.rib().family() == family)
                .collect(Collectors.groupingBy(table -> table.rib().hop(), TreeMap::new, Collectors.toList()));
        return byHop.values().stream()
                .flatMap(ofHop -> {
                    var view = decisiveView(
                            ofHop.stream().map(table -> table.rib().view()).toList());
                    return ofHop.stream()
                            .filter(table ->
                                    view.filter(table.rib().view()::equals).isPresent());
                })
                .toList();
    }

    /** Why nothing is known of a hop that has no decisive table. */
    static String neverScraped(AddressFamily family) {
        return "no " + family + " table of this hop that decides (its loc-rib or its fib) was ever scraped";
    }

    /** Which of a hop's views says whether it uses a route. */
    static Optional<View> decisiveView(Collection<View> views) {
        return Stream.of(View.LOC_RIB, View.FIB).filter(views::contains).findFirst();
    }

    private static List<KnownTable> select(ReadTransaction transaction, String network) throws SQLException {
        var found = new ArrayList<KnownTable>();
        try (var statement = transaction
                .connection()
                .prepareStatement("SELECT * FROM rib WHERE network = ? OR ? = '' ORDER BY key COLLATE \"C\"")) {
            statement.setString(1, network);
            statement.setString(2, network);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new KnownTable(row.getInt("id"), rib(row)));
                }
            }
        }
        return found;
    }

    private static QueryFailure noNetwork(ReadTransaction transaction, String network) throws SQLException {
        var existing = names(select(transaction, ""), table -> table.rib().network());
        return new QueryFailure.NotFound(
                existing.isEmpty()
                        ? "nothing was ever scraped: replay a capture (deploy/hoplog replay PATH), or start a scraper"
                        : "no network '" + Excerpt.of(network) + "'; there are: " + list(existing));
    }

    private static SortedSet<String> names(Collection<KnownTable> tables, Function<KnownTable, String> name) {
        return tables.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String list(Collection<String> names) {
        var some = String.join(", ", names.stream().limit(MOST_NAMES).toList());
        return names.size() > MOST_NAMES ? some + " and " + (names.size() - MOST_NAMES) + " more" : some;
    }

    private static RibId rib(ResultSet row) throws SQLException {
        return new RibId(
                row.getString("network"),
                new HopId(row.getString("node"), row.getString("daemon"), row.getString("table_name")),
                AddressFamily.parse(row.getString("family")),
                present(row.getString("route_distinguisher")),
                View.parse(row.getString("view")),
                present(row.getString("peer")).map(PeerId::parse));
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
