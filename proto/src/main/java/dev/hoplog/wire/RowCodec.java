package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import java.util.Optional;

/** {@link Row} on the wire. */
public final class RowCodec {
    static final EnumCodec<SessionState, dev.hoplog.log.v1.SessionState> STATES =
            new EnumCodec<>(SessionState.values(), dev.hoplog.log.v1.SessionState::forNumber);
    static final EnumCodec<ChangeStamp.Kind, dev.hoplog.log.v1.StampKind> STAMP_KINDS =
            new EnumCodec<>(ChangeStamp.Kind.values(), dev.hoplog.log.v1.StampKind::forNumber);

    private RowCodec() {}

    public static dev.hoplog.log.v1.Row encode(Row row) {
        var message = dev.hoplog.log.v1.Row.newBuilder()
                .setKey(ByteString.copyFrom(row.key().octets()));
        switch (row) {
            case Route route -> {
                var paths = dev.hoplog.log.v1.Route.newBuilder();
                route.paths().forEach(path -> paths.addPaths(PathCodec.encode(path)));
                message.setRoute(paths);
                route.stamp().ifPresent(stamp -> message.setStamp(encode(stamp)));
            }
            case PeerSession session -> {
                message.setPeer(encodeSession(session));
                session.stamp().ifPresent(stamp -> message.setStamp(encode(stamp)));
            }
            case DaemonState daemon -> message.setDaemon(encodeDaemon(daemon));
        }
        return message.build();
    }

    /**
     * Reads a row.
     *
     * @param version of the prefixes in the row's RIB: the key does not say it
     * @throws IllegalArgumentException if it is no row, or stands under another key than its own
     */
    public static Row decode(dev.hoplog.log.v1.Row message, IpVersion version) {
        var stamp = message.hasStamp() ? Optional.of(decode(message.getStamp())) : Optional.<ChangeStamp>empty();
        var row = switch (message.getBodyCase()) {
            case ROUTE ->
                new Route(
                        Prefix.ofNlri(version, message.getKey().toByteArray()),
                        message.getRoute().getPathsList().stream()
                                .map(PathCodec::decode)
                                .toList(),
                        stamp);
            case PEER -> decodeSession(message.getPeer(), stamp);
            case DAEMON -> decodeDaemon(message.getDaemon());
            case BODY_NOT_SET -> throw new IllegalArgumentException("a row without a body");
        };
        if (!row.key().equals(RowKey.ofOctets(message.getKey().toByteArray()))) {
            throw new IllegalArgumentException("a row of key " + row.key() + " under another key");
        }
        return row;
    }

    private static dev.hoplog.log.v1.PeerSession encodeSession(PeerSession session) {
        var message = dev.hoplog.log.v1.PeerSession.newBuilder()
                .setPeer(RibCodec.encode(session.peer()))
                .setState(STATES.encode(session.state()));
        session.label().ifPresent(message::setLabel);
        session.remoteAsn().ifPresent(asn -> message.setRemoteAsn((int) (long) asn));
        session.localAsn().ifPresent(asn -> message.setLocalAsn((int) (long) asn));
        session.received().ifPresent(message::setReceived);
        session.accepted().ifPresent(message::setAccepted);
        session.advertised().ifPresent(message::setAdvertised);
        session.withdrawn().ifPresent(message::setWithdrawn);
        return message.build();
    }

    private static PeerSession decodeSession(dev.hoplog.log.v1.PeerSession message, Optional<ChangeStamp> stamp) {
        return new PeerSession(
                RibCodec.decode(message.getPeer()),
                RibCodec.present(message.getLabel()),
                STATES.decode(message.getStateValue()),
                asn(message.hasRemoteAsn(), message.getRemoteAsn()),
                asn(message.hasLocalAsn(), message.getLocalAsn()),
                count(message.hasReceived(), message.getReceived()),
                count(message.hasAccepted(), message.getAccepted()),
                count(message.hasAdvertised(), message.getAdvertised()),
                count(message.hasWithdrawn(), message.getWithdrawn()),
                stamp);
    }

    private static dev.hoplog.log.v1.DaemonState encodeDaemon(DaemonState daemon) {
        var message = dev.hoplog.log.v1.DaemonState.newBuilder();
        daemon.version().ifPresent(message::setVersion);
        daemon.routerId().ifPresent(message::setRouterId);
        daemon.localAsn().ifPresent(asn -> message.setLocalAsn((int) (long) asn));
        daemon.startedAt().ifPresent(stamp -> message.setStartedAt(encode(stamp)));
        daemon.reconfiguredAt().ifPresent(stamp -> message.setReconfiguredAt(encode(stamp)));
        return message.build();
    }

    private static DaemonState decodeDaemon(dev.hoplog.log.v1.DaemonState message) {
        return new DaemonState(
                RibCodec.present(message.getVersion()),
                RibCodec.present(message.getRouterId()),
                asn(message.hasLocalAsn(), message.getLocalAsn()),
                message.hasStartedAt() ? Optional.of(decode(message.getStartedAt())) : Optional.empty(),
                message.hasReconfiguredAt() ? Optional.of(decode(message.getReconfiguredAt())) : Optional.empty());
    }

    public static dev.hoplog.log.v1.ChangeStamp encode(ChangeStamp stamp) {
        return dev.hoplog.log.v1.ChangeStamp.newBuilder()
                .setKind(STAMP_KINDS.encode(stamp.kind()))
                .setEarliest(stamp.earliest())
                .setLatest(stamp.latest())
                .build();
    }

    public static ChangeStamp decode(dev.hoplog.log.v1.ChangeStamp message) {
        return new ChangeStamp(STAMP_KINDS.decode(message.getKindValue()), message.getEarliest(), message.getLatest());
    }

    private static Optional<Long> asn(boolean present, int unsigned) {
        return present ? Optional.of(Integer.toUnsignedLong(unsigned)) : Optional.empty();
    }

    private static Optional<Long> count(boolean present, long value) {
        return present ? Optional.of(value) : Optional.empty();
    }
}
