package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.util.Optional;

/** {@link RibId} and {@link PeerId} on the wire. */
public final class RibCodec {
    static final EnumCodec<View, dev.hoplog.log.v1.View> VIEWS =
            new EnumCodec<>(View.values(), dev.hoplog.log.v1.View::forNumber);

    private RibCodec() {}

    public static dev.hoplog.log.v1.RibId encode(RibId rib) {
        var message = dev.hoplog.log.v1.RibId.newBuilder()
                .setNetwork(rib.network())
                .setNode(rib.hop().node())
                .setDaemon(rib.hop().daemon())
                .setTable(rib.hop().table())
                .setAfi(rib.family().afi())
                .setSafi(rib.family().safi())
                .setView(VIEWS.encode(rib.view()));
        rib.peer().ifPresent(peer -> message.setPeer(encode(peer)));
        rib.routeDistinguisher().ifPresent(message::setRouteDistinguisher);
        return message.build();
    }

    /**
     * Reads the value.
     *
     * @throws IllegalArgumentException if it is no RIB
     */
    public static RibId decode(dev.hoplog.log.v1.RibId message) {
        return new RibId(
                message.getNetwork(),
                new HopId(message.getNode(), message.getDaemon(), message.getTable()),
                AddressFamily.of(message.getAfi(), message.getSafi()),
                present(message.getRouteDistinguisher()),
                VIEWS.decode(message.getViewValue()),
                message.hasPeer() ? Optional.of(decode(message.getPeer())) : Optional.empty());
    }

    static dev.hoplog.log.v1.Peer encode(PeerId peer) {
        var message = dev.hoplog.log.v1.Peer.newBuilder();
        peer.address().ifPresent(address -> message.setAddress(encode(address)));
        peer.interfaceName().ifPresent(message::setInterface);
        return message.build();
    }

    static PeerId decode(dev.hoplog.log.v1.Peer message) {
        return new PeerId(address(message.getAddress()), present(message.getInterface()));
    }

    static ByteString encode(IpAddress address) {
        return ByteString.copyFrom(address.octets());
    }

    static Optional<IpAddress> address(ByteString octets) {
        return octets.isEmpty() ? Optional.empty() : Optional.of(IpAddress.ofOctets(octets.toByteArray()));
    }

    static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
