package dev.hoplog.api.query;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.Incident;
import dev.hoplog.model.HopId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The gaps of a prefix that are open at an instant, if one of some hops lacks it, or is where it is degraded or stale.
 *
 * @param gaps ascending by the end of their opening
 * @param unknownBecause why none is known at all; empty: they are
 */
public record OpenGaps(List<ExplainedGap> gaps, List<ChainVersion> versions, String unknownBecause) {
    static final OpenGaps NONE = new OpenGaps(List.of(), List.of(), "");

    /** Of the prefix of a question, as of its instant or as far as is known. */
    static OpenGaps find(ReadTransaction transaction, ChainSource chains, Lookup.Question question, Tables.Found found)
            throws SQLException {
        var all = Broken.find(transaction, chains, found.network(), question.prefix(), question.version(), Cut.NONE);
        var hops = found.tables().stream().map(table -> table.rib().hop()).collect(Collectors.toSet());
        var instant = question.asOf().orElse(Instant.MAX);
        var open = all.gaps().stream()
                .filter(gap -> isOpen(gap, hops, instant))
                .sorted((a, b) -> Incident.ORDER.compare(a.gap(), b.gap()))
                .toList();
        return new OpenGaps(open, all.versions(), all.noneBecause());
    }

    private static boolean isOpen(ExplainedGap gap, Set<HopId> hops, Instant instant) {
        boolean isOver = gap.gap()
                .ending()
                .filter(ending -> !ending.bounds().atOrBefore().isAfter(instant))
                .isPresent();
        if (!gap.gap().kind().isLoss()) {
            return !isOver
                    && gap.concerns(hops::contains)
                    && gap.gap().certain().spans().stream()
                            .limit(1)
                            .anyMatch(span -> !span.from().isAfter(instant));
        }
        return !isOver
                && gap.hops().stream().filter(loss -> hops.contains(loss.hop())).anyMatch(loss -> lacks(loss, instant));
    }

    private static boolean lacks(ExplainedGap.HopLoss loss, Instant instant) {
        boolean isBack =
                loss.back().filter(back -> !back.atOrBefore().isAfter(instant)).isPresent();
        return !isBack
                && !loss.certain().isEmpty()
                && !loss.certain().spans().getFirst().from().isAfter(instant);
    }
}
