package dev.hoplog.ingest.read;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Uint32;
import dev.hoplog.model.View;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A question to Cilium that is known to be of whole tables: through the agent's {@code cilium-dbg}, its REST API, or
 * Kubernetes.
 */
sealed interface CiliumCommand {
    /**
     * {@code cilium-dbg bgp routes available|advertised AFI unicast [vrouter ASN] [peer ADDRESS] -o json}, or {@code GET
     * /v1/bgp/routes}.
     *
     * @param view of which the answer is
     * @param routerAsn empty: all virtual routers
     * @param neighbor empty: all, where the view has any
     */
    record Routes(View view, AddressFamily family, Optional<Long> routerAsn, Optional<PeerId> neighbor)
            implements CiliumCommand {
        boolean speaksOf(RibName rib) {
            return rib.view() == view
                    && rib.family() == family
                    && routerAsn.map(asn -> rib.table().equals(asn.toString())).orElse(true)
                    && neighbor.map(peer -> rib.peer().equals(Optional.of(peer)))
                            .orElse(true);
        }
    }

    /** {@code cilium-dbg bgp peers -o json}, or {@code GET /v1/bgp/peers}. */
    record Peers() implements CiliumCommand {}

    /** {@code kubectl get ciliumbgpnodeconfig NODE -o json}. */
    record NodeConfig() implements CiliumCommand {}

    /**
     * The same as a table for people, {@code cilium-dbg shell} of Cilium after 1.18 too: next hops, and no attributes.
     *
     * @param ofSessions whether it would tell of sessions
     */
    record Text(boolean ofSessions) implements CiliumCommand {}

    Set<String> AGENT = Set.of("cilium-dbg", "cilium");
    Set<String> CURL = Set.of("curl");
    Set<String> KUBECTL = Set.of("kubectl", "oc");
    Set<String> NODE_CONFIG = Set.of(
            "ciliumbgpnodeconfig",
            "ciliumbgpnodeconfigs",
            "ciliumbgpnodeconfig.cilium.io",
            "ciliumbgpnodeconfigs.cilium.io",
            "cbgpnode");
    Set<String> WITH_VALUE = Set.of("-H", "--host", "--config", "--context", "--kubeconfig", "-n", "--namespace");

    /** Examples, of IPv6; IPv4 has them too. The table is the AS number of a virtual router. */
    static List<String> forms(String table) {
        return List.of(
                "cilium-dbg bgp routes available ipv6 unicast vrouter " + table + " -o json",
                "cilium-dbg bgp routes advertised ipv6 unicast vrouter " + table + " peer ADDRESS -o json",
                "cilium-dbg bgp peers -o json",
                "kubectl get ciliumbgpnodeconfig NODE -o json");
    }

    /** Empty for anything else: one prefix, route policies, another family. */
    static Optional<CiliumCommand> of(List<String> argv) {
        try {
            return Invocation.of(argv, AGENT)
                    .flatMap(CiliumCommand::ofAgent)
                    .or(() -> Invocation.of(argv, CURL).flatMap(CiliumCommand::ofRest))
                    .or(() -> Invocation.of(argv, KUBECTL).flatMap(CiliumCommand::ofKubernetes));
        } catch (IllegalArgumentException e) {
            // No AS number, no address, no URL: whatever was asked, the answer is of no table.
            return Optional.empty();
        }
    }

    private static Optional<CiliumCommand> ofAgent(List<String> words) {
        var command = positional(words);
        if (command.isEmpty()) {
            return Optional.empty();
        }
        if (command.getFirst().equals("shell")) {
            return command.stream().anyMatch(word -> word.startsWith("bgp/"))
                    ? Optional.of(new Text(command.stream().anyMatch(word -> word.startsWith("bgp/peers"))))
                    : Optional.empty();
        }
        if (!command.getFirst().equals("bgp") || command.size() < 2) {
            return Optional.empty();
        }
        var asked = switch (command.get(1)) {
            case "peers" -> Optional.<CiliumCommand>of(new Peers()).filter(peers -> command.size() == 2);
            case "routes" -> routes(command.subList(2, command.size()));
            default -> Optional.<CiliumCommand>empty();
        };
        return asked.flatMap(known -> OutputOption.in(words)
                .map(form -> Optional.of(known).filter(k -> form.equals("json")))
                .orElse(Optional.of(new Text(known instanceof Peers))));
    }

