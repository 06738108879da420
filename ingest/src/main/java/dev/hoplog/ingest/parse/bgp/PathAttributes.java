package dev.hoplog.ingest.parse.bgp;

import dev.hoplog.ingest.parse.AsPathText;
import dev.hoplog.ingest.parse.ExtendedCommunityText;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Aggregator;
import dev.hoplog.model.AsPath.Segment;
import dev.hoplog.model.Community;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Origin;
import dev.hoplog.model.PathBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The path attributes of one path, as octets: flags, type, length, value (RFC 4271 section 4.3), in any order, in one
 * stretch or in several.
 *
 * <p>Total: whatever the octets are, what comes out is a path or an {@link UnusableOutput} that names the attribute. A
 * daemon that keeps malformed attributes is not what we believe we read, so nothing is repaired (RFC 7606 is for speakers).
 * The flags are not judged beyond the length that they announce. Attributes that have no field of their own are kept by
 * their number, in hexadecimal.
 */
public final class PathAttributes {
    private static final int EXTENDED_LENGTH = 0x10;

    /** What an old speaker has in place of a number beyond 65535 (RFC 6793). */
    private static final long AS_TRANS = 23456;

    private static final int AS4_PATH = 17;
    private static final int AS4_AGGREGATOR = 18;

    private final AsnWidth width;
    private final boolean addPath;
    private final PathBuilder path;
    private final BitSet types = new BitSet(256);

    private List<Segment> asPath = List.of();
    private Optional<List<Segment>> as4Path = Optional.empty();
    private Optional<Aggregator> aggregator = Optional.empty();
    private Optional<Aggregator> as4Aggregator = Optional.empty();
    private Optional<IpAddress> nextHop = Optional.empty();
    private Optional<MpReach> reach = Optional.empty();

    /**
     * @param width of the numbers in AS_PATH
     * @param addPath whether NLRI have path identifiers
     * @param path gets what is read
     */
    public PathAttributes(AsnWidth width, boolean addPath, PathBuilder path) {
        this.width = width;
        this.addPath = addPath;
        this.path = path;
    }

    /** Reads whole attributes, as many as there are. None may come twice, here or in an earlier stretch. */
    public void read(byte[] octets) throws UnusableOutput {
        var in = Octets.of(octets, "a path attribute");
        while (!in.isEmpty()) {
            int flags = in.uint8();
            int type = in.uint8();
            int length = (flags & EXTENDED_LENGTH) == 0 ? in.uint8() : in.uint16();
            if (types.get(type)) {
                throw in.malformed("attribute " + type + " comes twice");
            }
            types.set(type);
            if (length > in.left()) {
                throw in.malformed(
                        "attribute " + type + " has a length of " + length + ", and " + in.left() + " octets are left");
            }
            value(type, in.part(length, "path attribute " + type));
        }
    }

    /** Gives the path what depends on several attributes. To be called once, at the end. */
    public Optional<MpReach> finish() {
        // RFC 6793 section 4.2.3: an aggregator that is not AS_TRANS was set behind the last speaker of four octets.
        boolean isOld = aggregator.filter(a -> a.asn() != AS_TRANS).isPresent();
        var segments = as4Path.filter(p -> !isOld)
                .map(newer -> AsPathOctets.merged(asPath, newer))
                .orElse(asPath);
        path.asPath(AsPathText.ofSegments(segments));
        as4Aggregator
                .filter(a -> !isOld && aggregator.isPresent())
                .or(() -> aggregator)
                .ifPresent(path::aggregator);
        // RFC 4760 section 3: NEXT_HOP beside MP_REACH_NLRI is to be ignored.
        reach.map(MpReach::nextHops)
                .or(() -> nextHop.map(List::of))
                .ifPresent(hops -> hops.forEach(hop -> path.nextHop(NextHop.of(hop))));
        return reach;
    }

