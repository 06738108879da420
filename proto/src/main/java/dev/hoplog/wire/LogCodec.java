package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.log.v1.LogRecord;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Id;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.Observed;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;

/** {@link LogEntry} on the wire. */
public final class LogCodec {
    public static final EnumCodec<FailureReason, dev.hoplog.log.v1.FailureReason> REASONS =
            new EnumCodec<>(FailureReason.values(), dev.hoplog.log.v1.FailureReason::forNumber);

    private LogCodec() {}

    public static byte[] encode(LogEntry entry) {
        var message = LogRecord.newBuilder();
        switch (entry) {
            case RouteEvent event -> message.setEvent(encodeEvent(event));
            case CoverageMark mark -> message.setCoverage(encodeCoverage(mark));
            case BlindMark mark -> message.setBlind(encodeBlind(mark));
            case SourceRestart restart -> message.setRestart(encodeRestart(restart));
            case ChainPublished published -> message.setChain(ChainCodec.message(published.version()));
        }
        return message.build().toByteArray();
    }

    public static LogEntry decode(byte[] octets) throws MalformedRecord {
        try {
            var message = LogRecord.parseFrom(octets);
            return switch (message.getRecordCase()) {
                case EVENT -> decodeEvent(message.getEvent());
                case COVERAGE -> decodeCoverage(message.getCoverage());
                case BLIND -> decodeBlind(message.getBlind());
                case RESTART -> decodeRestart(message.getRestart());
                case CHAIN -> new ChainPublished(ChainCodec.decode(message.getChain()));
                case RECORD_NOT_SET -> throw new MalformedRecord("log record: of no known kind");
            };
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedRecord("log record", e);
        }
    }

    public static dev.hoplog.log.v1.RouteEvent encodeEvent(RouteEvent event) {
        var message = dev.hoplog.log.v1.RouteEvent.newBuilder()
                .setEventId(id(event.id()))
                .setRib(RibCodec.encode(event.rib()))
                .setRowKey(ByteString.copyFrom(event.key().octets()))
                .setSnapshotId(id(event.snapshot()))
                .setBounds(TimeCodec.encode(event.bounds()))
                .setReadBy(clock(event.readBy()))
                .setClockSuspectUs(event.clockSuspectMicros());
        switch (event.change()) {
            case Change.Appeared appeared ->
                message.setAppeared(dev.hoplog.log.v1.Appeared.newBuilder()
                        .setRow(RowCodec.encode(appeared.seen().row()))
                        .setObserved(appeared.seen().observed().bits()));
            case Change.Changed changed ->
                message.setChanged(dev.hoplog.log.v1.Changed.newBuilder()
                        .setBefore(RowCodec.encode(changed.was().row()))
                        .setObservedBefore(changed.was().observed().bits())
                        .setAfter(RowCodec.encode(changed.is().row()))
                        .setObservedAfter(changed.is().observed().bits()));
            case Change.Withdrawn withdrawn ->
                message.setWithdrawn(dev.hoplog.log.v1.Withdrawn.newBuilder()
                        .setBefore(RowCodec.encode(withdrawn.was().row()))
                        .setObservedBefore(withdrawn.was().observed().bits()));
            case Change.ChangedUnseen unseen ->
                message.setChangedUnseen(dev.hoplog.log.v1.ChangedUnseen.newBuilder()
                        .setBefore(RowCodec.encode(unseen.was().row()))
                        .setObservedBefore(unseen.was().observed().bits())
                        .setAfter(RowCodec.encode(unseen.is().row()))
                        .setObservedAfter(unseen.is().observed().bits()));
        }
        return message.build();
    }

    public static RouteEvent decodeEvent(dev.hoplog.log.v1.RouteEvent message) {
        var rib = RibCodec.decode(message.getRib());
        var change = decodeChange(message, rib.family().version());
        var key = RowKey.ofOctets(message.getRowKey().toByteArray());
        change.before()
                .or(change::after)
                .filter(seen -> !seen.row().key().equals(key))
                .ifPresent(seen -> {
                    throw new IllegalArgumentException(
                            "an event of " + key + " about " + seen.row().key());
                });
        return new RouteEvent(
                id(message.getEventId()),
                rib,
                key,
                id(message.getSnapshotId()),
                TimeCodec.decode(message.getBounds()),
                clock(message.getReadBy()),
                message.getClockSuspectUs(),
                change);
    }

