package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Path;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One VRF's BGP table, collected while its object is read. */
final class FrrVrf {
    private static final Set<String> HEADER =
            Set.of("vrfId", "vrfName", "tableVersion", "routerId", "defaultLocPrf", "localAS", "numRoutes");
    static final Set<String> PREFIX_HEADER = Set.of(
            "prefix",
            "version",
            "localLabel",
            "remoteLabel",
            "advertisedTo",
            "multiPathCount",
            "flags",
            "paths",
            "pathCount",
            "processScheduled",
            "suppressed",
            "bestPath");

    /** Every path has them, in the one form or in the other; the header of a prefix has neither. */
    private static final List<String> IN_PATHS = List.of("aspath", "peer", "peerId", "nexthops");

    private final JsonAnswer answer;
    private final AddressFamily family;
    private final FrrForm form;

    private @Nullable String name;
    private Optional<Long> tableVersion = Optional.empty();
    private Optional<String> routerId = Optional.empty();
    private Optional<Long> localAsn = Optional.empty();
    private Optional<Long> totalRoutes = Optional.empty();
    private Optional<Long> totalPaths = Optional.empty();
    private boolean complete;
    private boolean none = true;

    private final List<Row> rows = new ArrayList<>();
    private final Map<RowKey, SourceTime> sourceTimes = new HashMap<>();
    private final Set<Prefix> prefixes = new HashSet<>();
    private int paths;
    private int unknown;

    FrrVrf(JsonAnswer answer, AddressFamily family, FrrForm form) {
        this.answer = answer;
        this.family = family;
        this.form = form;
    }

    /** Takes one member of the table's object. */
    void member(String key) throws UnusableOutput {
        none &= !HEADER.contains(key) && !key.equals("routes");
        switch (key) {
            case "warning" -> throw Refusal.of(answer.text());
            case "vrfName" -> name = answer.text();
            case "tableVersion" -> tableVersion = Optional.of(answer.number());
            case "routerId" -> routerId = Optional.of(answer.text());
            case "localAS" -> localAsn = Optional.of(answer.asn());
            case "totalRoutes" -> totalRoutes = Optional.of(answer.number());
            case "totalPaths" -> totalPaths = Optional.of(answer.number());
            case "routes" -> {
                answer.members(this::route);
                complete = true;
            }
            default -> {
                checkNoPrefix(key, answer);
                unknown += HEADER.contains(key) ? 0 : 1;
            }
        }
    }

    boolean isEmpty() {
        return name == null && !complete;
    }

    /** Whether nothing in the object is of a table. */
    boolean isNone() {
        return none;
    }

    TableName name() throws UnusableOutput {
        if (name == null) {
            throw answer.unparsable("a table without vrfName");
        }
        return TableName.printed(name, family);
    }

    /** The whole table, once its object has been read. FRR from 10.3 prints totals, which must be those of the routes. */
    Table table() throws UnusableOutput {
        if (!complete) {
            throw answer.unparsable("a table without routes");
        }
        check("totalRoutes", totalRoutes, prefixes.size());
        check("totalPaths", totalPaths, paths);
        return new Table(form.observed(), rows, sourceTimes);
    }

    Facts facts() {
        return new Facts(tableVersion, routerId, localAsn, Optional.empty());
    }

    int unknown() {
        return unknown;
    }

    /** A brace lost, or one too many, makes a route a member of another one or of what is around them all. */
    static void checkNoPrefix(String key, JsonAnswer answer) throws UnusableOutput {
        if (key.indexOf('/') >= 0) {
            throw answer.unparsable("the prefix '" + Excerpt.of(key) + "' where none can be");
        }
    }

