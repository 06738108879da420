package dev.hoplog.ingest.parse.bird;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Uint32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One protocol of {@code show protocols all}. What it says goes by label, not by column: 3.x moves the columns. */
final class BirdProtocol {
    private static final Pattern FIRST_LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+"
            + "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\S*|\\S+)(?:\\s.*)?");
    private static final String CHANNEL_HEADING = "  Channel ";
    private static final Pattern CHANNEL = Pattern.compile("  Channel (\\S+)\\s*");
    private static final Pattern COUNT = Pattern.compile("(\\d+) (\\w+)");
    private static final String SEPARATOR = ", ";
    private static final String NEIGHBOR_RANGE = "Neighbor range";
    private static final String WITHDRAWALS = "Import withdraws";

    private final String name;
    private final String kind;
    private final String state;
    private final String since;
    private final Map<String, String> details = new HashMap<>();
    private final List<BirdChannel> channels = new ArrayList<>();
    private int unknown;

    private BirdProtocol(String name, String kind, String state, String since) {
        this.name = name;
        this.kind = kind;
        this.state = state;
        this.since = since;
    }

    static BirdProtocol begin(String line) {
        var matcher = FIRST_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no protocol: '" + Excerpt.of(line) + "'");
        }
        return new BirdProtocol(matcher.group(1), matcher.group(2), matcher.group(4), matcher.group(5));
    }

    String name() {
        return name;
    }

    /** A range of neighbours makes a protocol of each neighbour that comes out of it, and unmakes it when that goes. */
    boolean makesOthers() {
        return details.containsKey(NEIGHBOR_RANGE);
    }

    /**
     * Whether the neighbour may be sent more than the best path (RFC 7911). The two sides' capabilities have the same
     * labels, and this side's come first; without any, what the neighbour sends counts, which errs on the safe side.
     */
    boolean sendsAddPaths() {
        return !details.getOrDefault("TX", "").isEmpty();
    }

    String kind() {
        return kind;
    }

    /** Lines that were passed over. */
    int unknown() {
        return unknown;
    }

    List<BirdChannel> channels() {
        return channels;
    }

    /** Takes an indented line. */
    void detail(String line) {
        var channel = CHANNEL.matcher(line);
        if (channel.matches()) {
            channels.add(new BirdChannel(channel.group(1)));
            return;
        }
        if (line.startsWith(CHANNEL_HEADING)) {
            throw new IllegalArgumentException("no name of a channel: '" + Excerpt.of(line) + "'");
        }
        int colon = line.indexOf(':');
        if (colon < 0) {
            unknown += BirdProtocolLines.isKnownWithoutLabel(line.strip()) ? 0 : 1;
            return;
        }
        var label = line.substring(0, colon).trim();
        var value = line.substring(colon + 1).trim();
        unknown += BirdProtocolLines.isLabel(label) ? 0 : 1;
        if (channels.isEmpty()) {
            details.putIfAbsent(label, value);
        } else {
            channels.getLast().details().putIfAbsent(label, value);
        }
    }

    /**
     * Whether the channel may have routes. BIRD counts them unless it is down; the channel of a pipe has no state but the
     * protocol's.
     */
    boolean isUp(BirdChannel channel) {
        return !channel.state().orElse(state).equalsIgnoreCase("down");
    }

    /**
     * The neighbour; empty for other protocols, and for one that only waits for neighbours out of a range.
     *
     * @throws IllegalArgumentException if a BGP protocol has neither
     */
    Optional<PeerId> peer() {
        if (!kind.equals("BGP")) {
            return Optional.empty();
        }
        var address = details.get("Neighbor address");
        if (address == null && !makesOthers()) {
            throw new IllegalArgumentException("the BGP protocol " + Excerpt.of(name) + " has no neighbour");
        }
        return Optional.ofNullable(address).map(PeerId::parse);
    }

    Optional<SourceTime> since(Optional<BirdClock> clock) {
        return moment(clock).map(BirdClock.Moment::time);
    }

    private Optional<BirdClock.Moment> moment(Optional<BirdClock> clock) {
        return clock.flatMap(c -> c.resolve(since));
    }

    PeerSession session(PeerId peer, BirdChannel channel, Optional<BirdClock> clock) {
        return new PeerSession(
                peer,
                Optional.of(name),
                state(),
                number("Neighbor AS"),
                number("Local AS"),
                // Only a channel that keeps what it filters knows how much arrived.
                channel.filtered().flatMap(filtered -> channel.imported().map(imported -> imported + filtered)),
                channel.imported(),
                channel.exported(),
                channel.withdrawals(),
                moment(clock).map(BirdClock.Moment::stamp));
    }

    private Optional<Long> number(String label) {
        return Optional.ofNullable(details.get(label))
                // A neighbour may be configured as "external" only.
                .filter(text -> !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(text -> Uint32.parse(label, text));
    }

    private SessionState state() {
        var state = details.getOrDefault("BGP state", "");
        return switch (state) {
            case "Established" -> SessionState.ESTABLISHED;
            case "OpenConfirm" -> SessionState.OPEN_CONFIRM;
            case "OpenSent" -> SessionState.OPEN_SENT;
            // Passive waits for the neighbour to connect, which RFC 4271 counts as Active.
            case "Active", "Passive" -> SessionState.ACTIVE;
            case "Connect" -> SessionState.CONNECT;
            case "Idle", "Close" -> SessionState.IDLE;
            case "Down" -> SessionState.ADMIN_DOWN;
            default -> throw new IllegalArgumentException("no state of a session: '" + Excerpt.of(state) + "'");
        };
    }

    /** A channel and what it says by label. */
    record BirdChannel(String name, Map<String, String> details) {
        BirdChannel(String name) {
            this(name, new HashMap<>());
        }

        Optional<String> table() {
            return Optional.ofNullable(details.get("Table"));
        }

        Optional<String> state() {
            return Optional.ofNullable(details.get("State"));
        }

        Optional<String> peerTable() {
            return Optional.ofNullable(details.get("Peer table"));
        }

        /** Of the sessions: only unicast. */
        Optional<AddressFamily> sessionFamily() {
            return switch (name) {
                case "ipv4" -> Optional.of(AddressFamily.IPV4_UNICAST);
                case "ipv6" -> Optional.of(AddressFamily.IPV6_UNICAST);
                default -> Optional.empty();
            };
        }

        /** Of the table's nets: labelled and multicast channels fill tables of plain prefixes, too. */
        Optional<AddressFamily> netFamily() {
            return switch (name) {
                case "ipv4", "ipv4-mc", "ipv4-mpls" -> Optional.of(AddressFamily.IPV4_UNICAST);
                case "ipv6", "ipv6-mc", "ipv6-mpls" -> Optional.of(AddressFamily.IPV6_UNICAST);
                default -> Optional.empty();
            };
        }

        Optional<Long> imported() {
            return count("imported");
        }

        Optional<Long> filtered() {
            return count("filtered");
        }

        Optional<Long> exported() {
            return count("exported");
        }

        /**
         * {@code Routes: 12 imported, 1 filtered, 0 exported, 10 preferred}; "filtered" only where it is kept. A number that
         * is written in another way is none.
         */
        private Optional<Long> count(String what) {
            return Arrays.stream(details.getOrDefault("Routes", "").split(SEPARATOR))
                    .map(COUNT::matcher)
                    .filter(found -> found.matches() && found.group(2).equals(what))
                    .map(found -> Uint32.parse(what, found.group(1)))
                    .findFirst();
        }

        /** The first column is what was received. */
        Optional<Long> withdrawals() {
            return Optional.ofNullable(details.get(WITHDRAWALS))
                    .map(columns -> columns.replaceFirst(" .*", ""))
                    .filter(column -> !column.equals("---"))
                    .map(column -> Uint32.parse(WITHDRAWALS, column));
        }
    }
}
