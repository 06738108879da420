package dev.hoplog.api.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.hoplog.api.history.Window;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.Prefix;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What clients send, checked. Every method throws {@link IllegalArgumentException} with a message that says what is wrong
 * and what would be right.
 */
final class Requests {
    private static final int MOST_CHARACTERS = 512;

    private Requests() {}

    static String text(String field, String value) {
        if (value.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    field + " has " + value.length() + " characters: at most " + MOST_CHARACTERS);
        }
        return value;
    }

    static Prefix prefix(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("prefix is empty: name one, such as fd00:101:224:3::/64");
        }
        return Prefix.parse(text("prefix", value));
    }

    /** A prefix, or an address as the prefix of full length. */
    static Prefix prefixOrAddress(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("query is empty: name a prefix or an address");
        }
        return value.contains("/") ? prefix(value) : Prefix.host(IpAddress.parse(text("query", value)));
    }

    /** In whole microseconds, the tick of all times here. */
    static Optional<Instant> instant(String field, boolean present, Timestamp value) {
        if (!present) {
            return Optional.empty();
        }
        if (!Timestamps.isValid(value)) {
            throw new IllegalArgumentException(field + " is no valid time: years 1 to 9999, nanos 0 to 999999999");
        }
        return Optional.of(
                Instant.ofEpochSecond(value.getSeconds(), value.getNanos()).truncatedTo(ChronoUnit.MICROS));
    }

    static Window window(boolean hasFrom, Timestamp from, boolean hasTo, Timestamp to) {
        return new Window(instant("from", hasFrom, from), instant("to", hasTo, to));
    }

    static int limit(int value, int byDefault, int most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "limit is " + Integer.toUnsignedString(value) + ": at most " + most + ", or 0 for " + byDefault);
        }
        return value == 0 ? byDefault : value;
    }
}
