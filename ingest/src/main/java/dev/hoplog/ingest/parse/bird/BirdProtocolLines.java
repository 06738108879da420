package dev.hoplog.ingest.parse.bird;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What BIRD 2 and 3 are known to say of a protocol and its channels: what their sources print, whether or not anybody has
 * seen it. Which protocols say it is not told apart.
 */
final class BirdProtocolLines {
    private static final Set<String> LABELS = Set.of("""
            Description, Message, Created, Last autorestart, Router ID, VRF
            BGP state, Neighbor address, Neighbor range, Neighbor port, Neighbor AS, Local AS, Neighbor ID
            Session, Source address, Last error, Error wait, Connect delay, Restart timer
            Hold timer, Keepalive timer, Send hold timer, TX pending
            TCP-AO, Current key, RNext key, Good packets, Bad packets
            FSM established transitions, Rcvd messages, Sent messages, Last rcvd update elapsed time
            AF announced, AF supported, AF preserved, IPv6 nexthop, Restart time, LL stale time, RX, TX, Hostname, Role
            State, Import state, Export state, Table, Peer table, Preference
            Input filter, Output filter, Import filter, Export filter
            Receive limit, Import limit, Export limit, Action, GR recovery, Neighbor GR, LL stale timer
            Routes, Route change stats, Import updates, Import withdraws, Export updates, Export withdraws
            BGP Next hop, IGP IPv4 table, IGP IPv6 table, Base table
            Cache server, Status, Transport, Protocol version, Session ID, Serial number, Last update
            Refresh timer, Retry timer, Expire timer, Refresh interval, Retry interval, Expire interval
            Station address, Station port, Local address, Pending TX, Session TX, Total TX
            """.strip().split("[,\n]\\s*"));

    /** Headings of lists, capabilities, and sentences. */
    private static final Pattern WITHOUT_LABEL = Pattern.compile("(?:Local|Neighbor) capabilities"
            + "|Multiprotocol|Route refresh|Extended next hop|Extended message|Graceful restart|Restart recovery"
            + "|4-octet AS numbers|ADD-PATH|Enhanced refresh|Long-lived graceful restart"
            + "|Neighbor graceful restart active|No roa[46] channel"
            + "|Pending \\d+ attribute sets with total \\d+ prefixes to send");

    private BirdProtocolLines() {}

    static boolean isLabel(String label) {
        return LABELS.contains(label);
    }

    static boolean isKnownWithoutLabel(String line) {
        return WITHOUT_LABEL.matcher(line).matches();
    }
}
