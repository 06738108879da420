package dev.hoplog.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what a parser meets, in any order, and makes a {@link Path} of it. For one thread, for one path. */
public final class PathBuilder {
    private Optional<PeerId> from = Optional.empty();
    private Optional<String> protocol = Optional.empty();
    private Optional<Long> pathId = Optional.empty();
    private Destination destination = Destination.UNICAST;
    private final List<NextHop> nextHops = new ArrayList<>();
    private Optional<Origin> origin = Optional.empty();
    private AsPath asPath = AsPath.empty();
    private Optional<Long> med = Optional.empty();
    private Optional<Long> localPref = Optional.empty();
    private Optional<Long> weight = Optional.empty();
    private Optional<Long> metric = Optional.empty();
    private Optional<Long> preference = Optional.empty();
    private final List<Community> standard = new ArrayList<>();
    private final List<LargeCommunity> large = new ArrayList<>();
    private final List<String> extended = new ArrayList<>();
    private final List<String> aliases = new ArrayList<>();
    private boolean atomicAggregate;
    private Optional<Aggregator> aggregator = Optional.empty();
    private Optional<IpAddress> originatorId = Optional.empty();
    private List<IpAddress> clusterList = List.of();
    private Optional<Long> onlyToCustomer = Optional.empty();
    private final List<OtherAttribute> other = new ArrayList<>();
    private final Set<PathFlag> flags = EnumSet.noneOf(PathFlag.class);

    public PathBuilder from(PeerId peer) {
        from = Optional.of(peer);
        return this;
    }

    public PathBuilder protocol(String label) {
        protocol = Optional.of(label);
        return this;
    }

    public PathBuilder pathId(long id) {
        pathId = Optional.of(id);
        return this;
    }

    public PathBuilder destination(Destination value) {
        destination = value;
        return this;
    }

    public PathBuilder nextHop(NextHop nextHop) {
        nextHops.add(nextHop);
        return this;
    }

    public PathBuilder origin(Origin value) {
        origin = Optional.of(value);
        return this;
    }

    public PathBuilder asPath(AsPath value) {
        asPath = value;
        return this;
    }

    public PathBuilder med(long value) {
        med = Optional.of(value);
        return this;
    }

    public PathBuilder localPref(long value) {
        localPref = Optional.of(value);
        return this;
    }

    public PathBuilder weight(long value) {
        weight = Optional.of(value);
        return this;
    }

    public PathBuilder metric(long value) {
        metric = Optional.of(value);
        return this;
    }

    public PathBuilder preference(long value) {
        preference = Optional.of(value);
        return this;
    }

    /** Takes {@code 65010:100}, a well-known name, or an alias that nobody can resolve. */
    public PathBuilder community(String text) {
        Community.parse(text).ifPresentOrElse(standard::add, () -> aliases.add(text));
        return this;
    }

    public PathBuilder community(Community value) {
        standard.add(value);
        return this;
    }

    public PathBuilder communityAlias(String name) {
        aliases.add(name);
        return this;
    }

    public PathBuilder largeCommunity(LargeCommunity value) {
        large.add(value);
        return this;
    }

    /** As {@code type:global:local} in lower case. */
    public PathBuilder extendedCommunity(String text) {
        extended.add(text);
        return this;
    }

    public PathBuilder atomicAggregate() {
        atomicAggregate = true;
        return this;
    }

    public PathBuilder aggregator(Aggregator value) {
        aggregator = Optional.of(value);
        return this;
    }

    public PathBuilder originatorId(IpAddress value) {
        originatorId = Optional.of(value);
        return this;
    }

    public PathBuilder clusterList(List<IpAddress> value) {
        clusterList = value;
        return this;
    }

    public PathBuilder onlyToCustomer(long asn) {
        onlyToCustomer = Optional.of(asn);
        return this;
    }

    public PathBuilder other(String name, String value) {
        other.add(new OtherAttribute(name, value));
        return this;
    }

    public PathBuilder flag(PathFlag flag) {
        flags.add(flag);
        return this;
    }

    public PathBuilder flag(PathFlag flag, boolean claimed) {
        return claimed ? flag(flag) : this;
    }

    public Path build() {
        return new Path(
                from,
                protocol,
                pathId,
                destination,
                nextHops,
                origin,
                asPath,
                med,
                localPref,
                weight,
                metric,
                preference,
                new Communities(standard, large, extended, aliases),
                atomicAggregate,
                aggregator,
                originatorId,
                clusterList,
                onlyToCustomer,
                other,
                flags);
    }
}