    private static Change decodeChange(dev.hoplog.log.v1.RouteEvent message, IpVersion version) {
        return switch (message.getChangeCase()) {
            case APPEARED -> {
                var appeared = message.getAppeared();
                yield new Change.Appeared(seen(appeared.getRow(), appeared.getObserved(), version));
            }
            case CHANGED -> {
                var changed = message.getChanged();
                yield new Change.Changed(
                        seen(changed.getBefore(), changed.getObservedBefore(), version),
                        seen(changed.getAfter(), changed.getObservedAfter(), version));
            }
            case WITHDRAWN -> {
                var withdrawn = message.getWithdrawn();
                yield new Change.Withdrawn(seen(withdrawn.getBefore(), withdrawn.getObservedBefore(), version));
            }
            case CHANGED_UNSEEN -> {
                var unseen = message.getChangedUnseen();
                yield new Change.ChangedUnseen(
                        seen(unseen.getBefore(), unseen.getObservedBefore(), version),
                        seen(unseen.getAfter(), unseen.getObservedAfter(), version));
            }
            case CHANGE_NOT_SET -> throw new IllegalArgumentException("an event without a change");
        };
    }

    private static Seen seen(dev.hoplog.log.v1.Row row, long observed, IpVersion version) {
        return new Seen(RowCodec.decode(row, version), new Observed(observed));
    }

    private static dev.hoplog.log.v1.CoverageMark encodeCoverage(CoverageMark mark) {
        return dev.hoplog.log.v1.CoverageMark.newBuilder()
                .setRib(RibCodec.encode(mark.rib()))
                .setCoveredFrom(TimeCodec.encode(mark.coveredFrom()))
                .setCoveredTo(TimeCodec.encode(mark.coveredTo()))
                .setSnapshotId(id(mark.snapshot()))
                .setCapturedFrom(TimeCodec.encode(mark.capturedFrom()))
                .setReadBy(clock(mark.readBy()))
                .setRowCount(mark.rowCount())
                .setCommand(mark.command())
                .setUnknownItems(mark.unknownItems())
                .setDaemonVersion(mark.daemonVersion())
                .setScrapeRibs(mark.scrapeRibs())
                .build();
    }

    private static CoverageMark decodeCoverage(dev.hoplog.log.v1.CoverageMark message) {
        return new CoverageMark(
                RibCodec.decode(message.getRib()),
                TimeCodec.decode(message.getCoveredFrom()),
                TimeCodec.decode(message.getCoveredTo()),
                id(message.getSnapshotId()),
                TimeCodec.decode(message.getCapturedFrom()),
                clock(message.getReadBy()),
                message.getRowCount(),
                message.getCommand(),
                message.getUnknownItems(),
                message.getDaemonVersion(),
                message.getScrapeRibs());
    }

    private static dev.hoplog.log.v1.BlindMark encodeBlind(BlindMark mark) {
        return dev.hoplog.log.v1.BlindMark.newBuilder()
                .setRib(RibCodec.encode(mark.rib()))
                .setFirstFailedAt(TimeCodec.encode(mark.firstFailedAt()))
                .setLastFailedAt(TimeCodec.encode(mark.lastFailedAt()))
                .setFailures(mark.failures())
                .setReason(REASONS.encode(mark.reason()))
                .setDetail(mark.detail())
                .setCommand(mark.command())
                .setScrapeRibs(mark.scrapeRibs())
                .build();
    }

    private static BlindMark decodeBlind(dev.hoplog.log.v1.BlindMark message) {
        return new BlindMark(
                RibCodec.decode(message.getRib()),
                TimeCodec.decode(message.getFirstFailedAt()),
                TimeCodec.decode(message.getLastFailedAt()),
                message.getFailures(),
                REASONS.decode(message.getReasonValue()),
                message.getDetail(),
                message.getCommand(),
                message.getScrapeRibs());
    }

    private static dev.hoplog.log.v1.SourceRestart encodeRestart(SourceRestart restart) {
        return dev.hoplog.log.v1.SourceRestart.newBuilder()
                .setRib(RibCodec.encode(restart.rib()))
                .setSnapshotId(id(restart.snapshot()))
                .setBounds(TimeCodec.encode(restart.bounds()))
                .setReadBy(clock(restart.readBy()))
                .setEvidence(restart.evidence())
                .build();
    }

    private static SourceRestart decodeRestart(dev.hoplog.log.v1.SourceRestart message) {
        return new SourceRestart(
                RibCodec.decode(message.getRib()),
                id(message.getSnapshotId()),
                TimeCodec.decode(message.getBounds()),
                clock(message.getReadBy()),
                message.getEvidence());
    }

    public static dev.hoplog.log.v1.ScraperClock clock(ScraperClock clock) {
        return dev.hoplog.log.v1.ScraperClock.newBuilder()
                .setName(clock.name())
                .setError(TimeCodec.encode(clock.error()))
                .build();
    }

    public static ScraperClock clock(dev.hoplog.log.v1.ScraperClock message) {
        return new ScraperClock(message.getName(), TimeCodec.decode(message.getError()));
    }

    public static ByteString id(Id id) {
        return ByteString.copyFrom(id.octets());
    }

    public static Id id(ByteString octets) {
        return Id.ofOctets(octets.toByteArray());
    }
}
