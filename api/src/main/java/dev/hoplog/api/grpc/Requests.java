package dev.hoplog.api.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.RibSelector;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.View;
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

    static Instant required(String field, Optional<Instant> value) {
        return value.orElseThrow(() -> new IllegalArgumentException(field + " is not set: name an instant"));
    }

    static RibSelector rib(boolean present, dev.hoplog.v1.RibSelector value) {
        if (!present || value.getHop().isEmpty()) {
            throw new IllegalArgumentException("rib.hop is empty: name one, such as pve02/frr/vrf_evpnz1");
        }
        return new RibSelector(
                text("rib.hop", value.getHop()),
                view(value),
                Optional.of(text("rib.family", value.getFamily()))
                        .filter(family -> !family.isEmpty())
                        .map(AddressFamily::parse),
                Optional.of(text("rib.peer", value.getPeer()))
                        .filter(peer -> !peer.isEmpty())
                        .map(PeerId::parse));
    }

    /** The names of both enums are the same but for the prefix. */
    private static Optional<View> view(dev.hoplog.v1.RibSelector value) {
        return switch (value.getView()) {
            case VIEW_UNSPECIFIED -> Optional.empty();
            case UNRECOGNIZED -> throw new IllegalArgumentException("rib.view has no number " + value.getViewValue());
            default -> Optional.of(View.valueOf(value.getView().name().substring("VIEW_".length())));
        };
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
