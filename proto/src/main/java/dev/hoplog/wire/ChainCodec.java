package dev.hoplog.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.log.v1.CarriedRange;
import dev.hoplog.log.v1.ChainEdge;
import dev.hoplog.log.v1.ChainHop;
import dev.hoplog.log.v1.ChainNode;
import dev.hoplog.log.v1.InstallLink;
import dev.hoplog.log.v1.SessionKind;
import dev.hoplog.log.v1.SessionLink;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Name;
import dev.hoplog.model.Prefix;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** {@link ChainVersion} on the wire. */
public final class ChainCodec {
    static final EnumCodec<Link.Kind, SessionKind> KINDS = new EnumCodec<>(Link.Kind.values(), SessionKind::forNumber);

    private ChainCodec() {}

    /** A chain as it is published, under the name that its contents give it. */
    public static ChainVersion version(
            String network, Optional<Instant> inForceFrom, Instant publishedAt, Chain chain) {
        return new ChainVersion(
                network, Ids.chain(network, inForceFrom, octets(chain)), inForceFrom, publishedAt, chain);
    }

    public static byte[] encode(ChainVersion version) {
        return message(version).toByteArray();
    }

    /**
     * Reads a version as it was published.
     *
     * @throws MalformedRecord also if its name is not that of its contents: then it was damaged, or says something that
     *     this reader does not know, and would be taken for another chain
     */
    public static ChainVersion decode(byte[] octets) throws MalformedRecord {
        try {
            var version = decode(dev.hoplog.log.v1.ChainVersion.parseFrom(octets));
            var named = Ids.chain(version.network(), version.inForceFrom(), octets(version.chain()));
            if (!version.id().equals(named)) {
                throw new MalformedRecord(
                        "chain version: it is called " + version.id() + ", and what it says is called " + named
                                + ": damaged, or written by a later version of Hoplog");
            }
            return version;
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedRecord("chain version", e);
        }
    }

    private static byte[] octets(Chain chain) {
        return encode(chain).toByteArray();
    }

    public static dev.hoplog.log.v1.ChainVersion message(ChainVersion version) {
        var message = dev.hoplog.log.v1.ChainVersion.newBuilder()
                .setNetwork(version.network())
                .setVersionId(LogCodec.id(version.id()))
                .setPublishedAt(TimeCodec.encode(version.publishedAt()))
                .setChain(encode(version.chain()));
        version.inForceFrom().ifPresent(from -> message.setInForceFrom(TimeCodec.encode(from)));
        return message.build();
    }

    /** Takes its word for its name: where the octets were written by ourselves. */
    public static ChainVersion decode(dev.hoplog.log.v1.ChainVersion message) {
        if (!message.hasPublishedAt()) {
            throw new IllegalArgumentException("a chain that was never published");
        }
        return new ChainVersion(
                message.getNetwork(),
                LogCodec.id(message.getVersionId()),
                time(message.hasInForceFrom(), message.getInForceFrom()),
                TimeCodec.decode(message.getPublishedAt()),
                decode(message.getChain()));
    }

    private static dev.hoplog.log.v1.Chain encode(Chain chain) {
        var message = dev.hoplog.log.v1.Chain.newBuilder();
        chain.nodes().forEach(node -> message.addNodes(encode(node)));
        chain.edges().forEach(edge -> message.addEdges(encode(edge)));
        return message.build();
    }

    private static Chain decode(dev.hoplog.log.v1.Chain message) {
        return new Chain(
                message.getNodesList().stream().map(ChainCodec::decode).toList(),
                message.getEdgesList().stream().map(ChainCodec::decode).toList());
    }

    private static ChainNode encode(Node node) {
        return ChainNode.newBuilder()
                .setName(node.name())
                .addAllAliases(node.aliases())
                .setHeadline(encode(node.headline()))
                .addAllHops(node.hops().stream().map(ChainCodec::encode).toList())
                .build();
    }

    private static Node decode(ChainNode message) {
        return new Node(
                Name.check("node", message.getName()),
                new TreeSet<>(message.getAliasesList()),
                decode(message.getHeadline()),
                message.getHopsList().stream().map(ChainCodec::decode).toList());
    }

    static ChainHop encode(HopId hop) {
        return ChainHop.newBuilder()
                .setNode(hop.node())
                .setDaemon(hop.daemon())
                .setTable(hop.table())
                .build();
    }

    static HopId decode(ChainHop message) {
        return new HopId(message.getNode(), message.getDaemon(), message.getTable());
    }

    private static ChainEdge encode(Edge edge) {
        var message = ChainEdge.newBuilder()
                .setUpstream(encode(edge.upstream()))
                .setDownstream(encode(edge.downstream()))
                .setOnlyLearnt(edge.onlyLearnt())
                .setGrace(TimeCodec.encode(edge.grace()));
        switch (edge.link()) {
            case Link.Session session ->
                message.setSession(SessionLink.newBuilder()
                        .setKind(KINDS.encode(session.kind()))
                        .setUpstream(RibCodec.encode(session.upstream()))
                        .setDownstream(RibCodec.encode(session.downstream())));
            case Link.Install _ -> message.setInstall(InstallLink.getDefaultInstance());
        }
        edge.carries().forEach(carried -> message.addCarries(encode(carried)));
        edge.from().ifPresent(from -> message.setFrom(TimeCodec.encode(from)));
        edge.until().ifPresent(until -> message.setUntil(TimeCodec.encode(until)));
        return message.build();
    }

    private static Edge decode(ChainEdge message) {
        return new Edge(
                decode(message.getUpstream()),
                decode(message.getDownstream()),
                link(message),
                message.getCarriesList().stream().map(ChainCodec::decode).toList(),
                message.getOnlyLearnt(),
                TimeCodec.decode(message.getGrace()),
                time(message.hasFrom(), message.getFrom()),
                time(message.hasUntil(), message.getUntil()));
    }

    private static Link link(ChainEdge message) {
        return switch (message.getLinkCase()) {
            case SESSION -> {
                var session = message.getSession();
                yield new Link.Session(
                        KINDS.decode(session.getKindValue()),
                        RibCodec.decode(session.getUpstream()),
                        RibCodec.decode(session.getDownstream()));
            }
            case INSTALL -> new Link.Install();
            case LINK_NOT_SET -> throw new IllegalArgumentException("an edge without a link");
        };
    }

    private static CarriedRange encode(Carried carried) {
        var range = carried.range();
        var message = CarriedRange.newBuilder()
                .setAddress(RibCodec.encode(range.within().address()))
                .setLength(range.within().length())
                .setMinLength(range.minLength())
                .setMaxLength(range.maxLength())
                .setLargeCommunities(PathCodec.encodeLarge(carried.requires().large()));
        carried.requires().standard().forEach(community -> message.addCommunities((int) community.value()));
        return message.build();
    }

    private static Carried decode(CarriedRange message) {
        var address = RibCodec.address(message.getAddress())
                .orElseThrow(() -> new IllegalArgumentException("a range without an address"));
        return new Carried(
                new PrefixRange(
                        new Prefix(address, message.getLength()), message.getMinLength(), message.getMaxLength()),
                new Communities(
                        message.getCommunitiesList().stream()
                                .map(value -> new Community(Integer.toUnsignedLong(value)))
                                .toList(),
                        PathCodec.decodeLarge(message.getLargeCommunities()),
                        List.of(),
                        List.of()));
    }

    private static Optional<Instant> time(boolean isSet, Timestamp time) {
        return isSet ? Optional.of(TimeCodec.decode(time)) : Optional.empty();
    }
}
