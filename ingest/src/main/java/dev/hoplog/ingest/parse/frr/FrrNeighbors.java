package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.AsPathText;
import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * FRR's sessions once more: {@code show bgp [vrf X|vrf all] neighbors json}, FRR 7 to 10.x. {@link FrrSummary} tells more: how
 * many neighbours there are, and since when one is down.
 *
 * <p>The answer is an object by neighbour, whatever its families; with {@code vrf all} one by VRF, of such. An object without
 * any neighbour is also what a VRF that is not there gives: it proves nothing.
 */
public final class FrrNeighbors {
    /** What stands in each neighbour's object, and in none inside it. Nothing counts the neighbours. */
    private static final List<String> MARKS =
            List.of("bgpState", "remoteAs", "localAs", "remoteRouterId", "addressFamilyInfo");

    private final JsonAnswer answer;
    private final AddressFamily family;
    private final Map<TableName, Table> tables = new HashMap<>();
    private int unknown;

    private FrrNeighbors(JsonAnswer answer, AddressFamily family) {
        this.answer = answer;
        this.family = family;
    }

    /** Reads the whole answer, and of each neighbour what it says of one family. */
    public static ParsedOutput parse(InputStream in, TableName asked) throws UnusableOutput {
        return new FrrNeighbors(JsonAnswer.open(in), asked.family()).read(asked.name());
    }

    private ParsedOutput read(String vrf) throws UnusableOutput {
        if (vrf.equals(FrrFib.ALL_VRFS)) {
            answer.members(key -> {
                if (key.equals("warning")) {
                    throw Refusal.of(answer.text());
                } else if (answer.atObject()) {
                    new Vrf().read(key);
                }
            });
        } else {
            new Vrf().read(vrf);
        }
        answer.end();
        if (tables.isEmpty()) {
            throw new UnusableOutput(FailureReason.NO_SUCH_TABLE, "an object without any neighbour");
        }
        return new ParsedOutput(tables, Facts.none(), unknown);
    }

    /** The neighbours of one VRF, collected while its object is read. */
    private final class Vrf {
        private final List<Row> rows = new ArrayList<>();
        private final Map<RowKey, SourceTime> sourceTimes = new HashMap<>();
        private final Set<String> routerIds = new HashSet<>();
        private final Set<Long> asns = new HashSet<>();
        private boolean hasNeighbour;

        void read(String name) throws UnusableOutput {
            answer.members(key -> {
                if (key.equals("warning")) {
                    throw Refusal.of(answer.text());
                } else if (answer.atObject()) {
                    try {
                        neighbour(key, answer.object());
                    } catch (IllegalArgumentException e) {
                        throw answer.unparsable("neighbour '" + Excerpt.of(key) + "': " + e.getMessage());
                    }
                }
            });
            // Other neighbours show that the VRF is there, so that one without any of the family is an answer.
            if (hasNeighbour) {
                rows.add(new DaemonState(
                        Optional.empty(), only(routerIds), only(asns), Optional.empty(), Optional.empty()));
                tables.put(TableName.printed(name, family), new Table(Observed.of(), rows, sourceTimes));
            }
        }

        private void neighbour(String key, JsonObject json) throws UnusableOutput {
            for (var mark : MARKS) {
                if (json.hasWithin(mark)) {
                    throw json.unparsable("a '" + mark + "' inside it: another neighbour, so lines are out of order");
                }
            }
            var state = FrrVrf.state(json, "bgpState");
            var localAs = json.scalar("localAs").map(AsPathText::asn);
            hasNeighbour = true;
            json.text("localRouterId").ifPresent(routerIds::add);
            localAs.ifPresent(asns::add);
            var families = json.object("addressFamilyInfo")
                    .orElseThrow(() -> json.unparsable("a neighbour without its address families"));
            unknown += json.unknownKeys(FrrNeighborKeys.OF_NEIGHBOR) + unknownIn(families);
            var counts = families.object(family.version().bits() == 32 ? "ipv4Unicast" : "ipv6Unicast");
            if (counts.isEmpty()) {
                checkOfOthers(families, state);
                return;
            }
            var since = json.epochSeconds("bgpTimerUpEstablishedEpoch").map(FrrVrf::jittering);
            var session = new PeerSession(
                    PeerId.parse(key),
                    Optional.empty(),
                    state == SessionState.IDLE && json.flag("adminShutDown") ? SessionState.ADMIN_DOWN : state,
                    json.scalar("remoteAs").map(AsPathText::asn),
                    localAs,
                    Optional.empty(),
                    counts.get().number("acceptedPrefixCounter"),
                    counts.get().number("sentPrefixCounter"),
                    Optional.empty(),
                    since.map(ChangeStamp::time));
            rows.add(session);
            since.ifPresent(time -> sourceTimes.put(session.key(), time));
        }
    }

    private static int unknownIn(JsonObject families) {
        int unknown = 0;
        for (var key : families.keys()) {
            unknown += isNamed(key) ? families.unknownKeysIn(key, FrrNeighborKeys.OF_FAMILY) : 1;
        }
        return unknown;
    }

    private static boolean isNamed(String key) {
        return FrrSummary.isFamily(key) || key.equals(FrrNeighborKeys.FILTERS_SENT);
    }

    /** A neighbour that is left out is down in the family: so it must be of others, under names that FRR has for them. */
    private static void checkOfOthers(JsonObject families, SessionState state) throws UnusableOutput {
        for (var key : families.keys()) {
            if (!isNamed(key)) {
                throw families.unparsable("no address family: '" + Excerpt.of(key) + "'");
            }
        }
        if (families.keys().isEmpty() && state == SessionState.ESTABLISHED) {
            throw families.unparsable("an established session without an address family");
        }
    }

    /** What all neighbours agree on: an AS number of one neighbour only ({@code local-as}) is not the router's. */
    private static <T> Optional<T> only(Set<T> values) {
        return values.size() == 1 ? values.stream().findFirst() : Optional.empty();
    }
}
