package dev.hoplog.ingest.parse.frr;

import dev.hoplog.model.Attribute;
import dev.hoplog.model.Observed;

/** The two forms of FRR's BGP table in JSON. They share hardly a key. */
public enum FrrForm {
    /** {@code show bgp ... json}: no communities, no times. */
    PLAIN,
    /** {@code show bgp ... json detail}. */
    DETAIL;

    private static final Observed IN_PLAIN = Observed.of(
            Attribute.FROM,
            Attribute.NEXT_HOPS,
            Attribute.ORIGIN,
            Attribute.AS_PATH,
            Attribute.MED,
            Attribute.LOCAL_PREF,
            Attribute.WEIGHT);
    private static final Observed IN_DETAIL =
            Observed.allBut(Attribute.PROTOCOL, Attribute.METRIC, Attribute.PREFERENCE);

    /** What the form shows of every path. */
    Observed observed() {
        return switch (this) {
            case PLAIN -> IN_PLAIN;
            case DETAIL -> IN_DETAIL;
        };
    }
}
