package dev.hoplog.streams.diff;

import dev.hoplog.model.Id;
import dev.hoplog.model.RibId;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.model.SnapshotHeader.SourceKind;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import dev.hoplog.wire.CanonicalTable;
import dev.hoplog.wire.Ids;
import dev.hoplog.wire.SnapshotPart;
import dev.hoplog.wire.SnapshotPart.Failure;
import dev.hoplog.wire.SnapshotPart.Leaf;
import dev.hoplog.wire.SnapshotPart.LeavesPart;
import dev.hoplog.wire.SnapshotPart.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes the records of snapshots by the book of the wire format, one leaf to a record. */
public final class FakeScraper {
    static final ScraperClock CLOCK = new ScraperClock("test", Duration.ofMillis(7));

    static final int SCRAPE_RIBS = 3;
    public static final Duration MAX_SILENCE = Duration.ofMillis(12_500);

    private final RibId rib;
    private final SourceKind kind;
    private CanonicalTable last = CanonicalTable.empty();
    private Optional<Id> base = Optional.empty();
    private SourceState sourceState = SourceState.unknown();
    private long epoch = 1;
    private int scrapeRibs = SCRAPE_RIBS;
    private ScraperClock clock = CLOCK;

    public FakeScraper(RibId rib) {
        this(rib, SourceKind.CAPTURE);
    }

    public FakeScraper(RibId rib, SourceKind kind) {
        this.rib = rib;
        this.kind = kind;
    }

    /** Asks for nothing else of its hop. */
    public FakeScraper alone() {
        scrapeRibs = 1;
        return this;
    }

    /** What the daemon will say of itself from now on. */
    public FakeScraper with(SourceState state) {
        sourceState = state;
        return this;
    }

    /** Another life of the scraper: the next snapshot is a keyframe. */
    public FakeScraper restarted() {
        epoch++;
        base = Optional.empty();
        return this;
    }

    /** Another one goes on: the next snapshot is a keyframe. */
    public FakeScraper by(ScraperClock another) {
        clock = another;
        base = Optional.empty();
        return this;
    }

    /** Another life that goes on as if nothing had been, which is against the book. */
    public FakeScraper brazenlyRestarted() {
        epoch++;
        return this;
    }

    /** Forgets what was acknowledged: the next snapshot is a keyframe. */
    public FakeScraper keyframeDue() {
        base = Optional.empty();
        return this;
    }

    public List<SnapshotPart> snapshot(Instant from, Instant to, Table table) {
        var canonical = CanonicalTable.of(table);
        var header = new SnapshotHeader(
                rib, Ids.snapshot(rib, from, to, canonical.root()), from, to, base, clock, epoch, kind, sourceState);
        var parts = new ArrayList<SnapshotPart>();
        var before = base.isPresent() ? last : CanonicalTable.empty();
        var numbers = new TreeSet<>(before.leaves().keySet());
        numbers.addAll(canonical.leaves().keySet());
        for (int number : numbers) {
            var old = before.leaves().get(number);
            var leaf = canonical.leaves().get(number);
            if (leaf == null) {
                parts.add(new LeavesPart(
                        header, List.of(new Leaf(number, com.google.protobuf.ByteString.EMPTY, Map.of()))));
            } else if (old == null || !old.digest().equals(leaf.digest())) {
                var times = new java.util.HashMap<Integer, dev.hoplog.model.SourceTime>();
                for (int i = 0; i < leaf.rows().rows().size(); i++) {
                    var time = leaf.sourceTimes().get(leaf.rows().rows().get(i).key());
                    if (time != null) {
                        times.put(i, time);
                    }
                }
                parts.add(new LeavesPart(header, List.of(new Leaf(number, leaf.content(), times))));
            }
        }
        parts.add(new Manifest(header, canonical.root(), canonical.rowCount(), "show", MAX_SILENCE, 0, "", scrapeRibs));
        last = canonical;
        base = Optional.of(header.id());
        return parts;
    }

    public SnapshotPart failure(Instant at) {
        var header = new SnapshotHeader(
                rib, Ids.failure(rib, at, at), at, at, Optional.empty(), clock, epoch, kind, SourceState.unknown());
        return new Failure(
                header, dev.hoplog.model.FailureReason.UNREACHABLE, "host did not answer", "show", SCRAPE_RIBS);
    }
}
