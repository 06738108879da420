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
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * FRR's sessions: {@code show bgp [vrf X|vrf all] [ipv4|ipv6 unicast] summary json}, FRR 8.4 to 10.x.
 *
 * <p>With a family named the object is flat; without, it is nested by {@code ipv4Unicast}, {@code ipv6Unicast} and
 * others; with {@code vrf all} all that once more by VRF name. A dynamic neighbour that is down is not listed at all.
 * {@code {}} is what an unknown VRF gives: it proves nothing.
 */
public final class FrrSummary {
    private static final Map<String, AddressFamily> FAMILIES =
            Map.of("ipv4Unicast", AddressFamily.IPV4_UNICAST, "ipv6Unicast", AddressFamily.IPV6_UNICAST);
    private static final Set<String> OTHER_FAMILIES = Set.of(
            "ipv4Multicast",
            "ipv6Multicast",
            "ipv4Vpn",
            "ipv6Vpn",
            "ipv4Encap",
            "ipv6Encap",
            "ipv4LabeledUnicast",
            "ipv6LabeledUnicast",
            "ipv4Flowspec",
            "ipv6Flowspec",
            "l2VpnEvpn",
            "linkState");

    /** How paths are chosen. */
    private static final String BEST_PATH = "bestPath";

    /** Of the summary, beside what is read. */
    private static final Set<String> KNOWN = Set.of(
            "vrfId",
            "ribCount",
            "ribMemory",
            "peerCount",
            "peerMemory",
            "peerGroupCount",
            "peerGroupMemory",
            "failedPeers",
            "dynamicPeers",
            "dampeningEnabled",
            "maxMedOnStartup",
            "maxMedAdministrative",
            "updateDelayLimit",
            "updateDelayEstablishWait",
            "updateDelayFirstNeighbor",
            "updateDelayInProgress",
            "updateDelayBestpathResumed",
            "updateDelayZebraUpdateResume",
            "updateDelayPeerUpdateResume",
            "advertisementDelay",
            "advertisementDelayInProgress",
            "advertisementDelayRemainingSeconds",
            "advertisementDelayResumeTime");

    private static final Set<String> KNOWN_OF_PEER = Set.of(
            "remoteAs",
            "localAs",
            "version",
            "msgRcvd",
            "msgSent",
            "tableVersion",
            "outq",
            "inq",
            "peerUptime",
            "peerUptimeMsec",
            "peerUptimeEstablishedEpoch",
            "prefixReceivedCount",
            "pfxRcd",
            "pfxSnt",
            "state",
            "peerState",
            "connectionsEstablished",
            "connectionsDropped",
            "desc",
            "idType",
            "hostname",
            "domainname",
            "softwareVersion",
            "dynamicPeer");

    private final JsonAnswer answer;
    private final Map<TableName, Table> tables = new HashMap<>();
    private Facts facts = Facts.none();
    private int unknown;

    private FrrSummary(JsonAnswer answer) {
        this.answer = answer;
    }

    /** Whether FRR calls one of its address families so. */
    static boolean isFamily(String key) {
        return FAMILIES.containsKey(key) || OTHER_FAMILIES.contains(key);
    }

    /**
     * Reads the whole answer.
     *
     * @param asked the VRF and family of the command: a summary without any peer names neither. Where the output says
     *     otherwise, the output counts
     */
    public static ParsedOutput parse(InputStream in, TableName asked) throws UnusableOutput {
        return new FrrSummary(JsonAnswer.open(in)).read(asked);
    }