    private void value(int type, Octets in) throws UnusableOutput {
        switch (type) {
            case 1 -> path.origin(origin(in));
            case 2 -> asPath = AsPathOctets.read(in, width);
            case 3 -> nextHop = Optional.of(fixed(in, 4).address(IpVersion.V4));
            case 4 -> path.med(fixed(in, 4).uint32());
            case 5 -> path.localPref(fixed(in, 4).uint32());
            case 6 -> {
                in.checkLength(0);
                path.atomicAggregate();
            }
            case 7 -> aggregator = Optional.of(aggregator(in));
            case 8 -> communities(in);
            case 9 -> path.originatorId(fixed(in, 4).address(IpVersion.V4));
            case 10 -> path.clusterList(clusterList(in));
            case 14 -> reach = Optional.of(MpReach.read(in, addPath));
            case 16 -> extendedCommunities(in);
            case 26 -> aigp(in);
            case 32 -> largeCommunities(in);
            case 35 -> path.onlyToCustomer(fixed(in, 4).uint32());
            default -> other(type, in);
        }
    }

    private void other(int type, Octets in) throws UnusableOutput {
        // Between speakers of four octets both mean nothing.
        if (type == AS4_PATH && width == AsnWidth.TWO) {
            as4Path = Optional.of(AsPathOctets.read(in, AsnWidth.FOUR));
        } else if (type == AS4_AGGREGATOR && width == AsnWidth.TWO) {
            as4Aggregator = Optional.of(aggregator(fixed(in, 8)));
        } else {
            path.other("attribute_" + type, HexFormat.of().formatHex(in.take(in.left())));
        }
    }

    private static Octets fixed(Octets in, int length) throws UnusableOutput {
        in.checkLength(length);
        return in;
    }

    private static Origin origin(Octets in) throws UnusableOutput {
        int value = fixed(in, 1).uint8();
        return switch (value) {
            case 0 -> Origin.IGP;
            case 1 -> Origin.EGP;
            case 2 -> Origin.INCOMPLETE;
            default -> throw in.malformed("no origin: " + value);
        };
    }

    /** With six octets or eight: the length says itself which. */
    private static Aggregator aggregator(Octets in) throws UnusableOutput {
        return switch (in.left()) {
            case 6 -> new Aggregator(in.uint16(), in.address(IpVersion.V4));
            case 8 -> new Aggregator(in.uint32(), in.address(IpVersion.V4));
            default -> throw in.malformed("a length of " + in.left() + " in place of 6 or 8");
        };
    }

    private void communities(Octets in) throws UnusableOutput {
        in.checkItems(4);
        while (!in.isEmpty()) {
            path.community(new Community(in.uint32()));
        }
    }

    private static List<IpAddress> clusterList(Octets in) throws UnusableOutput {
        in.checkItems(4);
        List<IpAddress> clusters = new ArrayList<>();
        while (!in.isEmpty()) {
            clusters.add(in.address(IpVersion.V4));
        }
        return clusters;
    }

    private void extendedCommunities(Octets in) throws UnusableOutput {
        in.checkItems(8);
        while (!in.isEmpty()) {
            path.extendedCommunity(ExtendedCommunityText.ofOctets(in.take(8)));
        }
    }

    private void largeCommunities(Octets in) throws UnusableOutput {
        in.checkItems(12);
        while (!in.isEmpty()) {
            path.largeCommunity(new LargeCommunity(in.uint32(), in.uint32(), in.uint32()));
        }
    }

    /** RFC 7311: type, length and value, of which only the first of type 1 counts: a metric of eight octets. */
    private void aigp(Octets in) throws UnusableOutput {
        boolean found = false;
        while (!in.isEmpty()) {
            int type = in.uint8();
            int length = in.uint16();
            if (length < 3) {
                throw in.malformed("a length of " + length + ", itself and the type included");
            }
            var value = in.part(length - 3, "AIGP");
            if (type == 1 && !found) {
                found = true;
                value.checkLength(8);
                path.other("aigp", Long.toUnsignedString(value.uint32() << 32 | value.uint32()));
            }
        }
        if (!found) {
            throw in.malformed("no AIGP metric");
        }
    }
}
