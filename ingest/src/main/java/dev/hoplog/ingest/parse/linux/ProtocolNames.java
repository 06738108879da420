package dev.hoplog.ingest.parse.linux;

import static java.util.Map.entry;

import java.util.Map;

/**
 * Who put a route into the kernel (rtnetlink's {@code RTPROT_*}): a number of 8 bits, which iproute2 prints by the name that
 * its {@code rt_protos} has for it, or as it is: always with {@code -N}, else where there is none. So one protocol goes by two
 * names. Those of the kernel's header are one here.
 */
final class ProtocolNames {
    private static final Map<String, String> NAMED = Map.ofEntries(
            entry("0", "unspec"),
            entry("1", "redirect"),
            entry("2", "kernel"),
            entry("3", "boot"),
            entry("4", "static"),
            entry("8", "gated"),
            entry("9", "ra"),
            entry("10", "mrt"),
            entry("11", "zebra"),
            entry("12", "bird"),
            entry("13", "dnrouted"),
            entry("14", "xorp"),
            entry("15", "ntk"),
            entry("16", "dhcp"),
            entry("17", "mrouted"),
            entry("18", "keepalived"),
            entry("42", "babel"),
            entry("84", "ovn"),
            entry("99", "openr"),
            entry("186", "bgp"),
            entry("187", "isis"),
            entry("188", "ospf"),
            entry("189", "rip"),
            entry("192", "eigrp"));

    private ProtocolNames() {}

    /** The name for a protocol that is printed as a number, if there is one; anything else as it is. */
    static String usual(String protocol) {
        return NAMED.getOrDefault(protocol, protocol);
    }
}
