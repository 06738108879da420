package dev.hoplog.api;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.id;
import static dev.hoplog.api.World.rib;

import dev.hoplog.api.projector.GapBatch;
import dev.hoplog.api.projector.GapProjection;
import dev.hoplog.api.projector.Logged;
import dev.hoplog.api.projector.PositionLost;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Evidence;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.history.Truth;
import dev.hoplog.log.GapEntry;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RowKey;
import dev.hoplog.wire.GapCodec;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;

/** A partition of the log of gaps: one that ends, with all that may happen to it, and one that stays open. */
public final class SaidOfGaps {
    public static final String POD = "fd00:101:224:3::/64";
    public static final String OTHER = "fd00:101:224:5::/64";
    public static final Id ENDED = id("ended");
    public static final Id OPEN = id("open");
    private static final HopId PVE02 = HopId.parse("pve02/frr/main");
    private static final Break WAY = new Break(List.of(HopId.parse("pve03/frr/main"), PVE02));
    private static final Break SECOND = new Break(List.of(HopId.parse("pve01/frr/main"), PVE02));

    public static final List<GapEntry> LOG = List.of(
            said(POD, opened(ENDED, 10, 15)),
            said(POD, new GapEvent.BrokenAlso(ENDED, SECOND, at(16))),
            said(POD, new GapEvent.Affected(ENDED, HopId.parse("solcp02/bird/main"), at(17))),
            said(OTHER, opened(OPEN, 12, 15)),
            said(POD, explained(Cause.REJECTED_ON_IMPORT)),
            said(POD, new GapEvent.Suspended(ENDED, at(20))),
            said(POD, new GapEvent.Resumed(ENDED, at(25))),
            said(POD, new GapEvent.Suspended(ENDED, at(30))),
            said(OTHER, new GapEvent.Suspended(OPEN, at(30))),
            said(POD, new GapEvent.Resumed(ENDED, at(35))),
            said(POD, new GapEvent.Closed(ENDED, Gap.End.RESTORED, Bounds.between(at(40), at(45)))),
            said(
                    POD,
                    new GapEvent.Explained(
                            ENDED, SECOND, Cause.UNKNOWN, at(16), List.of(), Communities.none(), new TreeSet<>())));

    private SaidOfGaps() {}

    private static GapEntry said(String prefix, GapEvent event) {
        return GapCodec.entry("lab", Prefix.parse(prefix), event);
    }

    private static GapEvent opened(Id gap, int after, int atOrBefore) {
        Instant to = at(atOrBefore);
        return new GapEvent.Opened(
                gap, Gap.Kind.MISSING, List.of(WAY), Bounds.between(at(after), to), to, id("version"));
    }

    private static GapEvent explained(Cause cause) {
        var absent =
                new Evidence(rib("pve02/frr/main"), RowKey.of(Prefix.parse(POD)), new Truth.Absent(Optional.empty()));
        var lacking =
                new Communities(List.of(Community.parse("65000:100").orElseThrow()), List.of(), List.of(), List.of());
        return new GapEvent.Explained(ENDED, WAY, cause, at(15), List.of(absent), lacking, new TreeSet<>());
    }

    public static GapBatch batch(int from, int to) {
        return batch(from, LOG.subList(from, to));
    }

    /** Of partition 0, from an offset on. */
    public static GapBatch batch(long from, List<GapEntry> entries) {
        var logged = new ArrayList<Logged<GapEntry>>();
        entries.forEach(entry -> logged.add(new Logged<>(from + logged.size(), entry)));
        return new GapBatch(0, from, from + logged.size(), logged);
    }

    /** In batches of so many, from wherever the projection stands. */
    public static void project(DataSource dataSource, int batchSize) throws SQLException, PositionLost {
        var projection = new GapProjection(dataSource);
        int from = (int) projection.position(0, 0);
        while (from < LOG.size()) {
            int to = Math.min(LOG.size(), from + batchSize);
            projection.write(batch(from, to));
            from = to;
        }
    }
}
