package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.OpenEnd;
import dev.hoplog.ingest.parse.UnplacedPeer;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the outputs of one scrape of a daemon say of one of its RIBs. */
public sealed interface Reading {
    RibName rib();

    /** The outputs that contributed, the one that decides presence first. */
    List<CommandResult> sources();

    /**
     * The whole contents.
     *
     * @param openEnd where the last row may not be all, as far as the outputs of one scrape can tell
     * @param unplaced of a session table, neighbours that may be of it, and are not among its rows
     */
    record Answered(
            RibName rib,
            List<CommandResult> sources,
            Table table,
            SourceState sourceState,
            int unknownItems,
            String daemonVersion,
            Optional<OpenEnd> openEnd,
            List<UnplacedPeer> unplaced)
            implements Reading {
        Answered(
                RibName rib,
                List<CommandResult> sources,
                Table table,
                SourceState sourceState,
                int unknownItems,
                String daemonVersion) {
            this(rib, sources, table, sourceState, unknownItems, daemonVersion, Optional.empty());
        }

        Answered(
                RibName rib,
                List<CommandResult> sources,
                Table table,
                SourceState sourceState,
                int unknownItems,
                String daemonVersion,
                Optional<OpenEnd> openEnd) {
            this(rib, sources, table, sourceState, unknownItems, daemonVersion, openEnd, List.of());
        }

        /**
         * The same paths with the attributes that another answer shows of them, if it shows more of each, and all of them
         * as they stand here: otherwise something changed between the two, and this one alone counts.
         */
        private Answered detailedBy(Answered other) {
            var observed = table.observed();
            if (observed.equals(other.table.observed())
                    || !observed.and(other.table.observed()).equals(observed)) {
                return this;
            }
            var shown = other.table.rows().stream().collect(Collectors.toMap(Row::key, Function.identity()));
            var detailed = table.rows().stream()
                    .flatMap(row -> Optional.ofNullable(shown.get(row.key()))
                            .filter(Route.class::isInstance)
                            .map(more -> ((Route) more).steadiedBy(row))
                            .filter(more -> more.showing(observed).equals(row))
                            .stream())
                    .<Row>map(Function.identity())
                    .toList();
            if (detailed.isEmpty() || detailed.size() < table.rows().size()) {
                return this;
            }
            return new Answered(
                    rib,
                    Stream.concat(sources.stream(), other.sources.stream()).toList(),
                    new Table(other.table.observed(), detailed, table.sourceTimes()),
                    sourceState,
                    unknownItems + other.unknownItems,
                    daemonVersion);
        }

        /** The same with other rows, which are all. */
        Answered with(Table whole) {
            return new Answered(rib, sources, whole, sourceState, unknownItems, daemonVersion, openEnd, List.of());
        }
    }

    /** No answer that proves anything. */
    record Failed(RibName rib, List<CommandResult> sources, UnusableOutput why) implements Reading {}

    /** Of two of one RIB: the first, unless only the other one proves anything. */
    static Reading moreTelling(Reading first, Reading next) {
        return first instanceof Failed && next instanceof Answered ? next : first;
    }

    /** What two of one RIB say together: the first that proves anything says what is there. */
    static Reading together(Reading first, Reading next) {
        return first instanceof Answered answered && next instanceof Answered more
                ? answered.detailedBy(more)
                : moreTelling(first, next);
    }

    /** When the first of the sources was asked. */
    default Instant from() {
        return sources().stream()
                .map(CommandResult::from)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** When the last of the sources had answered. */
    default Instant to() {
        return sources().stream().map(CommandResult::to).max(Instant::compareTo).orElseThrow();
    }
}
