package dev.hoplog.streams.gap;

import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Id;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import dev.hoplog.streams.gap.WorldTables.Neighbour;
import dev.hoplog.streams.gap.WorldTables.Trace;
import dev.hoplog.streams.gap.WorldTruth.Offers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the log has of a world: scrapes that read each hop every five seconds, or fail, or do not come at all. */
final class WorldLog {
    private static final RowKey ROW = RowKey.of(GapWorld.PREFIX);
    private static final int INTERVAL = 5;
    private static final int MOST_SILENCE = 12;

    /** How a log may be wrong. */
    enum Distortion {
        NONE,
        /** A scrape that failed is taken for one that found nothing. */
        OUTAGE_IS_WITHDRAWAL,
        /** What lacks a community that an edge away from the hop requires is hidden. */
        UNTAGGED_IS_HIDDEN
    }

    /** An entry, and the second at which it is written. */
    record Said(int second, LogEntry entry) {}

    private enum Outcome {
        READ,
        FAILED,
        SILENT
    }

    /**
     * A scrape of a table.
     *
     * @param begin second; it takes another
     * @param read the second, one of both, whose contents it has
     */
    private record Scrape(int begin, int read, Outcome outcome) {}

    /** A table and how it is read. */
    private record Read(RibId rib, int hop, List<Trace> rows, List<Scrape> scrapes) {}

    private final GapWorld world;
    private final WorldTruth truth;
    private final List<Read> tables = new ArrayList<>();

    WorldLog(GapWorld world) {
        this.world = world;
        this.truth = new WorldTruth(world);
        var ofHops = new WorldTables(world, truth);
        for (int hop = 0; hop < world.hops().size(); hop++) {
            boolean isFed = world.hops().get(hop).isOrigin() ? !world.happens(0.05) : !world.happens(0.12);
            var scrapes = scrapes(hop, isFed);
            for (var table : ofHops.of(hop)) {
                tables.add(new Read(table.rib(), hop, table.rows(), apart(scrapes)));
            }
        }
    }

    /** What it tells of. */
    WorldTruth truth() {
        return truth;
    }

    private List<Scrape> scrapes(int hop, boolean isFed) {
        var scrapes = new ArrayList<Scrape>();
        var outage = Outcome.READ;
        int until = 0;
        for (int at = world.happens(0.15) ? world.between(5, 30) : world.between(0, 4);
                at + 1 <= world.seconds();
                at += INTERVAL) {
            if (at >= until && world.happens(0.04)) {
                outage = world.happens(0.4) ? Outcome.SILENT : Outcome.FAILED;
                until = at + world.between(1, 35);
            }
            if (at >= until && isCutOff(hop, at) && world.happens(0.75)) {
                // A daemon that is dead answers neither its neighbours nor anybody else.
                outage = Outcome.FAILED;
                until = at + world.between(5, 20);
            }
            var outcome = !isFed ? Outcome.FAILED : at < until ? outage : Outcome.READ;
            scrapes.add(new Scrape(at, at, outcome));
        }
        return scrapes;
    }

    private boolean isCutOff(int hop, int second) {
        return world.linksAt(second).stream()
                .filter(link -> link.upstream() == hop)
                .anyMatch(link -> !truth.isUp(hop, link.downstream(), second));
    }

    /** One table's part in the scrapes of its hop. */
    private List<Scrape> apart(List<Scrape> scrapes) {
        return scrapes.stream()
                .map(scrape -> new Scrape(
                        scrape.begin(),
                        scrape.begin() + world.between(0, 1),
                        scrape.outcome() == Outcome.READ && world.happens(0.01) ? Outcome.FAILED : scrape.outcome()))
                .toList();
    }

    /** What moves a row's stamp. */
    private static @Nullable Object stamped(@Nullable Object state) {
        return state instanceof Neighbour neighbour ? neighbour.state() == SessionState.ESTABLISHED : state;
    }

    /** What is said of each table, in order. */
    List<List<Said>> told(Distortion distortion) {
        return tables.stream()
                .map(table -> new Telling(table, distortion).all())
                .toList();
    }

    /** One table's part of the log. */
    private final class Telling {
        private final Read table;
        private final Distortion distortion;
        private final WorldHop hop;
        private final List<Said> said = new ArrayList<>();
        private final Map<Trace, Reading> last = new LinkedHashMap<>();
        private int proof = -1;
        private int coveredFrom = -1;
        private int firstFailed = -1;
        private int failures;

        private record Reading(@Nullable Object state, int version, int second) {}

        Telling(Read table, Distortion distortion) {
            this.table = table;
            this.distortion = distortion;
            this.hop = world.hops().get(table.hop());
        }

        List<Said> all() {
            for (var scrape : table.scrapes()) {
                boolean isRead = scrape.outcome() == Outcome.READ;
                if (isRead || scrape.outcome() == Outcome.FAILED && distortion == Distortion.OUTAGE_IS_WITHDRAWAL) {
                    read(scrape, isRead);
                } else if (scrape.outcome() == Outcome.FAILED) {
                    fail(scrape.begin());
                }
            }
            return said;
        }

        private void read(Scrape scrape, boolean isFull) {
            for (var trace : table.rows()) {
                compare(trace, scrape, isFull);
            }
            if (coveredFrom < 0 || scrape.begin() - proof - 1 > MOST_SILENCE) {
                coveredFrom = scrape.begin();
            } else if (!hop.readBy(proof).equals(hop.readBy(scrape.begin()))) {
                mark(scrape, GapWorld.at(scrape.begin()).minus(1, ChronoUnit.MICROS), hop.readBy(proof));
                coveredFrom = scrape.begin();
            }
            proof = scrape.begin();
            failures = 0;
            mark(scrape, GapWorld.at(scrape.begin() + 1), hop.readBy(scrape.begin()));
        }

