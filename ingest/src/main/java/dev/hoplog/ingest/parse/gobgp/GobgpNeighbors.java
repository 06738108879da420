package dev.hoplog.ingest.parse.gobgp;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * GoBGP's sessions: {@code gobgp neighbor -j}, GoBGP 3.x and 4.x: an array of neighbours. Whatever is zero is left out, a
 * count of zero too. Two numbers changed their meaning from 3.x to 4.x: {@code type} (external 1, then 2) and
 * {@code admin_state} (down 1, then 2).
 */
public final class GobgpNeighbors {
    private final JsonAnswer answer;
    private final Map<AddressFamily, Sessions> sessions = new EnumMap<>(AddressFamily.class);
    private Optional<Long> localAsn = Optional.empty();
    private int unknown;

    private record Sessions(Map<RowKey, Row> rows, Map<RowKey, SourceTime> sourceTimes) {}

    private GobgpNeighbors(JsonAnswer answer) {
        this.answer = answer;
    }

    /**
     * Reads the whole answer.
     *
     * @param families the families for which session tables come out, with or without any neighbour
     */
    public static ParsedOutput parse(InputStream in, Set<AddressFamily> families) throws UnusableOutput {
        var reader = new GobgpNeighbors(JsonAnswer.open(in));
        families.forEach(family -> reader.sessions.put(family, new Sessions(new HashMap<>(), new HashMap<>())));
        return reader.read();
    }

    private ParsedOutput read() throws UnusableOutput {
        if (answer.atObject()) {
            var error = answer.object().text("error");
            throw error.map(Refusal::of).orElseGet(() -> answer.unparsable("an array was expected"));
        }
        answer.elements(() -> {
            try {
                neighbour(answer.object());
            } catch (IllegalArgumentException e) {
                throw answer.unparsable(String.valueOf(e.getMessage()));
            }
        });
        answer.end();
        Map<TableName, Table> tables = new HashMap<>();
        sessions.forEach((family, s) -> tables.put(
                new TableName(GobgpRib.TABLE, family),
                new Table(Observed.of(), List.copyOf(s.rows().values()), s.sourceTimes())));
        return new ParsedOutput(
                tables, new Facts(Optional.empty(), Optional.empty(), localAsn, Optional.empty()), unknown);
    }

    private void neighbour(JsonObject json) throws UnusableOutput {
        var conf = required(json, "conf");
        var state = required(json, "state");
        var address = conf.text("neighbor_address").filter(text -> !text.isEmpty());
        var peer = PeerId.parse((address.isPresent() ? address : conf.scalar("neighbor_interface"))
                .orElseThrow(() -> json.unparsable("a neighbour without address")));
        var asn = conf.number("local_asn");
        localAsn = localAsn.or(() -> asn);
        var sessionState = state(conf, state);
        var since = since(json, sessionState);
        var families = families(json);
        unknown += unknownIn(json, conf, state);
        for (var family : families) {
            var table = sessions.get(family.family());
            if (table == null) {
                continue;
            }
            var session = new PeerSession(
                    peer,
                    Optional.empty(),
                    sessionState,
                    remoteAsn(conf, state),
                    asn,
                    family.received(),
                    family.accepted(),
                    family.advertised(),
                    // Counted over all families of the session: with several it is not known whose.
                    families.size() == 1 ? Optional.of(withdrawals(state)) : Optional.empty(),
                    since.map(ChangeStamp::time));
            if (table.rows().put(session.key(), session) != null) {
                throw new IllegalArgumentException("the neighbour " + peer + " comes twice");
            }
            since.ifPresent(time -> table.sourceTimes().put(session.key(), time));
        }
    }

    private static int unknownIn(JsonObject neighbor, JsonObject conf, JsonObject state) throws UnusableOutput {
        int unknown = neighbor.unknownKeys(GobgpNeighborKeys.OF_NEIGHBOR)
                + conf.unknownKeys(GobgpNeighborKeys.OF_CONF)
                + state.unknownKeys(GobgpNeighborKeys.OF_STATE)
                + state.unknownKeysIn("messages", GobgpNeighborKeys.OF_MESSAGES)
                + unknownIn(state.object("messages"), "received", GobgpNeighborKeys.OF_RECEIVED)
                + neighbor.unknownKeysIn("timers", GobgpNeighborKeys.OF_TIMERS)
                + unknownIn(neighbor.object("timers"), "state", GobgpNeighborKeys.OF_TIMERS_STATE);
        for (var family : neighbor.objects("afi_safis")) {
            unknown += family.unknownKeys(GobgpNeighborKeys.OF_FAMILY)
                    + family.unknownKeysIn("state", GobgpNeighborKeys.OF_FAMILY_STATE);
        }
        return unknown;
    }

