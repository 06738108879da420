package dev.hoplog.streams.gap;

import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
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
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import dev.hoplog.streams.gap.WorldLink.Sort;
import dev.hoplog.streams.gap.WorldTruth.Offer;
import dev.hoplog.streams.gap.WorldTruth.Offers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What the log has of a world: scrapes that read each hop every five seconds, or fail, or do not come at all. */
final class WorldLog {
    private static final AddressFamily FAMILY = AddressFamily.IPV6_UNICAST;
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

    /** A row over time: what it is at a second, however it is printed; null: it is not there. */
    private record Trace(RowKey key, IntFunction<@Nullable Object> states) {}

    private record Table(RibId rib, int hop, List<Trace> rows, List<Scrape> scrapes) {}

    private final GapWorld world;
    private final WorldTruth truth;
    private final List<Table> tables = new ArrayList<>();
    private final Map<RowKey, PeerId> neighbours = new HashMap<>();

    WorldLog(GapWorld world) {
        this.world = world;
        this.truth = new WorldTruth(world);
        for (int hop = 0; hop < world.hops().size(); hop++) {
            boolean isFed = world.hops().get(hop).isOrigin() ? !world.happens(0.05) : !world.happens(0.12);
            var scrapes = scrapes(hop, isFed);
            for (var table : new ArrayList<>(tablesOf(hop))) {
                tables.add(new Table(table.rib(), hop, table.rows(), apart(scrapes)));
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

    private List<Table> tablesOf(int hop) {
        var tables = new ArrayList<Table>();
        var about = world.hops().get(hop);
        tables.add(table(
                RibId.of(GapWorld.NETWORK, about.id(), FAMILY, about.isKernel() ? View.FIB : View.LOC_RIB),
                hop,
                new Trace(ROW, second -> truth.table(hop, second))));
        if (!about.isKernel() && world.happens(0.72)) {
            tables.add(new Table(
                    RibId.of(GapWorld.NETWORK, about.id(), FAMILY, View.SESSIONS), hop, sessions(hop), List.of()));
        }
        for (var link : world.links()) {
            if (link.sort() == Sort.INSTALL) {
                continue;
            }
            boolean showsRejected = (link.upstream() + link.downstream()) % 3 == 0;
            if (link.downstream() == hop && world.happens(0.4)) {
                tables.add(adjTable(link, hop, View.ADJ_RIB_IN_PRE));
                if (showsRejected) {
                    tables.add(adjTable(link, hop, View.ADJ_RIB_IN_REJECTED));
                }
            }
            if (link.upstream() == hop && world.happens(0.4)) {
                tables.add(adjTable(link, hop, View.ADJ_RIB_OUT_POST));
                if (showsRejected) {
                    tables.add(adjTable(link, hop, View.ADJ_RIB_OUT_REJECTED));
                }
            }
        }
        return tables;
    }

    private static Table table(RibId rib, int hop, Trace row) {
        return new Table(rib, hop, List.of(row), List.of());
    }

    private Table adjTable(WorldLink link, int hop, View view) {
        return table(adj(link, hop, view), hop, adjTrace(link, view));
    }

    private RibId adj(WorldLink link, int hop, View view) {
        return RibId.adj(
                GapWorld.NETWORK,
                world.hops().get(hop).id(),
                FAMILY,
                view,
                world.names().inSessions(hop, link.upstream() == hop ? link.downstream() : link.upstream()));
    }

    private Trace adjTrace(WorldLink ends, View view) {
        return new Trace(
                ROW,
                second -> world.linksAt(second).stream()
                        .filter(link -> link.upstream() == ends.upstream() && link.downstream() == ends.downstream())
                        .filter(link -> isIn(view, link, second))
                        .findFirst()
                        .map(link -> new Offers(List.of(offer(view, link, second))))
                        .orElse(null));
    }

    private Offer offer(View view, WorldLink link, int second) {
        return switch (view) {
            case ADJ_RIB_OUT_REJECTED -> new Offer(-1, true, truth.isTaggedBefore(link, second), false);
            case ADJ_RIB_OUT_POST -> new Offer(-1, true, truth.isTaggedBefore(link, second) && !link.strips(), false);
            default -> new Offer(link.upstream(), true, truth.isTagged(link, second), false);
        };
    }

    private boolean isIn(View view, WorldLink link, int second) {
        return switch (view) {
            case ADJ_RIB_IN_PRE -> truth.isReceived(link, second);
            case ADJ_RIB_IN_REJECTED -> truth.isRefused(link, second);
            case ADJ_RIB_OUT_POST -> truth.isSent(link, second);
            case ADJ_RIB_OUT_REJECTED -> truth.isKeptBack(link, second);
            default -> throw new IllegalArgumentException("no table of one neighbour: " + view);
        };
    }

    private List<Trace> sessions(int hop) {
        var traces = new LinkedHashMap<RowKey, Trace>();
        for (var link : world.links()) {
            if (link.sort() != Sort.INSTALL && (link.upstream() == hop || link.downstream() == hop)) {
                int other = link.upstream() == hop ? link.downstream() : link.upstream();
                var name = world.names().inSessions(hop, other);
                var key = RowKey.of(name);
                neighbours.put(key, name);
                traces.put(key, new Trace(key, second -> session(hop, other, second)));
            }
        }
        return List.copyOf(traces.values());
    }

    /**
     * What a neighbour's row shows.
     *
     * @param received at some hops a count that moves all the time
     */
    private record Neighbour(SessionState state, long received) {}

    private @Nullable Object session(int hop, int other, int second) {
        if (truth.isUp(hop, other, second)) {
            return new Neighbour(SessionState.ESTABLISHED, hop % 2 == 0 ? second / 2 : 0);
        }
        var trying = hop % 3 == 0 && second / 6 % 2 == 0 ? SessionState.CONNECT : SessionState.ACTIVE;
        return world.hops().get(hop).listsDown() ? new Neighbour(trying, 0) : null;
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
        private final Table table;
        private final Distortion distortion;
        private final WorldHop hop;
        private final List<Said> said = new ArrayList<>();
        private final Map<Trace, Reading> last = new LinkedHashMap<>();
        private int proof = -1;
        private int coveredFrom = -1;
        private int firstFailed = -1;
        private int failures;

        private record Reading(@Nullable Object state, int version, int second) {}

        Telling(Table table, Distortion distortion) {
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
                case Neighbour(var state, var received) ->
                    new Seen(
                            new PeerSession(
                                    Objects.requireNonNull(neighbours.get(trace.key())),
                                    Optional.empty(),
                                    state,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(received),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    stamp),
                            Observed.all());
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
