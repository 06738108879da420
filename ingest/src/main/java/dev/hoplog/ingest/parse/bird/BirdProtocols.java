package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.Route;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code show protocols all}, BIRD 2.x and 3.x: the sessions, and which tables there are.
 *
 * @param sessions a session table for each table that any protocol is connected to, with a row for each BGP protocol that
 *     has a channel of the unicast family there; the daemon's own row is in {@code show status}
 * @param channels all connections of protocols to IPv4 and IPv6 tables
 * @param names all protocols in the order of the list, whichever tables they are connected to
 * @param isWhole whether the reply has its end mark: without it a cut may have taken the last protocols away unseen
 * @param addPathSenders names of those that may send more than the best path
 */
public record BirdProtocols(
        ParsedOutput sessions,
        List<Channel> channels,
        List<String> names,
        boolean isWhole,
        Set<String> addPathSenders) {
    public BirdProtocols {
        channels = List.copyOf(channels);
        names = List.copyOf(names);
        addPathSenders = Set.copyOf(addPathSenders);
    }

    /**
     * A protocol's connection to a table. A pipe has two, of which the second imports what the first exports: both of the
     * numbers that it prints count routes that are there, the one in its table and the other in its peer table.
     *
     * @param protocol its name
     * @param kind BGP, Static, Kernel, ...
     * @param isUp whether it may have routes: then BIRD counts them
     * @param imported paths that it has in the table; empty if the channel is down, or its count cannot be read
     * @param filtered paths that it keeps, yet hidden; empty unless told to keep them
     * @param exported paths that it was given
     */
    public record Channel(
            String protocol,
            String kind,
            TableName table,
            boolean isUp,
            Optional<Long> imported,
            Optional<Long> filtered,
            Optional<Long> exported) {}

    /** Every protocol ends with an empty line, so that only a cut exactly between two protocols is not seen in birdc's output. */
    public static BirdProtocols parse(InputStream in, BirdForm form, Optional<BirdClock> clock) throws UnusableOutput {
        return new BirdProtocolsReader(BirdLines.open(in, form), clock).read();
    }

    /** All protocols, if those behind the last one may be missing; empty: none can be. */
    public List<String> openNames() {
        return isWhole ? List.of() : names;
    }

    /** How many paths each table has by the protocols' own counts. */
    public Map<TableName, Long> paths() {
        return channels.stream()
                .collect(Collectors.groupingBy(
                        Channel::table, Collectors.summingLong(c -> c.imported().orElse(0L))));
    }

    /**
     * The tables of which {@code show route all} showed fewer paths than the protocols have imported, with how many are
     * missing. Such a reply broke off, or routes came between the two readings: either way it proves the absence of
     * nothing. More paths than imported is a change only, and no fault of the reply.
     */
    public Map<TableName, Long> missingFrom(ParsedOutput routes) {
        Map<TableName, Long> missing =
                new TreeMap<>(Comparator.comparing(TableName::name).thenComparing(TableName::family));
        paths().forEach((name, imported) -> {
            var table = Optional.ofNullable(routes.tables().get(name));
            long shown = table.map(BirdProtocols::pathsIn).orElse(0L);
            if (shown < imported) {
                missing.put(name, imported - shown);
            }
        });
        return missing;
    }

    /**
     * Why a listing without end mark may have lost paths of a table that {@link #missingFrom} does not miss; empty if the
     * counts account for every one of them.
     *
     * <p>A table that no protocol is connected to has no routes; but so it looks, too, where the connected protocols were
     * cut from a list without end mark, or have channels of a kind that nobody knows. {@code show symbols table} names
     * tables, and {@code show route table X} has the same heading with routes and without: neither says that it is empty.
     * Only an end mark does, or another heading behind it.
     *
     * @param shown what is listed of the table
     */
    public Optional<String> unaccounted(TableName name, Table shown) {
        var connected = channels.stream()
                .filter(channel -> channel.table().equals(name))
                .toList();
        if (connected.isEmpty()) {
            return Optional.of("no protocol is connected to the table, or none is known to be");
        }
        return connected.stream()
                .filter(channel -> channel.isUp() && channel.imported().isEmpty())
                .findFirst()
                .map(channel -> "the count of routes of " + Excerpt.of(channel.protocol()) + " cannot be read")
                .or(() -> unlisted(Stream.of(shown)));
    }

    /**
     * Why this list is not all there: a protocol has routes in one of the tables and is not in it; empty: none has. It need
     * not be connected to that table, nor to any of plain prefixes: pipes and VPNs pass on the routes of others.
     */
    public Optional<String> unlisted(Stream<Table> shown) {
        var listed = new HashSet<>(names);
        return shown.flatMap(table -> table.rows().stream())
                .flatMap(row -> row instanceof Route route ? route.paths().stream() : Stream.empty())
                .flatMap(path -> path.protocol().stream())
                .filter(protocol -> !listed.contains(protocol))
                .findFirst()
                .map(protocol -> "the list of protocols lacks " + Excerpt.of(protocol) + ", which has routes");
    }

    private static long pathsIn(Table table) {
        return table.rows().stream()
                .mapToLong(row -> row instanceof Route route ? route.paths().size() : 0)
                .sum();
    }
}
