package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.Prefix;
import java.util.Optional;

/**
 * What a route of zebra's is for: packets to a prefix, or those of them that come {@code from} another one.
 *
 * <p>A route with a source says so in its {@code prefix} ({@code ::/0 from 2001:db8::/32}); the key that it stands under is
 * its source, which may be the key of an ordinary route as well.
 */
record FrrFibKey(Prefix to, Optional<Prefix> from) {
    private static final String FROM = " from ";

    static FrrFibKey parse(String text, IpVersion version) {
        int from = text.indexOf(FROM);
        return from < 0
                ? new FrrFibKey(prefix(text, version), Optional.empty())
                : new FrrFibKey(
                        prefix(text.substring(0, from), version),
                        Optional.of(prefix(text.substring(from + FROM.length()), version)));
    }

    private static Prefix prefix(String text, IpVersion version) {
        var prefix = Prefix.parse(text);
        if (prefix.address().version() != version) {
            throw new IllegalArgumentException("not of the family of IP version " + version);
        }
        return prefix;
    }

    /** Of a route under this key, by what it says itself. */
    FrrFibKey of(JsonObject route) throws UnusableOutput {
        var printed = route.text("prefix");
        if (printed.isEmpty()) {
            return this;
        }
        var said = parse(printed.get(), to.address().version());
        boolean isUnderItsSource = from.isEmpty() && said.from().equals(Optional.of(to));
        if (!said.equals(this) && !isUnderItsSource) {
            throw route.unparsable("it says that it is " + printed.get());
        }
        return said;
    }

    /**
     * Whether it may stand in the place of an ordinary route: FRR 8 has one object for all, in which the last one of a
     * key remains, and goes through the destinations in their order, each before its sources.
     */
    Optional<Prefix> hidden() {
        return from.filter(source -> source.compareTo(to) <= 0);
    }
}
