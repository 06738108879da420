package dev.hoplog.model;

import java.util.Comparator;

/** An attribute that has no field of its own, as its daemon printed it. */
public record OtherAttribute(String name, String value) {
    static final Comparator<OtherAttribute> ORDER =
            Comparator.comparing(OtherAttribute::name).thenComparing(OtherAttribute::value);
}
