package dev.hoplog.api.query;

import dev.hoplog.log.GapEntry;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody wants to hear of, all the time.
 *
 * @param network empty: the only one
 * @param target a node, a hop, or empty for all
 * @param range empty: routes of any prefix
 * @param views never empty
 */
public record Scope(String network, String target, Optional<Range> range, Set<View> views) {
    /** Prefixes by their relation to one; that one included. */
    public record Range(Prefix prefix, Lookup.Match match) {
        /** @throws QueryFailure.Invalid for the longest match, which is not the same one all the time */
        public Range {
            if (match == Lookup.Match.LONGEST) {
                throw new QueryFailure.Invalid("which route is the longest match changes with the table:"
                        + " ask for the less specific ones, which are all that can be");
            }
        }

        boolean contains(Prefix other) {
            return switch (match) {
                case EXACT -> prefix.equals(other);
                case MORE_SPECIFIC -> prefix.contains(other);
                case LESS_SPECIFIC, LONGEST -> other.contains(prefix);
            };
        }
    }

    /** @throws QueryFailure.Invalid if the target is neither a node nor a hop */
    public Scope {
        target = Target.of(target).text();
        views = Set.copyOf(views);
    }

    public static Set<View> allViews() {
        return EnumSet.allOf(View.class);
    }

    /** Of the network that an empty name turned out to mean. */
    public Scope in(String resolved) {
        return new Scope(resolved, target, range, views);
    }

    /** Whether a table is in it, as far as one can say without its routes. */
    public boolean covers(RibId rib) {
        return rib.network().equals(network)
                && views.contains(rib.view())
                && Target.of(target).includes(rib.hop())
                && (rib.view() == View.SESSIONS
                        || range.map(of -> of.prefix().address().version())
                                .map(rib.family().version()::equals)
                                .orElse(true));
    }

    public boolean covers(LogEntry.OfTable entry) {
        return covers(entry.rib()) && (isOfAHop(entry) || covers(Events.prefix((RouteEvent) entry)));
    }

    /** Whether it may have it, as far as one can say without what else was said of the gap. */
    boolean covers(GapEntry entry) {
        return entry.network().equals(network) && covers(entry.prefix());
    }

    boolean covers(Prefix prefix) {
        return range.map(of -> of.contains(prefix)).orElse(true);
    }

    /** Whether it is of a table, its daemon or its neighbours, and so in every partition of the log. */
    public static boolean isOfAHop(LogEntry entry) {
        return !(entry instanceof RouteEvent event) || event.rib().view() == View.SESSIONS;
    }

    /** Of so many partitions of the log, those that may have its routes. */
    public Set<Integer> routePartitions(int partitions) {
        var some = new TreeSet<Integer>();
        if (range.isPresent() && range.get().match() == Lookup.Match.EXACT) {
            some.add(Topics.partitionOf(RowKey.of(range.get().prefix()), partitions));
        } else {
            for (int partition = 0; partition < partitions; partition++) {
                some.add(partition);
            }
        }
        return some;
    }

    /** The partitions that have anything of it. */
    public Set<Integer> partitions(int partitions) {
        var all = new TreeSet<>(routePartitions(partitions));
        all.add(Topics.SPOKESMAN);
        return all;
    }
}
