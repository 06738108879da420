package dev.hoplog.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What two readings of one route both observed of it: all that may be compared between the two.
 *
 * <p>A link-local address is only whole with its interface, which not every output prints: FRR 8.4 names that of an
 * unnumbered neighbour in one form of its table and not in the other. An interface that one of the readings does not print
 * was not observed, so that such an address is compared without. Where both print it, it counts.
 *
 * @param attributes that both show
 * @param neighbours link-local ones, by which a path is known, that a reading shows without their interface
 * @param nextHops link-local ones that one of the readings shows nowhere with their interface. Those of a neighbour that is
 *     not link-local itself FRR always prints bare, even beside the same address with its interface in another path
 */
public record BothObserved(Observed attributes, Set<IpAddress> neighbours, Set<IpAddress> nextHops) {
    private record Printed(Set<IpAddress> whole, Set<IpAddress> bare) {
        static Printed neighbours(Route route) {
            return of(
                    route,
                    path -> path.from().stream(),
                    PeerId::address,
                    peer -> peer.interfaceName().isPresent());
        }

        static Printed nextHops(Route route) {
            return of(
                    route,
                    path -> path.nextHops().stream(),
                    NextHop::address,
                    hop -> hop.interfaceName().isPresent());
        }

        private static <T> Printed of(
                Route route,
                Function<Path, Stream<T>> inPath,
                Function<T, Optional<IpAddress>> address,
                Function<T, Boolean> withInterface) {
            var whole = new HashSet<IpAddress>();
            var bare = new HashSet<IpAddress>();
            route.paths().stream()
                    .flatMap(inPath)
                    .forEach(one -> address.apply(one)
                            .filter(IpAddress::isLinkLocal)
                            .ifPresent(known -> (withInterface.apply(one) ? whole : bare).add(known)));
            return new Printed(whole, bare);
        }

        boolean hasOnlyBare(IpAddress address) {
            return bare.contains(address) && !whole.contains(address);
        }
    }

    public static BothObserved of(Route one, Observed ofOne, Route other, Observed ofOther) {
        var bare = new HashSet<>(Printed.neighbours(one).bare);
        bare.addAll(Printed.neighbours(other).bare);
        var hops = Printed.nextHops(one);
        var otherHops = Printed.nextHops(other);
        var bareHops = Stream.concat(hops.bare.stream(), otherHops.bare.stream())
                .filter(address -> hops.hasOnlyBare(address) || otherHops.hasOnlyBare(address))
                .collect(Collectors.toSet());
        return new BothObserved(ofOne.and(ofOther), bare, bareHops);
    }

    /** The path with everything forgotten that not both observed. */
    public Path of(Path path) {
        var kept = path.keeping(attributes);
        return neighbours.isEmpty() && nextHops.isEmpty()
                ? kept
                : kept.at(
                        kept.from().map(this::neighbour),
                        kept.nextHops().stream().map(this::nextHop).toList());
    }

    /** The paths of a route so, in canonical order. */
    public List<Path> of(Route route) {
        return route.paths().stream().map(this::of).sorted(Path.ORDER).toList();
    }

    private PeerId neighbour(PeerId peer) {
        return peer.address()
                .filter(neighbours::contains)
                .map(address -> PeerId.of(address))
                .orElse(peer);
    }

    private NextHop nextHop(NextHop hop) {
        return hop.address()
                .filter(nextHops::contains)
                .map(address -> new NextHop(hop.address(), Optional.empty(), hop.weight()))
                .orElse(hop);
    }
}
