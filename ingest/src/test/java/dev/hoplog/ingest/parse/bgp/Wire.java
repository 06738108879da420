package dev.hoplog.ingest.parse.bgp;

import dev.hoplog.model.AsPath;
import dev.hoplog.model.AsPath.Segment;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.Path;
import dev.hoplog.model.Prefix;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;

/** A small encoder of path attributes, to hold the decoder against. */
final class Wire {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** With the extended length where it is needed, or wanted. */
    Wire attribute(int type, byte[] value, boolean extended) {
        boolean wide = extended || value.length > 255;
        octets.write(wide ? 0xD0 : 0xC0);
        octets.write(type);
        if (wide) {
            octets.write(value.length >>> 8);
        }
        octets.write(value.length);
        octets.writeBytes(value);
        return this;
    }

    byte[] octets() {
        return octets.toByteArray();
    }

    static byte[] uint32(long... values) {
        var out = ByteBuffer.allocate(4 * values.length);
        for (long value : values) {
            out.putInt((int) value);
        }
        return out.array();
    }

    static byte[] asPath(AsPath path, AsnWidth width) {
        var out = new ByteArrayOutputStream();
        for (var segment : path.segments()) {
            for (int at = 0; at < segment.asns().size(); at += 255) {
                segment(
                        segment,
                        segment.asns()
                                .subList(at, Math.min(at + 255, segment.asns().size())),
                        width,
                        out);
            }
        }
        return out.toByteArray();
    }

    private static void segment(Segment segment, List<Long> asns, AsnWidth width, ByteArrayOutputStream out) {
        out.write(
                switch (segment.type()) {
                    case SET -> 1;
                    case SEQUENCE -> 2;
                    case CONFED_SEQUENCE -> 3;
                    case CONFED_SET -> 4;
                });
        out.write(asns.size());
        for (long asn : asns) {
            var four = uint32(asn);
            out.write(four, 4 - width.octets(), width.octets());
        }
    }

    static byte[] reach(Prefix prefix, List<IpAddress> nextHops, long... pathId) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(hex(prefix.address().octets().length == 4 ? "000101" : "000201"));
        out.write(nextHops.stream().mapToInt(hop -> hop.octets().length).sum());
        nextHops.forEach(hop -> out.writeBytes(hop.octets()));
        out.write(0);
        out.writeBytes(uint32(pathId));
        out.writeBytes(prefix.nlri());
        return out.toByteArray();
    }

    /** All that a path has, but what is not of BGP. */
    static byte[] of(Path path, Prefix prefix, boolean extended) {
        var wire = new Wire();
        path.origin().ifPresent(origin -> wire.attribute(1, new byte[] {(byte) origin.ordinal()}, extended));
        wire.attribute(2, asPath(path.asPath(), AsnWidth.FOUR), extended);
        path.med().ifPresent(med -> wire.attribute(4, uint32(med), extended));
        path.localPref().ifPresent(preference -> wire.attribute(5, uint32(preference), extended));
        if (path.atomicAggregate()) {
            wire.attribute(6, new byte[0], extended);
        }
        path.aggregator()
                .ifPresent(a -> wire.attribute(
                        7,
                        ByteBuffer.allocate(8)
                                .put(uint32(a.asn()))
                                .put(a.address().octets())
                                .array(),
                        extended));
        var communities = path.communities();
        if (!communities.standard().isEmpty()) {
            wire.attribute(
                    8,
                    uint32(communities.standard().stream()
                            .mapToLong(c -> c.value())
                            .toArray()),
                    extended);
        }
        if (!communities.large().isEmpty()) {
            wire.attribute(
                    32,
                    uint32(communities.large().stream()
                            .flatMapToLong(c -> LongStream.of(c.globalAdministrator(), c.localData1(), c.localData2()))
                            .toArray()),
                    extended);
        }
        path.originatorId().ifPresent(id -> wire.attribute(9, id.octets(), extended));
        if (!path.clusterList().isEmpty()) {
            var clusters = new ByteArrayOutputStream();
            path.clusterList().forEach(id -> clusters.writeBytes(id.octets()));
            wire.attribute(10, clusters.toByteArray(), extended);
        }
        wire.attribute(
                14,
                reach(
                        prefix,
                        path.nextHops().stream()
                                .map(hop -> hop.address().orElseThrow())
                                .toList()),
                extended);
        path.onlyToCustomer().ifPresent(asn -> wire.attribute(35, uint32(asn), extended));
        return wire.octets();
    }
}