    /** {@code available ipv6 unicast vrouter 65010}. */
    private static Optional<CiliumCommand> routes(List<String> words) {
        if (words.size() < 3 || words.size() % 2 == 0) {
            return Optional.empty();
        }
        var options = new HashMap<String, String>();
        for (int i = 3; i < words.size(); i += 2) {
            options.put(words.get(i).equals("neighbor") ? "peer" : words.get(i), words.get(i + 1));
        }
        if (!Set.of("vrouter", "peer").containsAll(options.keySet())) {
            return Optional.empty();
        }
        var table = switch (words.getFirst()) {
            case "available" -> "loc-rib";
            case "advertised" -> "adj-rib-out";
            default -> "";
        };
        return routes(
                table,
                words.get(1) + "-" + words.get(2),
                Optional.ofNullable(options.get("vrouter")),
                Optional.ofNullable(options.get("peer")));
    }

    private static Optional<CiliumCommand> ofRest(List<String> words) {
        for (var word : words) {
            var path = word.replaceFirst("^[a-z+]+://[^/]*", "");
            if (path.equals("/v1/bgp/peers")) {
                return Optional.of(new Peers());
            }
            if (path.startsWith("/v1/bgp/routes?")) {
                var query = query(path.substring(path.indexOf('?') + 1));
                return routes(
                        query.getOrDefault("table_type", ""),
                        query.getOrDefault("afi", "") + "-" + query.getOrDefault("safi", ""),
                        Optional.ofNullable(query.get("router_asn")),
                        Optional.ofNullable(query.get("neighbor")));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> query(String text) {
        var query = new HashMap<String, String>();
        for (var pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static Optional<CiliumCommand> routes(
            String table, String family, Optional<String> routerAsn, Optional<String> neighbor) {
        var view = switch (table) {
            case "loc-rib" -> Optional.of(View.LOC_RIB);
            // Neither policy has seen what came in; every policy has seen what goes out.
            case "adj-rib-in" -> Optional.of(View.ADJ_RIB_IN_PRE);
            case "adj-rib-out" -> Optional.of(View.ADJ_RIB_OUT_POST);
            default -> Optional.<View>empty();
        };
        return view.map(v -> new Routes(
                v,
                AddressFamily.parse(family),
                routerAsn.map(asn -> Uint32.parse("AS number", asn)),
                neighbor.filter(peer -> v.isAdj()).map(PeerId::parse)));
    }

    private static Optional<CiliumCommand> ofKubernetes(List<String> words) {
        var command = positional(words);
        boolean isOne = command.size() == 3
                && command.getFirst().equals("get")
                && NODE_CONFIG.contains(command.get(1).toLowerCase(Locale.ROOT));
        // The resource and its name may be one word.
        boolean isOneWord = command.size() == 2
                && command.getFirst().equals("get")
                && NODE_CONFIG.contains(
                        command.get(1).replaceFirst("/[^/]+$", "").toLowerCase(Locale.ROOT))
                && command.get(1).indexOf('/') > 0;
        return (isOne || isOneWord) && OutputOption.in(words).equals(Optional.of("json"))
                ? Optional.of(new NodeConfig())
                : Optional.empty();
    }

    private static List<String> positional(List<String> words) {
        var positional = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (WITH_VALUE.contains(word) || OutputOption.isAlone(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                positional.add(word);
            }
        }
        return positional;
    }
}
