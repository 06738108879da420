package dev.hoplog.model;

/**
 * Attributes that not every output shows. One that was not observed is neither absent nor comparable.
 *
 * <p>{@link #bit} is part of the wire format and never changes.
 */
public enum Attribute {
    FROM(1),
    PROTOCOL(2),
    PATH_ID(3),
    NEXT_HOPS(4),
    ORIGIN(5),
    AS_PATH(6),
    MED(7),
    LOCAL_PREF(8),
    WEIGHT(9),
    METRIC(10),
    PREFERENCE(11),
    COMMUNITIES(12),
    LARGE_COMMUNITIES(13),
    EXTENDED_COMMUNITIES(14),
    /** AGGREGATOR and ATOMIC_AGGREGATE. */
    AGGREGATOR(15),
    /** ORIGINATOR_ID and CLUSTER_LIST (RFC 4456). */
    REFLECTION(16),
    /** Everything without a field of its own, and ONLY_TO_CUSTOMER (RFC 9234). */
    OTHER(17);

    private final int bit;

    Attribute(int bit) {
        this.bit = bit;
    }

    public int bit() {
        return bit;
    }
}