    static void check(String what, Optional<Long> printed, int counted) throws UnusableOutput {
        if (printed.isPresent() && printed.get() != counted) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT, what + " is " + printed.get() + ", but " + counted + " were printed");
        }
    }

    private void route(String key) throws UnusableOutput {
        try {
            var prefix = Prefix.parse(key);
            if (prefix.address().version() != family.version()) {
                throw new IllegalArgumentException("not of the family " + family);
            }
            if (!prefixes.add(prefix)) {
                throw new IllegalArgumentException("the prefix comes twice");
            }
            route(prefix);
        } catch (IllegalArgumentException e) {
            throw new UnusableOutput(
                    FailureReason.UNPARSABLE, "prefix '" + Excerpt.of(key) + "': " + e.getMessage(), e);
        } catch (UnusableOutput e) {
            throw new UnusableOutput(e.reason(), "prefix '" + Excerpt.of(key) + "': " + e.getMessage(), e);
        }
    }

    private void route(Prefix prefix) throws UnusableOutput {
        List<FrrPath> read = new ArrayList<>();
        if (answer.atArray()) {
            answer.elements(() -> path(prefix, read));
        } else if (form == FrrForm.DETAIL) {
            answer.members(key -> {
                if (key.equals("paths")) {
                    answer.elements(() -> path(prefix, read));
                } else if (key.equals("prefix")) {
                    checkPrefix(prefix, answer.text());
                } else {
                    unknown += PREFIX_HEADER.contains(key) ? 0 : 1;
                }
            });
        } else {
            throw answer.unparsable("the detail form, where the plain one was expected");
        }
        if (!read.isEmpty()) {
            add(prefix, read);
        }
    }

    /** Both forms say it twice; where they differ, one of the two is damaged, and nobody knows which. */
    private void checkPrefix(Prefix prefix, String printed) throws UnusableOutput {
        if (!Prefix.parse(printed).equals(prefix)) {
            throw answer.unparsable("it says that it is " + Excerpt.of(printed));
        }
    }

    private void path(Prefix prefix, List<FrrPath> read) throws UnusableOutput {
        var json = answer.object();
        // 8.x: the array of the detail form starts with the prefix's header, which is no path.
        if (form == FrrForm.DETAIL
                && read.isEmpty()
                && json.has("prefix")
                && IN_PATHS.stream().noneMatch(json::has)) {
            unknown += json.unknownKeys(PREFIX_HEADER);
            checkPrefix(prefix, json.text("prefix").orElseThrow());
            return;
        }
        var network = json.text("network");
        if (network.isPresent()) {
            checkPrefix(prefix, network.get());
        }
        var path = form == FrrForm.DETAIL ? FrrDetailPath.read(json) : FrrPlainPath.read(json);
        paths++;
        unknown += path.unknown();
        read.add(path);
    }

    private void add(Prefix prefix, List<FrrPath> read) {
        var route = route(prefix, read);
        rows.add(route);
        read.stream()
                .flatMap(p -> p.heardAt().stream())
                .reduce((a, b) -> b.isAfter(a) ? b : a)
                .ifPresent(newest -> sourceTimes.put(route.key(), jittering(newest)));
    }

    static Route route(Prefix prefix, List<FrrPath> read) {
        var version = read.stream().flatMap(p -> p.version().stream()).reduce(Math::max);
        List<Path> paths = read.stream().map(FrrPath::path).toList();
        return new Route(prefix, paths, version.map(ChangeStamp::counter));
    }

    /** FRR takes the difference of two clocks, each in whole seconds: it may print a second more or less the next time. */
    static SourceTime jittering(Instant epoch) {
        return new SourceTime(epoch.minusSeconds(1), epoch.plusSeconds(1));
    }

    /** The state of a session, as {@code show bgp summary} has it in {@code state}, and {@code neighbors} in {@code bgpState}. */
    static SessionState state(JsonObject json, String key) throws UnusableOutput {
        var text = json.text(key).orElse("");
        return switch (text) {
            case "Established" -> SessionState.ESTABLISHED;
            case "OpenConfirm" -> SessionState.OPEN_CONFIRM;
            case "OpenSent" -> SessionState.OPEN_SENT;
            case "Active" -> SessionState.ACTIVE;
            case "Connect" -> SessionState.CONNECT;
            case "Idle (Admin)" -> SessionState.ADMIN_DOWN;
            // Too many prefixes, and two of FRR's own on the way down.
            case "Idle", "Idle (PfxCt)", "Clearing", "Deleted" -> SessionState.IDLE;
            default -> throw json.unparsable("no state of a session: '" + Excerpt.of(text) + "'");
        };
    }
}
