package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.OpenEnd;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * BIRD's tables: {@code show route all} or {@code show route table X all}, BIRD 2.x and 3.x.
 *
 * <pre>
 * Table master6:
 * fd00:101::10/128     unicast [upstream 2026-11-23 04:34:52.468 from fd00::1] * (100) [AS4210101011i]
 *         via fd00:101::fffe on eth0
 *         Type: BGP univ                         2.x only
 *         BGP.as_path: 4200001000 4210101011     bgp_path in 3.x
 *         Internal route handling values: ...    3.x only, the last line of every route
 * </pre>
 *
 * <p>A blank in place of the prefix is one more path of the last one. Without {@code table} in the command BIRD prints the
 * heading of a table only if there is a route in it, so that an answer without any route is the banner alone; with it, the
 * heading of an empty table is there: see {@link BirdScope}.
 *
 * <p>What birdc prints has no end mark: a reply that breaks off exactly behind a whole route looks whole. {@link
 * BirdProtocols#missingFrom} tells such a one by the daemon's own counts. In 2.x the attributes of the last route may be
 * short in the same way: up to the local preference every BGP route has them all, what follows is optional, and {@link
 * OpenEnd} is what can be known of it. The same goes for a version that ends its routes with another line than 3.x, or
 * with none. Only the control socket leaves no doubt. What another route follows is whole in any case.
 */
public final class BirdRoutes {
    private static final Pattern HEADING = Pattern.compile("Table (\\S+):");
    private static final Pattern COUNT = Pattern.compile("\\d+ of \\d+ routes for \\d+ networks.*");
    private static final Pattern IP_NET = Pattern.compile("[0-9a-fA-F:.]+/\\d+");

    /** Any route of any net type: a protocol and a time in brackets. */
    private static final Pattern SOME_ROUTE = Pattern.compile("\\S.*\\[[^\\s\\]]+ [^\\]]+\\].*");

    private final BirdLines lines;
    private final boolean vouchedWhole;
    private final BirdScope scope;
    private final Optional<BirdClock> clock;
    private final BirdDetail detail;
    private final Map<TableName, Table> tables = new HashMap<>();
    private final Set<String> headings = new HashSet<>();
    /** By protocol: what all of its routes have, but for the last one. */
    private final Map<String, Set<String>> shared = new HashMap<>();
    /** What all routes but the last one have; null before the first. */
    private @Nullable Set<String> sharedByAll;

    private boolean hasMarkedRoutes;

    private @Nullable BirdTable table;
    private @Nullable TableName lastTable;
    private @Nullable BirdRoute route;
    private String net = "";
    private boolean headingAwaited;
    private boolean lacksHeading;
    private int unknown;

    private BirdRoutes(
            BirdLines lines, boolean vouchedWhole, BirdDetail detail, BirdScope scope, Optional<BirdClock> clock) {
        this.lines = lines;
        this.vouchedWhole = vouchedWhole;
        this.scope = scope;
        this.clock = clock;
        this.detail = detail;
    }

    /**
     * Only IPv4 and IPv6 tables come out; those of flow specifications, ROAs, VPNs and the like are counted as unknown, and
     * so are empty ones of which nobody knows the family.
     *
     * @param clock without it there are neither stamps nor source times: a time without a zone is no time
     */
    public static BirdListing parse(
            InputStream in, BirdForm form, BirdDetail detail, BirdScope scope, Optional<BirdClock> clock)
            throws UnusableOutput {
        return parse(in, form, false, detail, scope, clock);
    }

    /** @param vouchedWhole somebody says that nothing is missing behind what stands there */
    public static BirdListing parse(
            InputStream in,
            BirdForm form,
            boolean vouchedWhole,
            BirdDetail detail,
            BirdScope scope,
            Optional<BirdClock> clock)
            throws UnusableOutput {
        return new BirdRoutes(BirdLines.open(in, form, vouchedWhole), vouchedWhole, detail, scope, clock).read();
    }

    private BirdListing read() throws UnusableOutput {
        for (var line = lines.next(); line != null; line = lines.next()) {
            try {
                line(line);
            } catch (IllegalArgumentException e) {
                throw lines.unparsable(String.valueOf(e.getMessage()));
            }
        }
        Optional<OpenEnd> openEnd;
        try {
            openEnd = end();
        } catch (IllegalArgumentException e) {
            throw lines.unparsable(String.valueOf(e.getMessage()));
        }
        var facts = new Facts(Optional.empty(), Optional.empty(), Optional.empty(), lines.version());
        return new BirdListing(new ParsedOutput(tables, facts, unknown), Optional.ofNullable(lastTable), openEnd);
    }

    private void line(String line) throws UnusableOutput {
        var heading = HEADING.matcher(line);
        if (heading.matches()) {
            if (lacksHeading) {
                throw lines.unparsable("a heading behind routes that have none");
            }
            closeTable();
            open(heading.group(1));
        } else if (headingAwaited) {
            throw lines.unparsable("a table's heading was expected, not '" + Excerpt.of(line) + "'");
        } else if (line.isBlank()) {
            closeRoute();
            headingAwaited = true;
        } else if (scope instanceof BirdScope.Named named && headings.isEmpty() && !line.startsWith("\t")) {
            open(named.table());
            lacksHeading = true;
            line(line);
        } else if (table == null) {
            throw lines.unparsable("a line outside of any table: '" + Excerpt.of(line) + "'");
        } else if (table.isForeign()) {
            unknown += line.startsWith("\t") ? 0 : 1;
        } else if (line.startsWith("\t")) {
            if (route == null) {
                throw lines.unparsable("an attribute without a route");
            }
            route.detail(line);
        } else {
            closeRoute();
            begin(table, line);
        }
    }

    private void open(String name) throws UnusableOutput {
        if (!headings.add(name)) {
            throw lines.unparsable("the table " + Excerpt.of(name) + " comes twice");
        }
        // Its family is known only by its first route; the name has to be one at once.
        var family = scope.family(name);
        var itself = TableName.printed(name, family.orElse(AddressFamily.IPV6_UNICAST));
        table = new BirdTable(itself.name(), detail, family);
        headingAwaited = false;
    }

    private void begin(BirdTable current, String line) throws UnusableOutput {
        var begun = BirdRoute.begin(line, clock);
        if (begun.isPresent()
                && (begun.get().net().isEmpty()
                        || IP_NET.matcher(begun.get().net()).matches())) {
            route = begun.get();
            net = begun.get().net().isEmpty() ? net : begun.get().net();
        } else if (current.mayBeForeign() && SOME_ROUTE.matcher(line).matches()) {
            current.becomeForeign();
            unknown++;
        } else {
            throw lines.unparsable((COUNT.matcher(line).matches() ? "a count, and no listing: '" : "no route: '")
                    + Excerpt.of(line) + "'");
        }
    }

    private void closeRoute() throws UnusableOutput {
        if (route != null && table != null) {
            var missing = route.missing(detail);
            if (missing.isPresent()) {
                throw lines.unparsable("the route before has no " + missing.get());
            }
            var names = route.attributeNames();
            shared.computeIfAbsent(route.protocol(), p -> new HashSet<>(names)).retainAll(names);
            sharedByAll = sharedByAll == null ? new HashSet<>(names) : sharedByAll;
            sharedByAll.retainAll(names);
            hasMarkedRoutes |= route.isMarked();
            table.add(route);
            route = null;
        }
    }

    private void closeTable() throws UnusableOutput {
        closeRoute();
        if (table != null) {
            if (table.isEmpty() && !table.isForeign() && !scope.showsEmpty()) {
                throw lines.unparsable("a heading without a route, where only tables with routes have one");
            }
            var name = table.tableName();
            lastTable = name.orElse(null);
            if (name.isPresent()) {
                tables.put(name.get(), table.table());
            } else {
                unknown++;
            }
        }
        table = null;
    }

    /** Here a missing piece means that the reply broke off. */
    private Optional<OpenEnd> end() throws UnusableOutput {
        if (headingAwaited) {
            throw lines.truncated("a table's heading should follow");
        }
        if (route != null) {
            var last = route;
            var missing = last.missing(detail)
                    .or(() -> missingMark(last))
                    .or(isOpen(last) ? last::missingAtEnd : Optional::empty);
            if (missing.isPresent()) {
                throw lines.truncated("the last route has no " + missing.get());
            }
        }
        if (table != null && table.isEmpty() && route == null && !table.isForeign() && !scope.showsEmpty()) {
            throw lines.truncated("the last table's routes should follow");
        }
        var openEnd = openEnd();
        closeTable();
        if (scope instanceof BirdScope.Named named && !headings.contains(named.table())) {
            throw new UnusableOutput(
                    FailureReason.TRUNCATED,
                    "not the table that was asked for, but " + Excerpt.of(headings.toString()));
        }
        return openEnd;
    }

    /**
     * A last route without the mark of a whole one is cut, unless that version has none: then no route before it has one,
     * and it has what they all have.
     */
    private Optional<String> missingMark(BirdRoute last) {
        if (detail == BirdDetail.BRIEF || last.isMarked() || lines.haveEndMark()) {
            return Optional.empty();
        }
        boolean isLikeOthers = sharedByAll != null && last.attributeNames().containsAll(sharedByAll);
        return hasMarkedRoutes || !vouchedWhole && !isLikeOthers ? Optional.of("end") : Optional.empty();
    }

    private Optional<OpenEnd> openEnd() {
        // Without attributes there are none to lose.
        if (route == null || table == null || !isOpen(route) || detail == BirdDetail.BRIEF) {
            return Optional.empty();
        }
        var last = route;
        var lacking = new HashSet<>(shared.getOrDefault(last.protocol(), Set.of()));
        lacking.removeAll(last.attributeNames());
        table.add(last);
        route = null;
        return table.tableName()
                .map(name -> new OpenEnd(
                        name,
                        net + " [" + last.protocol()
                                + last.printedFrom()
                                        .map(from -> " from " + from)
                                        .orElse("") + "]",
                        last.attributeLines(),
                        lacking,
                        last.since().map(BirdClock.Moment::time)));
    }

    private boolean isOpen(BirdRoute last) {
        return !lines.haveEndMark() && !last.hasLastLine();
    }
}
