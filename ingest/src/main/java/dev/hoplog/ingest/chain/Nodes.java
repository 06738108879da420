package dev.hoplog.ingest.chain;

import dev.hoplog.chain.Node;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.HopId;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.Name;
import dev.hoplog.model.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** The nodes of a file, by whose names and addresses its edges speak. Grows; not thread-safe. */
final class Nodes {
    private record Known(Node node, Map<String, IpAddress> addresses) {}

    private final Problems problems;
    private final Map<String, Known> byName = new LinkedHashMap<>();
    private final Map<String, Place> called = new HashMap<>();

    Nodes(Problems problems) {
        this.problems = problems;
    }

    List<Node> all() {
        return byName.values().stream().map(Known::node).toList();
    }

    void add(Item.Mapping item) {
        var name = (Item.Scalar) item.get("name").orElseThrow();
        if (!claim(name)) {
            return;
        }
        var aliases = new TreeSet<String>();
        FileReading.scalars(item.get("aliases")).stream()
                .filter(this::claim)
                .forEach(alias -> aliases.add(alias.text()));
        var hops = new ArrayList<HopId>();
        for (var scalar : FileReading.scalars(item.get("hops"))) {
            var hop = hop(name.text(), scalar);
            if (hop.isPresent() && hops.contains(hop.get())) {
                problems.add(scalar.place(), "the hop " + hop.get() + " is listed twice: keep one");
            } else {
                hop.ifPresent(hops::add);
            }
        }
        var headline = (Item.Scalar) item.get("headline").orElseThrow();
        var written = hops.stream().map(hop -> hop.daemon() + "/" + hop.table()).toList();
        if (written.contains(headline.text())) {
            var speaking = hops.get(written.indexOf(headline.text()));
            byName.put(name.text(), new Known(new Node(name.text(), aliases, speaking, hops), addresses(item)));
        } else {
            problems.add(
                    headline.place(),
                    "the headline '" + Excerpt.of(headline.text()) + "' is no hop of " + name.text()
                            + Suggestion.among(written, headline.text()));
        }
    }

    /** Whether nobody else is called so. */
    private boolean claim(Item.Scalar name) {
        if (Scalars.read(name, problems, text -> Name.check("node", text)).isEmpty()) {
            return false;
        }
        var earlier = called.putIfAbsent(name.text(), name.place());
        if (earlier != null) {
            problems.add(
                    name.place(),
                    "a node is called " + name.text() + " already, at " + earlier + ": rename one, or merge them");
        }
        return earlier == null;
    }

    private Optional<HopId> hop(String node, Item.Scalar scalar) {
        return Scalars.read(scalar, problems, text -> {
            if (text.chars().filter(c -> c == '/').count() != 1) {
                throw new IllegalArgumentException("not a hop of a node: '" + Excerpt.of(text)
                        + "' (write daemon/table, such as frr/vrf_evpnz1; the node is known)");
            }
            return HopId.parse(node + "/" + text);
        });
    }

    private Map<String, IpAddress> addresses(Item.Mapping node) {
        var addresses = new LinkedHashMap<String, IpAddress>();
        node.get("addresses").ifPresent(item -> {
            for (var entry : ((Item.Mapping) item).entries()) {
                Scalars.read(entry.value(), problems, IpAddress::parse)
                        .ifPresent(address -> addresses.put(entry.key().text(), address));
            }
        });
        return addresses;
    }

    /** The hop that an edge names, if a node lists it. */
    Optional<HopId> hop(Item.Scalar scalar) {
        return Scalars.read(scalar, problems, text -> {
            var hop = HopId.parse(text);
            var known = byName.get(hop.node());
            if (known == null) {
                var renamed = byName.values().stream()
                        .filter(other -> other.node().isCalled(hop.node()))
                        .findFirst();
                throw new IllegalArgumentException("there is no node '" + hop.node() + "'"
                        + renamed.map(other ->
                                        ": that is an alias of '" + other.node().name() + "', name that")
                                .orElseGet(() -> Suggestion.among(byName.keySet(), hop.node())));
            }
            var hops = known.node().hops();
            if (!hops.contains(hop)) {
                throw new IllegalArgumentException(hop.node() + " lists no hop '" + hop.daemon() + "/" + hop.table()
                        + "'"
                        + Suggestion.among(hops.stream().map(HopId::toString).toList(), text));
            }
            return hop;
        });
    }

    /**
     * By which address a hop is known to the other end of a session.
     *
     * @param over the name of the address; empty: the node's only one
     * @param edge where to complain if it is not clear
     */
    Optional<PeerId> address(HopId hop, Optional<Item.Scalar> over, Place edge) {
        var addresses = Objects.requireNonNull(byName.get(hop.node()), "not a hop that an edge names")
                .addresses();
        if (over.isPresent()) {
            var address = addresses.get(over.get().text());
            if (address == null) {
                problems.add(
                        over.get().place(),
                        hop.node() + " has no address called '"
                                + Excerpt.of(over.get().text()) + "'"
                                + Suggestion.among(
                                        addresses.keySet(), over.get().text()));
            }
            return Optional.ofNullable(address).map(PeerId::of);
        }
        if (addresses.size() != 1) {
            problems.add(
                    edge,
                    hop.node() + " has "
                            + (addresses.isEmpty()
                                    ? "no addresses: give it one, or write `addresses` here"
                                    : "several addresses: say which with `over`"
                                            + Suggestion.among(addresses.keySet(), "")));
            return Optional.empty();
        }
        return addresses.values().stream().findFirst().map(PeerId::of);
    }
}
