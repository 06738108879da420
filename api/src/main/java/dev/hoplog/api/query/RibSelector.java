package dev.hoplog.api.query;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One table of one hop.
 *
 * @param hop node/daemon/table
 * @param view empty: loc-rib or, if the hop has none, fib
 * @param family empty: the only one that there is
 * @param peer empty: the only one that there is
 */
public record RibSelector(String hop, Optional<View> view, Optional<AddressFamily> family, Optional<PeerId> peer) {
    private static final List<View> HEADLINES = List.of(View.LOC_RIB, View.FIB);

    /**
     * The one table that is meant.
     *
     * @param tables of the hop
     * @throws QueryFailure.NotFound if there is none
     * @throws QueryFailure.Invalid if there is more than one
     */
    KnownTable among(List<KnownTable> tables) {
        var views = view.map(List::of).orElse(HEADLINES);
        var matches = tables.stream()
                .filter(table -> views.contains(table.rib().view()))
                .filter(table -> family.map(table.rib().family()::equals).orElse(true))
                .filter(table -> peer.isEmpty() || table.rib().peer().equals(peer))
                .sorted(Comparator.comparingInt(
                        table -> views.indexOf(table.rib().view())))
                .toList();
        if (matches.isEmpty()) {
            throw new QueryFailure.NotFound("no such table at " + hop + "; there are: " + names(tables));
        }
        var first = matches.getFirst();
        var rivals = matches.stream()
                .filter(table -> table.rib().view() == first.rib().view())
                .toList();
        if (rivals.size() > 1) {
            throw new QueryFailure.Invalid(
                    "more than one table at " + hop + " fits, so say which family or peer: there are " + names(rivals));
        }
        return first;
    }

    private static String names(List<KnownTable> tables) {
        return tables.stream().map(table -> name(table.rib())).collect(Collectors.joining(", "));
    }

    private static String name(RibId rib) {
        return rib.view() + " " + rib.family()
                + rib.peer().map(peer -> " of " + peer).orElse("");
    }
}
