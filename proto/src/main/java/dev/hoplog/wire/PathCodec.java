package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import dev.hoplog.log.v1.AsPathSegment;
import dev.hoplog.model.Aggregator;
import dev.hoplog.model.AsPath;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.Destination;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Origin;
import dev.hoplog.model.OtherAttribute;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** {@link Path} on the wire. */
final class PathCodec {
    static final EnumCodec<Destination, dev.hoplog.log.v1.Destination> DESTINATIONS =
            new EnumCodec<>(Destination.values(), dev.hoplog.log.v1.Destination::forNumber);
    static final EnumCodec<Origin, dev.hoplog.log.v1.Origin> ORIGINS =
            new EnumCodec<>(Origin.values(), dev.hoplog.log.v1.Origin::forNumber);
    static final EnumCodec<PathFlag, dev.hoplog.log.v1.PathFlag> FLAGS =
            new EnumCodec<>(PathFlag.values(), dev.hoplog.log.v1.PathFlag::forNumber);
    static final EnumCodec<AsPath.SegmentType, dev.hoplog.log.v1.AsPathSegmentType> SEGMENT_TYPES =
            new EnumCodec<>(AsPath.SegmentType.values(), dev.hoplog.log.v1.AsPathSegmentType::forNumber);
    private static final int ROUTER_ID_OCTETS = 4;
    private static final int LARGE_COMMUNITY_OCTETS = 12;

    private PathCodec() {}

    static dev.hoplog.log.v1.Path encode(Path path) {
        var message = dev.hoplog.log.v1.Path.newBuilder()
                .setDestination(DESTINATIONS.encode(path.destination()))
                .setAtomicAggregate(path.atomicAggregate());
        path.from().ifPresent(peer -> message.setFrom(RibCodec.encode(peer)));
        path.protocol().ifPresent(message::setProtocol);
        path.pathId().ifPresent(id -> message.setPathId((int) (long) id));
        path.nextHops().forEach(hop -> message.addNextHops(encode(hop)));
        path.origin().ifPresent(origin -> message.setOrigin(ORIGINS.encode(origin)));
        path.asPath().segments().forEach(segment -> message.addAsPath(encode(segment)));
        path.med().ifPresent(n -> message.setMed((int) (long) n));
        path.localPref().ifPresent(n -> message.setLocalPref((int) (long) n));
        path.weight().ifPresent(n -> message.setWeight((int) (long) n));
        path.metric().ifPresent(n -> message.setMetric((int) (long) n));
        path.preference().ifPresent(n -> message.setPreference((int) (long) n));
        path.communities().standard().forEach(community -> message.addCommunities((int) community.value()));
        message.setLargeCommunities(encodeLarge(path.communities().large()));
        message.addAllExtendedCommunities(path.communities().extended());
        message.addAllCommunityAliases(path.communities().aliases());
        path.aggregator().ifPresent(aggregator -> message.setAggregator(encode(aggregator)));
        path.originatorId().ifPresent(id -> message.setOriginatorId(RibCodec.encode(id)));
        message.setClusterList(encodeClusters(path.clusterList()));
        path.onlyToCustomer().ifPresent(asn -> message.setOnlyToCustomer((int) (long) asn));
        path.other().forEach(other -> message.addOther(encode(other)));
        path.flags().forEach(flag -> message.addFlags(FLAGS.encode(flag)));
        return message.build();
    }

    static Path decode(dev.hoplog.log.v1.Path message) {
        var flags = EnumSet.noneOf(PathFlag.class);
        message.getFlagsValueList().forEach(number -> flags.add(FLAGS.decode(number)));
        return new Path(
                message.hasFrom() ? Optional.of(RibCodec.decode(message.getFrom())) : Optional.empty(),
                RibCodec.present(message.getProtocol()),
                number(message.hasPathId(), message.getPathId()),
                DESTINATIONS.decode(message.getDestinationValue()),
                message.getNextHopsList().stream().map(PathCodec::decode).toList(),
                message.getOriginValue() == 0
                        ? Optional.empty()
                        : Optional.of(ORIGINS.decode(message.getOriginValue())),
                new AsPath(
                        message.getAsPathList().stream().map(PathCodec::decode).toList()),
                number(message.hasMed(), message.getMed()),
                number(message.hasLocalPref(), message.getLocalPref()),
                number(message.hasWeight(), message.getWeight()),
                number(message.hasMetric(), message.getMetric()),
                number(message.hasPreference(), message.getPreference()),
                decodeCommunities(message),
                message.getAtomicAggregate(),
                message.hasAggregator() ? Optional.of(decode(message.getAggregator())) : Optional.empty(),
                RibCodec.address(message.getOriginatorId()),
                decodeClusters(message.getClusterList()),
                number(message.hasOnlyToCustomer(), message.getOnlyToCustomer()),
                message.getOtherList().stream()
                        .map(other -> new OtherAttribute(other.getName(), other.getValue()))
                        .toList(),
                flags);
    }

