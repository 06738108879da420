package dev.hoplog.api.grpc;

import dev.hoplog.api.query.Gaps;
import dev.hoplog.api.query.Report;
import dev.hoplog.gap.Cause;
import dev.hoplog.model.Id;
import dev.hoplog.v1.GetReportRequest;
import dev.hoplog.v1.ListGapsRequest;
import dev.hoplog.v1.ListIncidentsRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Questions about gaps, checked, as {@link Requests} does it. */
final class GapRequests {
    private static final int GAPS = 1_000;
    private static final int MOST_GAPS = 10_000;
    private static final int INCIDENTS = 100;
    private static final int MOST_INCIDENTS = 1_000;

    private GapRequests() {}

    static Gaps.Question gaps(ListGapsRequest request) {
        return new Gaps.Question(
                Requests.text("network", request.getNetwork()),
                prefixes(request.getPrefix(), request.getWithin()),
                Requests.text("target", request.getTarget()),
                Requests.window(request.hasFrom(), request.getFrom(), request.hasTo(), request.getTo()),
                causes(request.getCausesList()),
                version(request.getChainVersion()),
                Requests.limit(request.getLimit(), GAPS, MOST_GAPS));
    }

    static Gaps.Question incidents(ListIncidentsRequest request) {
        return new Gaps.Question(
                Requests.text("network", request.getNetwork()),
                prefixes(request.getPrefix(), request.getWithin()),
                Requests.text("target", request.getTarget()),
                Requests.window(request.hasFrom(), request.getFrom(), request.hasTo(), request.getTo()),
                causes(request.getCausesList()),
                version(request.getChainVersion()),
                Requests.limit(request.getLimit(), INCIDENTS, MOST_INCIDENTS));
    }

    static Report.Question report(GetReportRequest request) {
        if (!request.getPrefix().isEmpty() && request.getTarget().isEmpty()) {
            throw new IllegalArgumentException(
                    "target is empty: name the node or hop that the prefix stopped reaching");
        }
        return new Report.Question(
                Requests.text("network", request.getNetwork()),
                Optional.of(request.getPrefix()).filter(text -> !text.isEmpty()).map(Requests::prefix),
                Requests.text("target", request.getTarget()),
                Requests.window(request.hasFrom(), request.getFrom(), request.hasTo(), request.getTo()),
                version(request.getChainVersion()));
    }

    private static Gaps.Of prefixes(String prefix, String within) {
        if (!prefix.isEmpty() && !within.isEmpty()) {
            throw new IllegalArgumentException("prefix and within are both set: name one of them");
        }
        if (!prefix.isEmpty()) {
            return new Gaps.Of.One(Requests.prefix(prefix));
        }
        return within.isEmpty() ? new Gaps.Of.All() : new Gaps.Of.Within(Requests.prefix(within));
    }

    private static List<Cause> causes(List<dev.hoplog.v1.Cause> causes) {
        return causes.stream()
                .map(cause -> {
                    if (cause == dev.hoplog.v1.Cause.CAUSE_UNSPECIFIED || cause == dev.hoplog.v1.Cause.UNRECOGNIZED) {
                        throw new IllegalArgumentException("causes has one that this server does not know");
                    }
                    return Cause.valueOf(cause.name().substring("CAUSE_".length()));
                })
                .toList();
    }

    static Optional<Id> version(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Id.ofOctets(HexFormat.of().parseHex(Requests.text("chain_version", text))));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("chain_version is not 32 hexadecimal digits, as answers name it", e);
        }
    }
}
