package dev.hoplog.api.grpc;

import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Community;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Route;
import dev.hoplog.model.View;
import dev.hoplog.v1.Row;
import java.util.Locale;
import java.util.stream.Stream;

/** Rows of tables as messages of {@code hoplog.v1}. */
final class RowMessages {
    private RowMessages() {}

    static Row row(Seen seen, View view) {
        return switch (seen.row()) {
            case Route route ->
                Row.newBuilder().setRoute(route(route, seen.observed(), view)).build();
            case PeerSession session -> Row.newBuilder().setPeer(peer(session)).build();
            case DaemonState daemon ->
                Row.newBuilder().setDaemon(daemon(daemon)).build();
        };
    }

    /** @throws ClassCastException if it is no route */
    static dev.hoplog.v1.Route route(Seen seen, View view) {
        return route((Route) seen.row(), seen.observed(), view);
    }

    private static dev.hoplog.v1.Route route(Route route, Observed observed, View view) {
        var message = dev.hoplog.v1.Route.newBuilder()
                .setPrefix(route.prefix().toString())
                .setUsable(route.isUsable(view))
                .setChangeStamp(route.stamp().map(ChangeStamp::toString).orElse(""));
        route.paths().forEach(path -> message.addPaths(path(path, observed)));
        return message.build();
    }

    static dev.hoplog.v1.Path path(Path path, Observed observed) {
        var message = dev.hoplog.v1.Path.newBuilder()
                .setFrom(path.from().map(PeerId::toString).orElse(""))
                .setProtocol(path.protocol().orElse(""))
                .setDestination(word(path.destination()))
                .setOrigin(path.origin().map(RowMessages::word).orElse(""))
                .setAsPath(path.asPath().toString())
                .setAtomicAggregate(path.atomicAggregate())
                .setAggregator(
                        path.aggregator().map(a -> a.asn() + " " + a.address()).orElse(""))
                .setOriginatorId(path.originatorId().map(IpAddress::toString).orElse(""));
        path.nextHops().stream().map(NextHop::toString).forEach(message::addNextHops);
        path.communities().standard().stream().map(Community::toString).forEach(message::addCommunities);
        path.communities().aliases().forEach(message::addCommunities);
        path.communities().large().stream().map(LargeCommunity::toString).forEach(message::addLargeCommunities);
        message.addAllExtendedCommunities(path.communities().extended());
        path.clusterList().stream().map(IpAddress::toString).forEach(message::addClusterList);
        path.pathId().ifPresent(n -> message.setPathId((int) (long) n));
        path.med().ifPresent(n -> message.setMed((int) (long) n));
        path.localPref().ifPresent(n -> message.setLocalPref((int) (long) n));
        path.weight().ifPresent(n -> message.setWeight((int) (long) n));
        path.metric().ifPresent(n -> message.setMetric((int) (long) n));
        path.preference().ifPresent(n -> message.setPreference((int) (long) n));
        path.onlyToCustomer().ifPresent(n -> message.setOnlyToCustomer((int) (long) n));
        path.other().forEach(other -> message.addOther(other.name() + ": " + other.value()));
        path.flags().forEach(flag -> message.addFlags(word(flag)));
        Stream.of(Attribute.values())
                .filter(attribute -> !observed.includes(attribute))
                .flatMap(RowMessages::fields)
                .forEach(message::addNotObserved);
        return message.build();
    }

    /** The fields of a path that an attribute is shown in. */
    static Stream<String> fields(Attribute attribute) {
        return switch (attribute) {
            case AGGREGATOR -> Stream.of("atomic_aggregate", "aggregator");
            case REFLECTION -> Stream.of("originator_id", "cluster_list");
            case OTHER -> Stream.of("only_to_customer", "other");
            default -> Stream.of(attribute.name().toLowerCase(Locale.ROOT));
        };
    }

    private static dev.hoplog.v1.PeerSession peer(PeerSession session) {
        var message = dev.hoplog.v1.PeerSession.newBuilder()
                .setPeer(session.peer().toString())
                .setLabel(session.label().orElse(""))
                .setState(word(session.state()));
        session.remoteAsn().ifPresent(n -> message.setRemoteAsn((int) (long) n));
        session.localAsn().ifPresent(n -> message.setLocalAsn((int) (long) n));
        session.received().ifPresent(message::setReceived);
        session.accepted().ifPresent(message::setAccepted);
        session.advertised().ifPresent(message::setAdvertised);
        session.withdrawn().ifPresent(message::setWithdrawn);
        Messages.time(session.stamp()).ifPresent(message::setSince);
        return message.build();
    }

    static dev.hoplog.v1.DaemonState daemon(DaemonState daemon) {
        var message = dev.hoplog.v1.DaemonState.newBuilder()
                .setVersion(daemon.version().orElse(""))
                .setRouterId(daemon.routerId().orElse(""));
        daemon.localAsn().ifPresent(n -> message.setLocalAsn((int) (long) n));
        Messages.time(daemon.startedAt()).ifPresent(message::setStartedAt);
        Messages.time(daemon.reconfiguredAt()).ifPresent(message::setReconfiguredAt);
        return message.build();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
