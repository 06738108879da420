package dev.hoplog.ingest.publish;

import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SnapshotHeader.SourceKind;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RIBs, routes and snapshots to publish. */
final class Worlds {
    static final Instant START = Instant.parse("2026-11-23T04:38:00Z");
    static final Scraper SCRAPER = new Scraper(
            new ScraperClock("scraper", Duration.ofMillis(20)),
            7,
            SourceKind.LIVE,
            Duration.ofSeconds(13),
            Duration.ofHours(1));

    private Worlds() {}

    static RibId rib(String node) {
        return RibId.of("lab", new HopId(node, "bird", "master6"), AddressFamily.IPV6_UNICAST, View.LOC_RIB);
    }

    static Route route(int number, int med, long sinceMicros) {
        var prefix = Prefix.parse("2001:db8:%x:%x::/64".formatted(number >>> 16, number & 0xFFFF));
        var stamp = new ChangeStamp(ChangeStamp.Kind.TIME, sinceMicros, sinceMicros);
        return new Route(prefix, List.of(new PathBuilder().med(med).build()), Optional.of(stamp));
    }

    /** A table whose rows all have a time of the source's own. */
    static Table table(Collection<? extends Row> rows) {
        var times = new HashMap<RowKey, SourceTime>();
        rows.forEach(row -> times.put(row.key(), new SourceTime(START, START.plusMillis(1))));
        return new Table(dev.hoplog.model.Observed.all(), List.copyOf(rows), Map.copyOf(times));
    }

    static Observed observed(RibId rib, Instant at, Table table) {
        return new Observed(
                rib, at, at.plusMillis(40), "birdc show route all", table, SourceState.unknown(), 0, "BIRD 2.0.12");
    }

    static NotObserved failed(RibId rib, Instant at) {
        return new NotObserved(
                rib, at, at.plusMillis(40), "birdc show route all", FailureReason.TRUNCATED, "cut\nin the middle");
    }
}