    /**
     * Reads the whole answer to a command without a family, {@code show [ip] bgp [vrf X|vrf all] summary json}, and of it what
     * is said of one family. bgpd leaves out a family that no neighbour has: where others of the VRF are shown, there is none.
     * Without any it shows {@code {}}, as of an unknown VRF.
     */
    public static ParsedOutput parseNested(InputStream in, TableName asked) throws UnusableOutput {
        var summary = new FrrSummary(JsonAnswer.open(in));
        if (asked.name().equals(FrrFib.ALL_VRFS)) {
            summary.answer.members(vrf -> {
                if (vrf.equals("warning")) {
                    throw Refusal.of(summary.answer.text());
                } else if (summary.answer.atObject()) {
                    summary.families(TableName.printed(vrf, asked.family()), true);
                }
            });
        } else {
            summary.families(asked, false);
        }
        return summary.output();
    }

    /** @param named whether an object around it has named the VRF */
    private void families(TableName asked, boolean named) throws UnusableOutput {
        Map<AddressFamily, Summary> shown = new EnumMap<>(AddressFamily.class);
        var others = new ArrayList<Summary>();
        var unknown = new ArrayList<String>();
        answer.members(key -> {
            if (key.equals("warning")) {
                throw Refusal.of(answer.text());
            } else if (isFamily(key) && answer.atObject()) {
                var family = Optional.ofNullable(FAMILIES.get(key));
                var summary = new Summary();
                answer.members(member -> {
                    if (!answer.atObject()) {
                        summary.scalar(member);
                    } else if (!member.equals("peers")) {
                        summary.object(member);
                    } else if (family.equals(Optional.of(asked.family()))) {
                        summary.peers();
                    }
                });
                family.ifPresentOrElse(one -> shown.put(one, summary), () -> others.add(summary));
            } else {
                unknown.add(key);
            }
        });
        var ours = Optional.ofNullable(shown.remove(asked.family()));
        others.addAll(shown.values());
        if (ours.isPresent()) {
            if (!ours.get().complete) {
                throw answer.unparsable("a summary without peers");
            }
            add(ours.get(), asked, named);
        } else if (!unknown.isEmpty()) {
            throw answer.unparsable(
                    "no address family, where a summary has one for each: '" + Excerpt.of(unknown.getFirst()) + "'");
        } else if (!others.isEmpty()) {
            add(others.getFirst().withoutPeers(), asked, named);
        }
    }

    private ParsedOutput read(TableName asked) throws UnusableOutput {
        level(asked, false);
        return output();
    }

    private ParsedOutput output() throws UnusableOutput {
        answer.end();
        if (tables.isEmpty()) {
            throw new UnusableOutput(FailureReason.NO_SUCH_TABLE, "an object without any summary");
        }
        return new ParsedOutput(tables, tables.size() == 1 ? facts : Facts.none(), unknown);
    }

    /**
     * An object that is a summary, or holds some by family, or by VRF. Anything else in it does not matter.
     *
     * @param named whether an object around it has named the VRF
     */
    private void level(TableName asked, boolean named) throws UnusableOutput {
        var summary = new Summary();
        answer.members(key -> {
            if (key.equals("warning")) {
                throw Refusal.of(answer.text());
            } else if (!answer.atObject()) {
                summary.scalar(key);
            } else if (key.equals("peers")) {
                summary.peers();
            } else if (FAMILIES.containsKey(key)) {
                level(new TableName(asked.name(), FAMILIES.getOrDefault(key, asked.family())), named);
            } else if (!OTHER_FAMILIES.contains(key)) {
                if (summary.isEmpty() && !key.equals(BEST_PATH)) {
                    level(TableName.printed(key, asked.family()), true);
                } else {
                    summary.object(key);
                }
            }
        });
        if (summary.complete) {
            add(summary, asked, named);
        }
    }

    private void add(Summary summary, TableName asked, boolean named) throws UnusableOutput {
        var name = summary.vrf == null || named ? asked : TableName.printed(summary.vrf, asked.family());
        if (tables.put(name, summary.table()) != null) {
            throw answer.unparsable("two summaries of " + Excerpt.of(name.name()));
        }
        unknown += summary.unknown;
        facts = new Facts(summary.tableVersion, summary.routerId, summary.asn, Optional.empty());
    }

