package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.bird.BirdProtocols.Channel;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code show protocols all}: a heading; then for each protocol one line of columns, which overflow, details by label
 * at growing indent, and an empty line.
 */
final class BirdProtocolsReader {
    private final BirdLines lines;
    private final Optional<BirdClock> clock;
    private final List<BirdProtocol> protocols = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private @Nullable BirdProtocol protocol;
    private boolean headed;

    BirdProtocolsReader(BirdLines lines, Optional<BirdClock> clock) {
        this.lines = lines;
        this.clock = clock;
    }

    BirdProtocols read() throws UnusableOutput {
        try {
            for (var line = lines.next(); line != null; line = lines.next()) {
                line(line);
            }
            if (!headed) {
                throw lines.truncated("the heading should follow");
            }
            if (protocol != null) {
                throw lines.truncated("the last protocol has no end");
            }
            return result();
        } catch (IllegalArgumentException e) {
            throw lines.unparsable(String.valueOf(e.getMessage()));
        }
    }

    private void line(String line) throws UnusableOutput {
        if (!headed) {
            if (!line.startsWith("Name ") || !line.contains(" Since ")) {
                throw lines.unparsable("no heading of protocols: '" + Excerpt.of(line) + "'");
            }
            headed = true;
        } else if (line.isBlank()) {
            if (protocol != null) {
                protocols.add(protocol);
            }
            protocol = null;
        } else if (line.startsWith(" ")) {
            if (protocol == null) {
                throw lines.unparsable("a detail of no protocol: '" + Excerpt.of(line) + "'");
            }
            protocol.detail(line);
        } else if (protocol != null) {
            throw lines.unparsable("a protocol begins before the last one's end; was this asked with 'all'?");
        } else {
            protocol = BirdProtocol.begin(line);
            if (!names.add(protocol.name())) {
                throw lines.unparsable("the protocol " + Excerpt.of(protocol.name()) + " comes twice");
            }
        }
    }

    private BirdProtocols result() throws UnusableOutput {
        var channels = channels();
        Map<TableName, Sessions> sessions = new LinkedHashMap<>();
        for (var channel : channels) {
            var table =
                    TableName.printed(channel.table().name(), channel.table().family());
            sessions.computeIfAbsent(table, t -> new Sessions());
        }
        int unknown = protocols.stream().mapToInt(BirdProtocol::unknown).sum();
        for (var bgp : protocols) {
            for (var channel : bgp.channels()) {
                var family = channel.sessionFamily();
                var peer = bgp.peer();
                if (family.isPresent() && peer.isPresent() && channel.table().isPresent()) {
                    var table = TableName.printed(channel.table().get(), family.get());
                    unknown += sessions.computeIfAbsent(table, t -> new Sessions())
                            .add(bgp.session(peer.get(), channel, clock), bgp.since(clock));
                }
            }
        }
        Map<TableName, Table> tables = new HashMap<>();
        sessions.forEach((name, table) -> tables.put(name, table.table()));
        var facts = new Facts(Optional.empty(), Optional.empty(), Optional.empty(), lines.version());
        var listed = protocols.stream().map(BirdProtocol::name).toList();
        var addPathSenders = protocols.stream()
                .filter(BirdProtocol::sendsAddPaths)
                .map(BirdProtocol::name)
                .collect(Collectors.toSet());
        return new BirdProtocols(
                new ParsedOutput(tables, facts, unknown), channels, listed, lines.haveEndMark(), addPathSenders);
    }

    private List<Channel> channels() {
        var families = BirdFamilies.of(protocols);
        List<Channel> channels = new ArrayList<>();
        for (var p : protocols) {
            for (var c : p.channels()) {
                if (c.table().isEmpty()) {
                    throw new IllegalArgumentException("a channel of " + Excerpt.of(p.name()) + " that says no table");
                }
                boolean isUp = p.isUp(c);
                add(channels, p, families, c.table(), isUp, c.imported(), c.filtered(), c.exported());
                // A pipe's exports are what it imports into the other table.
                add(channels, p, families, c.peerTable(), isUp, c.exported(), Optional.empty(), c.imported());
            }
        }
        return channels;
    }

    private static void add(
            List<Channel> channels,
            BirdProtocol protocol,
            Map<String, AddressFamily> families,
            Optional<String> table,
            boolean isUp,
            Optional<Long> imported,
            Optional<Long> filtered,
            Optional<Long> exported) {
        table.flatMap(t -> Optional.ofNullable(families.get(t)).map(f -> new TableName(t, f)))
                .ifPresent(name -> channels.add(
                        new Channel(protocol.name(), protocol.kind(), name, isUp, imported, filtered, exported)));
    }

    /** The rows of one session table. */
    private static final class Sessions {
        private final Map<RowKey, Row> rows = new LinkedHashMap<>();
        private final Map<RowKey, SourceTime> sourceTimes = new HashMap<>();

        /**
         * Two protocols may talk to the same neighbour, from two addresses: the established one stands for both.
         *
         * @return how many of the two had to be passed over
         */
        int add(PeerSession session, Optional<SourceTime> since) {
            var key = session.key();
            boolean isTaken = rows.containsKey(key);
            if (!isTaken || session.state() == SessionState.ESTABLISHED) {
                rows.put(key, session);
                sourceTimes.remove(key);
                since.ifPresent(time -> sourceTimes.put(key, time));
            }
            return isTaken ? 1 : 0;
        }

        Table table() {
            return new Table(Observed.of(), List.copyOf(rows.values()), sourceTimes);
        }
    }
}
