package dev.hoplog.api.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.Lookup;
import dev.hoplog.api.query.RibSelector;
import dev.hoplog.api.query.Scope;
import dev.hoplog.api.watch.ResumeToken;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.View;
import dev.hoplog.v1.Match;
import dev.hoplog.v1.WatchRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What clients send, checked. Every method throws {@link IllegalArgumentException} with a message that says what is wrong
 * and what would be right.
 */
final class Requests {
    private static final int MOST_CHARACTERS = 512;
    /** Twelve for each of a thousand partitions, twice, and some. */
    private static final int MOST_TOKEN_CHARACTERS = 32_768;

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

    private static Optional<View> view(dev.hoplog.v1.RibSelector value) {
        return value.getView() == dev.hoplog.v1.View.VIEW_UNSPECIFIED
                ? Optional.empty()
                : Optional.of(view("rib.view", value.getView()));
    }

    /** The names of both enums are the same but for the prefix. */
    private static View view(String field, dev.hoplog.v1.View view) {
        if (view == dev.hoplog.v1.View.VIEW_UNSPECIFIED || view == dev.hoplog.v1.View.UNRECOGNIZED) {
            throw new IllegalArgumentException(field + " is none that this server knows");
        }
        return View.valueOf(view.name().substring("VIEW_".length()));
    }

    /**
     * How a question about a prefix or an address is meant.
     *
     * @param ofAddress what it means for an address if the client does not say
     */
    static Match match(Match match, String query, Match ofAddress) {
        return switch (match) {
            case MATCH_UNSPECIFIED -> query.contains("/") ? Match.MATCH_EXACT : ofAddress;
            case UNRECOGNIZED ->
                throw new IllegalArgumentException("match is none that this server knows:"
                        + " it is one of exact, longest, more specific, less specific");
            default -> match;
        };
    }

    static Lookup.Match model(Match match) {
        return switch (match) {
            case MATCH_LONGEST -> Lookup.Match.LONGEST;
            case MATCH_MORE_SPECIFIC -> Lookup.Match.MORE_SPECIFIC;
            case MATCH_LESS_SPECIFIC -> Lookup.Match.LESS_SPECIFIC;
            case MATCH_EXACT, MATCH_UNSPECIFIED, UNRECOGNIZED -> Lookup.Match.EXACT;
        };
    }

    static Scope scope(WatchRequest request) {
        var query = request.getQuery();
        var range = query.isEmpty()
                ? Optional.<Scope.Range>empty()
                : Optional.of(new Scope.Range(
                        prefixOrAddress(query), model(match(request.getMatch(), query, Match.MATCH_LESS_SPECIFIC))));
        var views =
                request.getViewsList().stream().map(view -> view("views", view)).collect(Collectors.toSet());
        return new Scope(
                text("network", request.getNetwork()),
                text("target", request.getTarget()),
                range,
                views.isEmpty() ? Scope.allViews() : views);
    }

    /** Empty: none was given. */
    static Optional<ResumeToken> resumeToken(String value) {
        if (value.length() > MOST_TOKEN_CHARACTERS) {
            throw new IllegalArgumentException("resume_token has " + value.length() + " characters: it is none");
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(ResumeToken.decode(value));
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
