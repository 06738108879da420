package dev.hoplog.api.watch;

import dev.hoplog.api.World;
import dev.hoplog.api.query.Lookup;
import dev.hoplog.api.query.Scope;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Small worlds of several tables, and scopes of all kinds in them. */
final class WatchedWorlds {
    static final int PARTITIONS = 3;
    static final List<String> PREFIXES =
            List.of("::/0", "fd00::/16", "fd00:1::/32", "fd00:1:2::/48", "fd00:1:2:3::/64", "fd00:2::/32");

    private static final int READINGS = 30;
    private static final List<RibId> RIBS = List.of(
            World.rib("pve02/frr/main"),
            World.rib("lab", "pve02/frr/main", View.SESSIONS),
            World.rib("lab", "pve02/frr/main", View.FIB),
            World.rib("pve03/frr/main"),
            World.rib("other", "pve02/frr/main", View.LOC_RIB));

    private WatchedWorlds() {}

    static World of(Random random) {
        var world = new World(PARTITIONS);
        for (int reading = 0; reading < READINGS; reading++) {
            var at = World.at(reading * 5L);
            for (var rib : RIBS) {
                switch (random.nextInt(8)) {
                    case 0 -> world.fail(rib, at, FailureReason.UNREACHABLE);
                    case 1 -> world.silence(rib);
                    case 2 -> world.restart(rib, at.minusSeconds(1), at);
                    default -> world.scrape(rib, at, rows(rib, random));
                }
            }
        }
        return world;
    }

    private static Row[] rows(RibId rib, Random random) {
        var rows = new ArrayList<Row>();
        if (rib.view() == View.SESSIONS) {
            rows.add(World.session("fd00::1", random.nextBoolean() ? SessionState.ESTABLISHED : SessionState.IDLE));
        } else {
            PREFIXES.stream()
                    .filter(prefix -> random.nextInt(3) > 0)
                    .map(World::usable)
                    .forEach(rows::add);
        }
        return rows.toArray(Row[]::new);
    }

    /** Of network lab. */
    static List<Scope> scopes() {
        var scopes = new ArrayList<Scope>();
        scopes.add(new Scope("lab", "", Optional.empty(), Scope.allViews()));
        scopes.add(new Scope("lab", "pve02", Optional.empty(), Set.of(View.LOC_RIB)));
        scopes.add(new Scope("lab", "pve02/frr/main", Optional.empty(), Set.of(View.SESSIONS, View.FIB)));
        for (var prefix : PREFIXES) {
            for (var match : List.of(Lookup.Match.EXACT, Lookup.Match.MORE_SPECIFIC, Lookup.Match.LESS_SPECIFIC)) {
                var range = new Scope.Range(Prefix.parse(prefix), match);
                scopes.add(new Scope("lab", "", Optional.of(range), Scope.allViews()));
            }
        }
        return scopes;
    }

    /** What a scope is about, said without the code under test. */
    static boolean isWanted(Scope scope, LogEntry entry) {
        if (!(entry instanceof LogEntry.OfTable ofTable)) {
            return false;
        }
        var rib = ofTable.rib();
        boolean isTable = rib.network().equals("lab")
                && scope.views().contains(rib.view())
                && (scope.target().isEmpty()
                        || rib.hop().toString().equals(scope.target())
                        || rib.hop().toString().startsWith(scope.target() + "/"));
        if (!isTable || !(entry instanceof RouteEvent event) || rib.view() == View.SESSIONS) {
            return isTable;
        }
        var route = (Route)
                event.change().after().or(event.change()::before).orElseThrow().row();
        return scope.range()
                .map(range -> switch (range.match()) {
                    case EXACT -> route.prefix().equals(range.prefix());
                    case MORE_SPECIFIC -> range.prefix().contains(route.prefix());
                    case LESS_SPECIFIC, LONGEST -> route.prefix().contains(range.prefix());
                })
                .orElse(true);
    }

    /** Everything that is to be told: of routes by partition; of hops, which all partitions have, once. */
    static List<LogEntry> wanted(World world, Scope scope) {
        var wanted = new ArrayList<LogEntry>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (var entry : world.partition(partition)) {
                boolean isRoute =
                        entry instanceof RouteEvent event && event.rib().view() != View.SESSIONS;
                if (isWanted(scope, entry) && !(entry instanceof CoverageMark) && (isRoute || partition == 0)) {
                    wanted.add(entry);
                }
            }
        }
        return wanted;
    }
}