    /** The summary of one VRF and family, collected while its object is read. */
    private final class Summary {
        private @Nullable String vrf;
        private Optional<Long> tableVersion = Optional.empty();
        private Optional<String> routerId = Optional.empty();
        private Optional<Long> asn = Optional.empty();
        private Optional<Long> displayedPeers = Optional.empty();
        private Optional<Long> totalPeers = Optional.empty();
        private boolean complete;
        private int unknown;
        private final List<Row> rows = new ArrayList<>();
        private final Map<RowKey, SourceTime> sourceTimes = new HashMap<>();

        /** Of another family of the same router. */
        Summary withoutPeers() {
            var none = new Summary();
            none.vrf = vrf;
            none.routerId = routerId;
            none.asn = asn;
            return none;
        }

        boolean isEmpty() {
            return vrf == null && asn.isEmpty() && !complete;
        }

        void scalar(String key) throws UnusableOutput {
            switch (key) {
                case "vrfName" -> vrf = answer.text();
                case "tableVersion" -> tableVersion = Optional.of(answer.number());
                case "routerId" -> routerId = Optional.of(answer.text());
                case "as" -> asn = Optional.of(answer.asn());
                case "displayedPeers" -> displayedPeers = Optional.of(answer.number());
                case "totalPeers" -> totalPeers = Optional.of(answer.number());
                default -> unknown += KNOWN.contains(key) ? 0 : 1;
            }
        }

        void object(String key) {
            unknown += key.equals(BEST_PATH) ? 0 : 1;
        }

        void peers() throws UnusableOutput {
            complete = true;
            answer.members(key -> {
                try {
                    peer(key, answer.object());
                } catch (IllegalArgumentException e) {
                    throw answer.unparsable("peer '" + Excerpt.of(key) + "': " + e.getMessage());
                }
            });
        }

        private void peer(String key, JsonObject json) throws UnusableOutput {
            var peer = peerId(key, json);
            unknown += json.unknownKeys(KNOWN_OF_PEER);
            // The last change of state, also to down; a peer that was never up has none.
            var since = json.epochSeconds("peerUptimeEstablishedEpoch").map(FrrVrf::jittering);
            // The prefixes of this peer that are in the table, so after the import policy; older versions call it
            // prefixReceivedCount. What arrived before the policy is not in this output.
            var accepted = json.number(json.has("pfxRcd") ? "pfxRcd" : "prefixReceivedCount");
            var session = new PeerSession(
                    peer,
                    Optional.empty(),
                    FrrVrf.state(json, "state"),
                    json.scalar("remoteAs").map(AsPathText::asn),
                    json.scalar("localAs").map(AsPathText::asn),
                    Optional.empty(),
                    accepted,
                    json.number("pfxSnt"),
                    Optional.empty(),
                    since.map(ChangeStamp::time));
            rows.add(session);
            since.ifPresent(time -> sourceTimes.put(session.key(), time));
        }

        private PeerId peerId(String key, JsonObject json) throws UnusableOutput {
            if (json.text("idType").filter("interface"::equals).isEmpty()) {
                return PeerId.parse(key);
            }
            if (isAddress(key)) {
                throw json.unparsable("the address " + key + ", which is called an interface");
            }
            return new PeerId(Optional.empty(), Optional.of(key));
        }

        private static boolean isAddress(String key) {
            try {
                IpAddress.parse(key);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        /** A peer that is not listed is proven to be down, so the list must be as long as FRR says it is. */
        Table table() throws UnusableOutput {
            FrrVrf.check("displayedPeers", displayedPeers, rows.size());
            FrrVrf.check("totalPeers", totalPeers, rows.size());
            rows.add(new DaemonState(Optional.empty(), routerId, asn, Optional.empty(), Optional.empty()));
            return new Table(Observed.of(), rows, sourceTimes);
        }
    }
}
