package dev.hoplog.model;

import static com.google.common.collect.Comparators.emptiesFirst;
import static com.google.common.collect.Comparators.lexicographical;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One path to a prefix, with what its source says of it. What the source does not offer is empty here and missing from
 * the table's {@link Observed}: it is <i>not observed</i>, never absent.
 *
 * <p>Numbers are 0 to 2^32 - 1.
 *
 * @param from the neighbour that it was learnt from; empty for a route of one's own
 * @param protocol the daemon's label of where it came from: a BIRD protocol name, a kernel route protocol
 * @param pathId ADD-PATH identifier (RFC 7911) as received
 * @param nextHops in canonical order
 * @param weight FRR's local weight
 * @param metric a kernel's metric
 * @param preference BIRD's preference, or zebra's administrative distance
 * @param clusterList RFC 4456, in the order received
 * @param onlyToCustomer RFC 9234
 */
public record Path(
        Optional<PeerId> from,
        Optional<String> protocol,
        Optional<Long> pathId,
        Destination destination,
        List<NextHop> nextHops,
        Optional<Origin> origin,
        AsPath asPath,
        Optional<Long> med,
        Optional<Long> localPref,
        Optional<Long> weight,
        Optional<Long> metric,
        Optional<Long> preference,
        Communities communities,
        boolean atomicAggregate,
        Optional<Aggregator> aggregator,
        Optional<IpAddress> originatorId,
        List<IpAddress> clusterList,
        Optional<Long> onlyToCustomer,
        List<OtherAttribute> other,
        Set<PathFlag> flags) {

    /** The canonical order of the paths of a route: total, and consistent with {@code equals}. */
    public static final Comparator<Path> ORDER = Comparator.comparing(Path::from, emptiesFirst(natural(PeerId.class)))
            .thenComparing(Path::pathId, emptiesFirst(natural(Long.class)))
            .thenComparing(Path::protocol, emptiesFirst(natural(String.class)))
            .thenComparing(Path::destination)
            .thenComparing(Path::nextHops, lexicographical(NextHop.ORDER))
            .thenComparing(Path::origin, emptiesFirst(natural(Origin.class)))
            .thenComparing(Path::asPath)
            .thenComparing(Path::med, emptiesFirst(natural(Long.class)))
            .thenComparing(Path::localPref, emptiesFirst(natural(Long.class)))
            .thenComparing(Path::weight, emptiesFirst(natural(Long.class)))
            .thenComparing(Path::metric, emptiesFirst(natural(Long.class)))
            .thenComparing(Path::preference, emptiesFirst(natural(Long.class)))
            .thenComparing(Path::communities)
            .thenComparing(Path::atomicAggregate)
            .thenComparing(Path::aggregator, emptiesFirst(natural(Aggregator.class)))
            .thenComparing(Path::originatorId, emptiesFirst(natural(IpAddress.class)))
            .thenComparing(Path::clusterList, lexicographical(natural(IpAddress.class)))
            .thenComparing(Path::onlyToCustomer, emptiesFirst(natural(Long.class)))
            .thenComparing(Path::other, lexicographical(OtherAttribute.ORDER))
            .thenComparing(Path::flags, lexicographical(natural(PathFlag.class)));

    public Path {
        nextHops = nextHops.stream().sorted(NextHop.ORDER).toList();
        clusterList = List.copyOf(clusterList);
        other = other.stream().sorted(OtherAttribute.ORDER).toList();
        var ordered = EnumSet.noneOf(PathFlag.class);
        ordered.addAll(flags);
        flags = Collections.unmodifiableSet(ordered);
        for (var number : List.of(pathId, med, localPref, weight, metric, preference, onlyToCustomer)) {
            number.ifPresent(n -> Uint32.check("path attribute", n));
        }
    }

    /** Names the type where inference cannot. */
    @SuppressWarnings("UnusedVariable")
    private static <T extends Comparable<T>> Comparator<T> natural(Class<T> type) {
        return Comparator.naturalOrder();
    }

    public boolean has(PathFlag flag) {
        return flags.contains(flag);
    }

    /**
     * Whether a table of that view would use it. It must be selected; in a FIB it must lead somewhere too; and what a
     * policy refused is used by nobody. BIRD prints {@code unreachable} for routes from a peer on the same host and still
     * uses them, so the destination does not count outside a FIB.
     */
    public boolean isUsable(View view) {
        return isSelected(view)
                && switch (view) {
                    case FIB -> destination == Destination.UNICAST;
                    case LOC_RIB, ADJ_RIB_IN_PRE, ADJ_RIB_IN_POST, ADJ_RIB_OUT_PRE, ADJ_RIB_OUT_POST -> true;
                    case ADJ_RIB_IN_REJECTED, ADJ_RIB_OUT_REJECTED, SESSIONS -> false;
                };
    }

    /**
     * Whether a lookup of an address may end at it: the longest route of which that is true decides, wherever it leads. A
     * kernel that has a blackhole drops, and does not go on to a shorter route. Loc-RIB: valid, best, and not about to go.
     * FIB: installed and alive. Adj views: being there is enough.
     */
    public boolean isSelected(View view) {
        return switch (view) {
            case LOC_RIB -> has(PathFlag.VALID) && has(PathFlag.BEST) && Collections.disjoint(flags, GOING);
            case FIB -> has(PathFlag.INSTALLED) && !has(PathFlag.INSTALL_FAILED) && !has(PathFlag.DEAD);
            case ADJ_RIB_IN_PRE,
                    ADJ_RIB_IN_POST,
                    ADJ_RIB_IN_REJECTED,
                    ADJ_RIB_OUT_PRE,
                    ADJ_RIB_OUT_POST,
                    ADJ_RIB_OUT_REJECTED -> true;
            case SESSIONS -> false;
        };
    }

    private static final Set<PathFlag> GOING =
            Collections.unmodifiableSet(EnumSet.of(PathFlag.REMOVED, PathFlag.HISTORY, PathFlag.DAMPED));

    /** The same path with everything forgotten that was not observed: what may be compared with another output. */
    public Path keeping(Observed observed) {
        boolean reflection = observed.includes(Attribute.REFLECTION);
        boolean aggregation = observed.includes(Attribute.AGGREGATOR);
        boolean others = observed.includes(Attribute.OTHER);
        return new Path(
                observed.includes(Attribute.FROM) ? from : Optional.empty(),
                observed.includes(Attribute.PROTOCOL) ? protocol : Optional.empty(),
                observed.includes(Attribute.PATH_ID) ? pathId : Optional.empty(),
                destination,
                observed.includes(Attribute.NEXT_HOPS) ? nextHops : List.of(),
                observed.includes(Attribute.ORIGIN) ? origin : Optional.empty(),
                observed.includes(Attribute.AS_PATH) ? asPath : AsPath.empty(),
                observed.includes(Attribute.MED) ? med : Optional.empty(),
                observed.includes(Attribute.LOCAL_PREF) ? localPref : Optional.empty(),
                observed.includes(Attribute.WEIGHT) ? weight : Optional.empty(),
                observed.includes(Attribute.METRIC) ? metric : Optional.empty(),
                observed.includes(Attribute.PREFERENCE) ? preference : Optional.empty(),
                communitiesIn(observed),
                aggregation && atomicAggregate,
                aggregation ? aggregator : Optional.empty(),
                reflection ? originatorId : Optional.empty(),
                reflection ? clusterList : List.of(),
                others ? onlyToCustomer : Optional.empty(),
                others ? other : List.of(),
                flags);
    }

    /** The same path from that neighbour over these next hops. */
    Path at(Optional<PeerId> neighbour, List<NextHop> hops) {
        return new Path(
                neighbour,
                protocol,
                pathId,
                destination,
                hops,
                origin,
                asPath,
                med,
                localPref,
                weight,
                metric,
                preference,
                communities,
                atomicAggregate,
                aggregator,
                originatorId,
                clusterList,
                onlyToCustomer,
                other,
                flags);
    }

    private Communities communitiesIn(Observed observed) {
        boolean standard = observed.includes(Attribute.COMMUNITIES);
        return new Communities(
                standard ? communities.standard() : List.of(),
                observed.includes(Attribute.LARGE_COMMUNITIES) ? communities.large() : List.of(),
                observed.includes(Attribute.EXTENDED_COMMUNITIES) ? communities.extended() : List.of(),
                standard ? communities.aliases() : List.of());
    }
}
