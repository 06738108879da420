package dev.hoplog.api.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Many hops, those of a node together: in one line nobody finds a hop. */
final class ByNode {
    /** More are told node by node. */
    private static final int ON_ONE_LINE = 3;

    private ByNode() {}

    /** All on one line if they are few; else a line for each node, such as {@code pve02: frr/vrf_evpnz1, kernel/main}. */
    static List<String> of(List<String> hops) {
        if (hops.size() <= ON_ONE_LINE) {
            return List.of(String.join(", ", hops));
        }
        return nodes(hops).entrySet().stream()
                .map(node -> node.getKey() + ": " + String.join(", ", node.getValue()))
                .toList();
    }

    /** Such as {@code 21 hops of 9 nodes}. */
    static String count(List<String> hops) {
        return GapsText.count(hops.size(), "hop", "hops") + " of "
                + GapsText.count(nodes(hops).size(), "node", "nodes");
    }

    private static SequencedMap<String, List<String>> nodes(List<String> hops) {
        var nodes = new LinkedHashMap<String, List<String>>();
        for (var hop : hops) {
            var parts = hop.split("/", 2);
            nodes.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[parts.length - 1]);
        }
        return nodes;
    }
}
