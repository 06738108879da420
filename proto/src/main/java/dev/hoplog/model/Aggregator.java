package dev.hoplog.model;

/** RFC 4271 section 5.1.7. */
public record Aggregator(long asn, IpAddress address) implements Comparable<Aggregator> {
    public Aggregator {
        Uint32.check("AS number", asn);
    }

    @Override
    public int compareTo(Aggregator other) {
        int byAsn = Long.compare(asn, other.asn);
        return byAsn != 0 ? byAsn : address.compareTo(other.address);
    }
}
