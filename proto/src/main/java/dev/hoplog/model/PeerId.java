package dev.hoplog.model;

import java.util.Optional;

/**
 * A BGP neighbour as a RIB's key names it: its address, with the interface if the address is link-local, or the
 * interface alone for an unnumbered session. A protocol name is only a label and no part of it.
 */
public record PeerId(Optional<IpAddress> address, Optional<String> interfaceName) implements Comparable<PeerId> {
    public PeerId {
        interfaceName.ifPresent(name -> Name.check("interface", name));
        if (address.isEmpty() && interfaceName.isEmpty()) {
            throw new IllegalArgumentException("a peer needs an address or an interface");
        }
    }

    public static PeerId of(IpAddress address) {
        return new PeerId(Optional.of(address), Optional.empty());
    }

    /**
     * Reads {@code fd00::1}, {@code fe80::1%eth0} or {@code eth0}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static PeerId parse(String text) {
        int percent = text.indexOf('%');
        if (percent >= 0) {
            return new PeerId(
                    Optional.of(IpAddress.parse(text.substring(0, percent))), Optional.of(text.substring(percent + 1)));
        }
        // An address has a colon, or a dot and only digits beside it; anything else is an interface.
        boolean looksLikeAddress = text.indexOf(':') >= 0 || text.matches("[0-9.]+");
        return looksLikeAddress ? of(IpAddress.parse(text)) : new PeerId(Optional.empty(), Optional.of(text));
    }

    /** Whether both name one neighbour for certain: it may be named with its interface or without. */
    public boolean isSameAs(PeerId other) {
        return equals(other)
                || address.isPresent()
                        && address.equals(other.address)
                        && (interfaceName.isEmpty() || other.interfaceName.isEmpty());
    }

    /** Whether no neighbour of that name goes by its interface instead: an IPv6 address that is not link-local. */
    public boolean isTheOnlyName() {
        return interfaceName.isEmpty()
                && address.filter(a -> a.version() == IpVersion.V6 && !a.isLinkLocal())
                        .isPresent();
    }

    @Override
    public int compareTo(PeerId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return address.map(a -> a + interfaceName.map(i -> "%" + i).orElse(""))
                .or(() -> interfaceName)
                .orElseThrow();
    }
}
