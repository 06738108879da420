package dev.hoplog.ingest.parse;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.bird.BirdClock;
import dev.hoplog.ingest.parse.bird.BirdListing;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.ingest.parse.bird.BirdStatus;
import dev.hoplog.ingest.parse.cilium.CiliumListing;
import dev.hoplog.ingest.parse.cilium.CiliumNeighbours;
import dev.hoplog.ingest.parse.frr.FrrPrefix;
import dev.hoplog.ingest.parse.frr.FrrRouteMaps;
import dev.hoplog.ingest.parse.talos.TalosListing;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a parser made of an output, as text that a person can hold against the output. */
final class GoldenText {
    private final StringBuilder text = new StringBuilder();

    private GoldenText() {}

    static String of(Object parsed, Optional<BirdClock> clock) {
        var golden = new GoldenText();
        switch (parsed) {
            case ParsedOutput output -> golden.output(output);
            case BirdListing listing -> golden.output(listing.output());
            case BirdProtocols protocols -> {
                golden.output(protocols.sessions());
                protocols
                        .channels()
                        .forEach(channel -> golden.line(
                                0,
                                "channel " + channel.protocol() + " "
                                        + channel.kind() + " of "
                                        + channel.table().name() + " "
                                        + channel.table().family()
                                        + optional(" imported ", channel.imported())
                                        + optional(" filtered ", channel.filtered())
                                        + optional(" exported ", channel.exported())));
            }
            case CiliumListing listing -> golden.listing(listing);
            case CiliumNeighbours neighbours -> {
                golden.output(neighbours.output());
                new TreeMap<>(neighbours.unplaced()).forEach((router, peers) -> {
                    golden.line(0, "");
                    golden.line(0, "of no family, router " + router);
                    peers.forEach(peer -> peer.session()
                            .ifPresentOrElse(
                                    session -> golden.row(session, Optional.empty()),
                                    () -> golden.line(0, "peer " + peer.peer())));
                });
            }
            case TalosListing listing -> {
                golden.output(listing.output());
                golden.line(0, "");
                listing.listed().forEach(item -> golden.line(0, "listed " + item));
            }
            case BirdStatus status -> {
                golden.line(0, status.toString());
                golden.row(status.daemonState(clock), Optional.empty());
                clock.ifPresent(c -> golden.line(0, c.toString()));
            }
            case FrrPrefix prefix -> {
                golden.line(0, "unknown items " + prefix.unknownItems());
                prefix.route()
                        .ifPresentOrElse(
                                route -> golden.row(route, Optional.empty()), () -> golden.line(0, "no route"));
            }
            case FrrRouteMaps maps -> maps.clauses().forEach(clause -> golden.line(0, clause.toString()));
            default -> throw new IllegalArgumentException(parsed.toString());
        }
        return golden.text.toString();
    }

    static String of(UnusableOutput failure) {
        return "unusable: " + failure.reason() + "\n" + failure.getMessage() + "\n";
    }

    private void output(ParsedOutput output) {
        var facts = output.facts();
        line(
                0,
                "facts" + optional(" tableVersion ", facts.tableVersion()) + optional(" routerId ", facts.routerId())
                        + optional(" localAsn ", facts.localAsn()) + optional(" version ", facts.version()));
        line(0, "unknown items " + output.unknownItems());
        output.tables().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(TableName::name).thenComparing(TableName::family)))
                .forEach(entry -> table(entry.getKey(), entry.getValue()));
    }

    private void listing(CiliumListing listing) {
        line(0, "unknown items " + listing.unknownItems());
        listing.tables().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(entry -> {
                    table(entry.getKey().table(), entry.getValue());
                    entry.getKey().neighbor().ifPresent(neighbor -> line(0, "neighbor " + neighbor));
                });
    }

    private void table(TableName name, Table table) {
        line(0, "");
        line(
                0,
                "table " + name.name() + " " + name.family() + ", "
                        + table.rows().size() + " rows, observed " + observed(table.observed()));
        table.rows().stream()
                .sorted(Comparator.comparing(Row::key))
                .forEach(row -> row(row, Optional.ofNullable(table.sourceTimes().get(row.key()))));
    }

    private static String observed(Observed observed) {
        return observed.equals(Observed.of()) ? "nothing of routes" : new TreeSet<>(observed.attributes()).toString();
    }

    private void row(Row row, Optional<SourceTime> time) {
        var when = optional(" stamp ", row.stamp().map(GoldenText::stamp))
                + optional(" at ", time.map(t -> t.earliest() + " to " + t.latest()));
        switch (row) {
            case Route route -> {
                line(0, route.prefix() + when);
                route.paths().forEach(this::path);
            }
            case PeerSession s ->
                line(
                        0,
                        "peer " + s.peer() + " " + s.state() + optional(" label ", s.label())
                                + optional(" remoteAsn ", s.remoteAsn()) + optional(" localAsn ", s.localAsn())
                                + optional(" received ", s.received()) + optional(" accepted ", s.accepted())
                                + optional(" advertised ", s.advertised()) + optional(" withdrawn ", s.withdrawn())
                                + when);
            case DaemonState d ->
                line(
                        0,
                        "daemon" + optional(" version ", d.version()) + optional(" routerId ", d.routerId())
                                + optional(" localAsn ", d.localAsn())
                                + optional(" started ", d.startedAt().map(GoldenText::stamp))
                                + optional(" reconfigured ", d.reconfiguredAt().map(GoldenText::stamp)));
        }
    }

    private void path(Path path) {
        line(
                1,
                "path" + list(" ", path.flags()) + optional(" from ", path.from())
                        + optional(" protocol ", path.protocol()) + optional(" id ", path.pathId()) + " "
                        + path.destination()
                        + list(" via ", path.nextHops()));
        line(
                2,
                "as [" + path.asPath() + "]" + optional(" origin ", path.origin()) + optional(" med ", path.med())
                        + optional(" localPref ", path.localPref()) + optional(" weight ", path.weight())
                        + optional(" metric ", path.metric()) + optional(" preference ", path.preference())
                        + (path.atomicAggregate() ? " atomicAggregate" : "")
                        + optional(" aggregator ", path.aggregator())
                        + optional(" originatorId ", path.originatorId()) + list(" clusterList ", path.clusterList())
                        + optional(" otc ", path.onlyToCustomer()));
        var communities = path.communities();
        optionalLine("standard", communities.standard());
        optionalLine("large", communities.large());
        optionalLine("extended", communities.extended());
        optionalLine("aliases", communities.aliases());
        path.other().forEach(other -> line(2, "other " + other.name() + " = " + other.value()));
    }

    private void optionalLine(String what, Collection<?> values) {
        if (!values.isEmpty()) {
            line(2, what + " " + values);
        }
    }

    private static String stamp(ChangeStamp stamp) {
        return stamp.kind() == ChangeStamp.Kind.COUNTER
                ? "version " + stamp.earliest()
                : Instant.EPOCH.plus(stamp.earliest(), ChronoUnit.MICROS) + " + " + (stamp.latest() - stamp.earliest())
                        + " us";
    }

    private static String optional(String before, Optional<?> value) {
        return value.map(v -> before + v).orElse("");
    }

    private static String list(String before, Collection<?> values) {
        return values.isEmpty() ? "" : before + values;
    }

    private void line(int indent, String line) {
        text.append("    ".repeat(indent)).append(line).append('\n');
    }
}
