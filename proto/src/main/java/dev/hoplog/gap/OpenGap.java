package dev.hoplog.gap;

import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A gap while it lasts.
 *
 * @param breaks one for each way on which the prefix should come, in the order in which they came up
 * @param affected the hops behind that have lacked the prefix for this reason
 * @param isSuspended whether an end of it is not observed
 */
public record OpenGap(
        Id id,
        Kind kind,
        HopId hop,
        List<Break> breaks,
        Bounds opened,
        SortedSet<HopId> affected,
        boolean isSuspended) {
    public OpenGap {
        breaks = List.copyOf(breaks);
        affected = Collections.unmodifiableSortedSet(new TreeSet<>(affected));
    }

    OpenGap breaksAlsoAt(Break way) {
        var ways = new ArrayList<>(breaks);
        ways.add(way);
        return new OpenGap(id, kind, hop, ways, opened, affected, isSuspended);
    }

    OpenGap affects(HopId behind) {
        var hops = new TreeSet<>(affected);
        hops.add(behind);
        return new OpenGap(id, kind, hop, breaks, opened, hops, isSuspended);
    }

    OpenGap suspended(boolean whether) {
        return new OpenGap(id, kind, hop, breaks, opened, affected, whether);
    }
}