    private static int unknownIn(Optional<JsonObject> outer, String key, Set<String> known) {
        return outer.map(json -> json.unknownKeysIn(key, known)).orElse(0);
    }

    private static long withdrawals(JsonObject state) throws UnusableOutput {
        var messages = state.object("messages");
        var received = messages.isPresent() ? messages.get().object("received") : Optional.<JsonObject>empty();
        return received.isPresent() ? received.get().number("withdraw_prefix").orElse(0L) : 0;
    }

    /** That of the session, which gobgp shows, too: the configured one may be 0, for whatever the neighbour says. */
    private static Optional<Long> remoteAsn(JsonObject conf, JsonObject state) throws UnusableOutput {
        var configured = conf.number("peer_asn").filter(asn -> asn != 0);
        return state.number("peer_asn").filter(asn -> asn != 0).or(() -> configured);
    }

    /** Zero stands for no state, and whatever is zero is left out: then none is said, which is not the same as idle. */
    private static SessionState state(JsonObject conf, JsonObject state) throws UnusableOutput {
        // What is configured, and not what the session found: type is worked out of it, with external for none.
        boolean internal = conf.number("local_asn").equals(conf.number("peer_asn"));
        boolean isVersion4 = conf.number("type").orElse(0L) == (internal ? 1 : 2);
        long adminState = state.number("admin_state").orElse(0L);
        if (conf.flag("admin_down") || adminState == (isVersion4 ? 2 : 1)) {
            return SessionState.ADMIN_DOWN;
        }
        long number = state.number("session_state").orElse(0L);
        return switch (Math.clamp(number, -1, 7)) {
            case 0 -> throw state.unparsable("a neighbour without session_state");
            case 1 -> SessionState.IDLE;
            case 2 -> SessionState.CONNECT;
            case 3 -> SessionState.ACTIVE;
            case 4 -> SessionState.OPEN_SENT;
            case 5 -> SessionState.OPEN_CONFIRM;
            case 6 -> SessionState.ESTABLISHED;
            default -> throw state.unparsable("no state of a session: " + number);
        };
    }

    /** When it came up, or went down; never, for one that was neither. */
    private static Optional<SourceTime> since(JsonObject json, SessionState state) throws UnusableOutput {
        var timers = json.object("timers");
        var current = timers.isPresent() ? timers.get().object("state") : Optional.<JsonObject>empty();
        if (current.isEmpty()) {
            return Optional.empty();
        }
        var time = current.get().object(state == SessionState.ESTABLISHED ? "uptime" : "downtime");
        var seconds = time.isPresent() ? time.get().epochSeconds("seconds") : Optional.<Instant>empty();
        return seconds.filter(s -> s.getEpochSecond() > 0).map(s -> new SourceTime(s, s.plusSeconds(1)));
    }

    /** Counts of one family; that of advertised prefixes is only there if it was asked for, so none is not zero. */
    private record FamilyState(
            AddressFamily family, Optional<Long> received, Optional<Long> accepted, Optional<Long> advertised) {}

    private static List<FamilyState> families(JsonObject json) throws UnusableOutput {
        List<FamilyState> families = new ArrayList<>();
        for (var afiSafi : json.objects("afi_safis")) {
            var state = required(afiSafi, "state");
            var family = state.object("family").isPresent()
                    ? required(state, "family")
                    : required(required(afiSafi, "config"), "family");
            long afi = family.number("afi").orElse(0L);
            long safi = family.number("safi").orElse(0L);
            for (var known : AddressFamily.values()) {
                if (known.afi() == afi && known.safi() == safi) {
                    families.add(new FamilyState(
                            known,
                            Optional.of(state.number("received").orElse(0L)),
                            Optional.of(state.number("accepted").orElse(0L)),
                            state.number("advertised")));
                }
            }
        }
        return families;
    }

    private static JsonObject required(JsonObject json, String key) throws UnusableOutput {
        return json.object(key).orElseThrow(() -> json.unparsable("no '" + key + "'"));
    }
}
