package dev.hoplog.ingest.publish;

import com.google.protobuf.ByteString;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.wire.CanonicalTable;
import dev.hoplog.wire.CanonicalTable.CanonicalLeaf;
import dev.hoplog.wire.Ids;
import dev.hoplog.wire.SnapshotPart;
import dev.hoplog.wire.SnapshotPart.Failure;
import dev.hoplog.wire.SnapshotPart.Leaf;
import dev.hoplog.wire.SnapshotPart.LeavesPart;
import dev.hoplog.wire.SnapshotPart.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One snapshot as records, in the order in which they must be published.
 *
 * @param base what the next snapshot may build on, once all parts are acknowledged
 */
record SnapshotParts(List<SnapshotPart> parts, Base base) {
    /** Of leaves in one record. Small enough for any broker's default, large enough to make framing negligible. */
    private static final int MOST_OCTETS = 256_000;

    /** Two protobuf time stamps with the row's index and all tags: at most 43. */
    private static final int MOST_OCTETS_OF_SOURCE_TIME = 43;

    private static final int MOST_DETAIL_CHARACTERS = 1_000;

    /** The leaves that differ from the base, and a manifest; all that have rows if there is no base, or a keyframe is due. */
    static SnapshotParts of(Observed observed, int scrapeRibs, Scraper scraper, Optional<Base> lastAcknowledged) {
        var table = CanonicalTable.of(
                observed.table(), lastAcknowledged.map(Base::table).orElse(CanonicalTable.empty()));
        var base = lastAcknowledged.filter(
                last -> last.lastKeyframe().plus(scraper.keyframeEvery()).isAfter(observed.from()));
        var header = new SnapshotHeader(
                observed.rib(),
                Ids.snapshot(observed.rib(), observed.from(), observed.to(), table.root()),
                observed.from(),
                observed.to(),
                base.map(Base::snapshot),
                scraper.clock(),
                scraper.epoch(),
                scraper.kind(),
                observed.sourceState());
        var parts = new ArrayList<SnapshotPart>(
                pack(header, changed(base.map(Base::table).orElse(CanonicalTable.empty()), table)));
        parts.add(new Manifest(
                header,
                table.root(),
                table.rowCount(),
                observed.command(),
                scraper.maxSilence(),
                observed.unknownItems(),
                observed.daemonVersion(),
                scrapeRibs));
        return new SnapshotParts(
                parts, new Base(header.id(), table, base.map(Base::lastKeyframe).orElse(observed.from())));
    }

    /** That a RIB was not observed. */
    static Failure of(NotObserved failed, int scrapeRibs, Scraper scraper) {
        var header = new SnapshotHeader(
                failed.rib(),
                Ids.failure(failed.rib(), failed.from(), failed.to()),
                failed.from(),
                failed.to(),
                Optional.empty(),
                scraper.clock(),
                scraper.epoch(),
                scraper.kind(),
                SourceState.unknown());
        return new Failure(
                header,
                failed.reason(),
                Excerpt.of(failed.detail().strip(), MOST_DETAIL_CHARACTERS),
                failed.command(),
                scrapeRibs);
    }

    private static List<Leaf> changed(CanonicalTable before, CanonicalTable after) {
        var numbers = new TreeSet<>(before.leaves().keySet());
        numbers.addAll(after.leaves().keySet());
        var leaves = new ArrayList<Leaf>();
        for (int number : numbers) {
            var old = before.leaves().get(number);
            var leaf = after.leaves().get(number);
            if (leaf == null) {
                leaves.add(new Leaf(number, ByteString.EMPTY, Map.of()));
            } else if (old == null || !old.digest().equals(leaf.digest())) {
                leaves.add(new Leaf(number, leaf.content(), timesByIndex(leaf)));
            }
        }
        return leaves;
    }

    private static Map<Integer, SourceTime> timesByIndex(CanonicalLeaf leaf) {
        var times = new HashMap<Integer, SourceTime>();
        var rows = leaf.rows().rows();
        for (int i = 0; i < rows.size(); i++) {
            var time = leaf.sourceTimes().get(rows.get(i).key());
            if (time != null) {
                times.put(i, time);
            }
        }
        return times;
    }

    private static List<LeavesPart> pack(SnapshotHeader header, List<Leaf> leaves) {
        var parts = new ArrayList<LeavesPart>();
        var record = new ArrayList<Leaf>();
        int octets = 0;
        for (var leaf : leaves) {
            int itsOctets = leaf.content().size() + leaf.sourceTimes().size() * MOST_OCTETS_OF_SOURCE_TIME;
            if (!record.isEmpty() && octets + itsOctets > MOST_OCTETS) {
                parts.add(new LeavesPart(header, record));
                record.clear();
                octets = 0;
            }
            record.add(leaf);
            octets += itsOctets;
        }
        if (!record.isEmpty()) {
            parts.add(new LeavesPart(header, record));
        }
        return parts;
    }
}
