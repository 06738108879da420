package dev.hoplog.model;

import static com.google.common.collect.Comparators.emptiesFirst;

import java.util.Comparator;
import java.util.Optional;

/**
 * Where a path hands packets to.
 *
 * @param address empty for a route straight onto a link
 * @param interfaceName where the source says it; the zone of a link-local address
 * @param weight of an ECMP leg
 */
public record NextHop(Optional<IpAddress> address, Optional<String> interfaceName, Optional<Long> weight) {
    static final Comparator<NextHop> ORDER = Comparator.comparing(
                    NextHop::address, emptiesFirst(Comparator.<IpAddress>naturalOrder()))
            .thenComparing(NextHop::interfaceName, emptiesFirst(Comparator.<String>naturalOrder()))
            .thenComparing(NextHop::weight, emptiesFirst(Comparator.<Long>naturalOrder()));

    public static NextHop of(IpAddress address) {
        return new NextHop(Optional.of(address), Optional.empty(), Optional.empty());
    }

    public static NextHop of(IpAddress address, String interfaceName) {
        return new NextHop(Optional.of(address), Optional.of(interfaceName), Optional.empty());
    }

    @Override
    public String toString() {
        return address.map(IpAddress::toString).orElse("")
                + interfaceName.map(i -> "%" + i).orElse("")
                + weight.map(w -> " weight " + w).orElse("");
    }
}