    private static Optional<Long> number(boolean present, int unsigned) {
        return present ? Optional.of(Integer.toUnsignedLong(unsigned)) : Optional.empty();
    }

    private static dev.hoplog.log.v1.NextHop encode(NextHop hop) {
        var message = dev.hoplog.log.v1.NextHop.newBuilder();
        hop.address().ifPresent(address -> message.setAddress(RibCodec.encode(address)));
        hop.interfaceName().ifPresent(message::setInterface);
        hop.weight().ifPresent(weight -> message.setWeight((int) (long) weight));
        return message.build();
    }

    private static NextHop decode(dev.hoplog.log.v1.NextHop message) {
        return new NextHop(
                RibCodec.address(message.getAddress()),
                RibCodec.present(message.getInterface()),
                number(message.hasWeight(), message.getWeight()));
    }

    private static AsPathSegment encode(AsPath.Segment segment) {
        var message = AsPathSegment.newBuilder().setType(SEGMENT_TYPES.encode(segment.type()));
        segment.asns().forEach(asn -> message.addAsns((int) (long) asn));
        return message.build();
    }

    private static AsPath.Segment decode(AsPathSegment message) {
        return new AsPath.Segment(
                SEGMENT_TYPES.decode(message.getTypeValue()),
                message.getAsnsList().stream().map(Integer::toUnsignedLong).toList());
    }

    private static dev.hoplog.log.v1.Aggregator encode(Aggregator aggregator) {
        return dev.hoplog.log.v1.Aggregator.newBuilder()
                .setAsn((int) aggregator.asn())
                .setAddress(RibCodec.encode(aggregator.address()))
                .build();
    }

    private static Aggregator decode(dev.hoplog.log.v1.Aggregator message) {
        return new Aggregator(
                Integer.toUnsignedLong(message.getAsn()),
                IpAddress.ofOctets(message.getAddress().toByteArray()));
    }

    private static dev.hoplog.log.v1.OtherAttribute encode(OtherAttribute other) {
        return dev.hoplog.log.v1.OtherAttribute.newBuilder()
                .setName(other.name())
                .setValue(other.value())
                .build();
    }

    private static Communities decodeCommunities(dev.hoplog.log.v1.Path message) {
        return new Communities(
                message.getCommunitiesList().stream()
                        .map(value -> new Community(Integer.toUnsignedLong(value)))
                        .toList(),
                decodeLarge(message.getLargeCommunities()),
                message.getExtendedCommunitiesList(),
                message.getCommunityAliasesList());
    }

    static ByteString encodeLarge(List<LargeCommunity> communities) {
        var octets = ByteBuffer.allocate(communities.size() * LARGE_COMMUNITY_OCTETS);
        communities.forEach(community -> octets.putInt((int) community.globalAdministrator())
                .putInt((int) community.localData1())
                .putInt((int) community.localData2()));
        return ByteString.copyFrom(octets.flip());
    }

    static List<LargeCommunity> decodeLarge(ByteString octets) {
        var buffer = wholeMultiple("large communities", octets, LARGE_COMMUNITY_OCTETS);
        var communities = new ArrayList<LargeCommunity>();
        while (buffer.hasRemaining()) {
            communities.add(new LargeCommunity(
                    Integer.toUnsignedLong(buffer.getInt()),
                    Integer.toUnsignedLong(buffer.getInt()),
                    Integer.toUnsignedLong(buffer.getInt())));
        }
        return communities;
    }

    private static ByteString encodeClusters(List<IpAddress> clusters) {
        return clusters.stream().map(RibCodec::encode).reduce(ByteString.EMPTY, ByteString::concat);
    }

    private static List<IpAddress> decodeClusters(ByteString octets) {
        var buffer = wholeMultiple("the cluster list", octets, ROUTER_ID_OCTETS);
        var clusters = new ArrayList<IpAddress>();
        while (buffer.hasRemaining()) {
            var id = new byte[ROUTER_ID_OCTETS];
            buffer.get(id);
            clusters.add(IpAddress.ofOctets(id));
        }
        return clusters;
    }

    private static ByteBuffer wholeMultiple(String what, ByteString octets, int each) {
        if (octets.size() % each != 0) {
            throw new IllegalArgumentException(what + " in " + octets.size() + " octets: not a multiple of " + each);
        }
        return octets.asReadOnlyByteBuffer();
    }
}
