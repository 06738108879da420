package dev.hoplog.api.cli;

import dev.hoplog.v1.Rib;
import dev.hoplog.v1.View;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The name of a table. */
final class RibText {
    private static final String ENUM_PREFIX = "VIEW_";

    private RibText() {}

    /** The table without its hop, such as {@code adj-rib-in-pre ipv6-unicast fd00:100::3}. */
    static String table(Rib rib) {
        return Stream.of(view(rib.getView()), rib.getFamily(), rib.getPeer(), rib.getRouteDistinguisher())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** As RFC 9069 writes it, such as {@code loc-rib}. */
    static String view(View view) {
        return view.name()
                .substring(ENUM_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
