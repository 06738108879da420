package dev.hoplog.api;

import com.google.protobuf.ByteString;
import dev.hoplog.api.projector.PositionLost;
import dev.hoplog.api.projector.RejectedBatch;
import dev.hoplog.api.projector.RejectedInput;
import dev.hoplog.api.projector.RejectedProjection;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.log.v1.RejectedRecord;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.RibId;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.model.SnapshotHeader.SourceKind;
import dev.hoplog.model.SourceState;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.SnapshotPart;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** One partition of refused input, as the diff writes it. */
public final class Refused {
    private final List<RejectedInput> inputs = new ArrayList<>();

    /** A good record of a table, refused for a reason; it stood at 100 plus its offset here. */
    public Refused of(RibId rib, Instant at, RejectReason reason) {
        var header = new SnapshotHeader(
                rib,
                World.id("scrape at " + at),
                at,
                at,
                Optional.empty(),
                new ScraperClock("lab-1", Duration.ZERO),
                7,
                SourceKind.LIVE,
                SourceState.unknown());
        var part = new SnapshotPart.Failure(header, FailureReason.REFUSED, "no", "show", 0);
        return record(rib.key(), SnapshotCodec.encode(part), at, reason);
    }

    /** Octets that nobody understands. */
    public Refused garbage(String key, Instant at) {
        return record(key, new byte[] {1, 2, 3}, at, RejectReason.REJECT_REASON_UNDECODABLE);
    }

    private Refused record(String key, byte[] value, Instant at, RejectReason reason) {
        long offset = inputs.size();
        var record = RejectedRecord.newBuilder()
                .setReason(reason)
                .setDetail("number " + offset)
                .setTopic("hoplog.rib-snapshot.v1")
                .setPartition(3)
                .setOffset(100 + offset)
                .setOriginalKey(ByteString.copyFrom(key, StandardCharsets.UTF_8))
                .setOriginalValue(ByteString.copyFrom(value));
        inputs.add(RejectedInput.of(offset, at, record.build().toByteArray()));
        return this;
    }

    /** A refusal that is none. */
    public Refused nonsense(Instant at) {
        inputs.add(RejectedInput.of(inputs.size(), at, new byte[] {1, 2, 3}));
        return this;
    }

    public int size() {
        return inputs.size();
    }

    public RejectedInput last() {
        return inputs.getLast();
    }

    public RejectedBatch batch(long from, long to) {
        return new RejectedBatch(0, from, to, inputs.subList((int) from, (int) to));
    }

    /** In batches of so many, from wherever the count stands. */
    public void count(DataSource dataSource, int batchSize) throws SQLException, PositionLost {
        var projection = new RejectedProjection(dataSource);
        long from = projection.position(0, 0);
        while (from < inputs.size()) {
            long to = Math.min(inputs.size(), from + batchSize);
            projection.write(batch(from, to));
            from = to;
        }
    }
}