        private void mark(Scrape scrape, Instant coveredTo, ScraperClock readBy) {
            say(
                    scrape.begin() + 1,
                    new CoverageMark(
                            table.rib(),
                            GapWorld.at(coveredFrom),
                            coveredTo,
                            id(scrape.begin(), ROW),
                            GapWorld.at(scrape.begin()),
                            readBy,
                            table.rows().size(),
                            "show",
                            0,
                            "1",
                            tablesOfHop()));
        }

        private int tablesOfHop() {
            return (int)
                    tables.stream().filter(other -> other.hop() == table.hop()).count();
        }

        private void compare(Trace trace, Scrape scrape, boolean isFull) {
            var before = last.getOrDefault(trace, new Reading(null, 0, 0));
            var after = isFull
                    ? reading(trace, scrape.read(), before)
                    : new Reading(null, before.version(), before.second());
            last.put(trace, after);
            change(trace, before, after).ifPresent(change -> {
                var bounds = new Bounds(
                        proof < 0 ? Optional.empty() : Optional.of(GapWorld.at(proof)),
                        GapWorld.at(scrape.begin() + 1),
                        Optional.empty());
                say(
                        scrape.begin() + 1,
                        new RouteEvent(
                                id(scrape.begin(), trace.key()),
                                table.rib(),
                                trace.key(),
                                id(scrape.begin(), ROW),
                                bounds,
                                hop.readBy(scrape.begin()),
                                0,
                                change));
            });
        }

        /** A table's stamp moves with each change of the row, seen or not. */
        private Reading reading(Trace trace, int second, Reading before) {
            int version = before.version();
            for (int at = before.second() + 1; at <= second; at++) {
                if (!Objects.equals(
                        stamped(trace.states().apply(at)),
                        stamped(trace.states().apply(at - 1)))) {
                    version++;
                }
            }
            var state = trace.states().apply(second);
            return new Reading(isHidden(state) ? null : state, version, second);
        }

        private boolean isHidden(@Nullable Object state) {
            return distortion == Distortion.UNTAGGED_IS_HIDDEN
                    && table.rib().view() == View.LOC_RIB
                    && state instanceof Offers offers
                    && !offers.best().isTagged()
                    && world.links().stream().anyMatch(link -> link.upstream() == table.hop() && link.requires());
        }

        private Optional<Change> change(Trace trace, Reading before, Reading after) {
            if (before.state() == null) {
                return after.state() == null ? Optional.empty() : Optional.of(new Change.Appeared(seen(trace, after)));
            }
            if (after.state() == null) {
                return Optional.of(new Change.Withdrawn(seen(trace, before)));
            }
            if (!before.state().equals(after.state())) {
                return Optional.of(new Change.Changed(seen(trace, before), seen(trace, after)));
            }
            return hop.hasStamps() && after.version() > before.version()
                    ? Optional.of(new Change.ChangedUnseen(seen(trace, before), seen(trace, after)))
                    : Optional.empty();
        }

        private Seen seen(Trace trace, Reading reading) {
            Optional<ChangeStamp> stamp =
                    hop.hasStamps() ? Optional.of(ChangeStamp.counter(reading.version())) : Optional.empty();
            return switch (Objects.requireNonNull(reading.state())) {
                case Offers offers ->
                    new Seen(
                            new Route(GapWorld.PREFIX, paths(offers), stamp),
                            hop.showsFrom() ? Observed.all() : Observed.allBut(Attribute.FROM));
                case Neighbour(var name, var state, var received) ->
                    new Seen(FewHops.session(name, state, received, stamp), Observed.all());
                case Object other -> throw new IllegalStateException("a row of " + other);
            };
        }

        private List<Path> paths(Offers offers) {
            var paths = new ArrayList<Path>();
            for (var offer : offers.paths()) {
                var path = new PathBuilder()
                        .flag(PathFlag.VALID, offer.isValid())
                        .flag(
                                hop.isKernel() ? PathFlag.INSTALLED : PathFlag.BEST,
                                offer == offers.best() && offer.isValid())
                        .flag(PathFlag.INTERNAL, offer.isInternal());
                if (offer.from() >= 0 && hop.showsFrom()) {
                    path.from(world.names().inRoutes(table.hop(), offer.from()));
                }
                if (hop.isKernel()) {
                    path.protocol("bgp");
                }
                if (offer.isTagged()) {
                    path.community(WorldLink.TAG);
                }
                paths.add(path.build());
            }
            return paths;
        }

        private void fail(int at) {
            coveredFrom = -1;
            firstFailed = failures == 0 ? at : firstFailed;
            failures++;
            say(
                    at,
                    new BlindMark(
                            table.rib(),
                            GapWorld.at(firstFailed),
                            GapWorld.at(at),
                            failures,
                            FailureReason.UNREACHABLE,
                            "no answer",
                            "show",
                            tablesOfHop()));
        }

        private void say(int second, LogEntry entry) {
            said.add(new Said(second, entry));
        }

        private Id id(int second, RowKey key) {
            return new Id(((long) second << 32) | tables.indexOf(table), key.hashCode());
        }
    }
}
